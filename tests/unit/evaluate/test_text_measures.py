"""The measures, against the scorer that the project is measured with where it is at hand."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.evaluate.text_measures import TextCounts, measure_text, total

SCANS = Path(__file__).resolve().parents[3].parent / "shared" / "scans"
needs_scans = pytest.mark.skipif(
    not SCANS.is_dir(), reason="the real scans do not lie beside the project"
)

TRUTH = "Số: [[hw:12]]/QĐ-UBND\n[[folio:2]]\nkhoá hoà [[?]] “A” – b\n[[seal:đỏ]] [[esign:x y]]"


def test_markers_are_no_text_and_unread_spots_no_words() -> None:
    counts = measure_text(TRUTH, "", folded=True)
    assert (counts.words, counts.hits, counts.output_words) == (6, 0, 0)
    assert counts.word_errors == 6
    assert (counts.wer, counts.cer, counts.recall, counts.precision) == (1.0, 1.0, 0.0, 0.0)


def test_folding_forgives_style_and_only_style() -> None:
    output = 'Số: khóa hòa "A" - b'
    assert measure_text(TRUTH, output, folded=True).word_errors == 0
    strict = measure_text(TRUTH, output, folded=False)
    assert (strict.word_errors, strict.hits) == (4, 2)
    assert measure_text("hoạ", "họa", folded=True).hits == 1
    assert measure_text("hoá hoả", "hóa hỏa", folded=True).hits == 2
    assert measure_text("mát", "mat", folded=True).hits == 0


def test_order_counts_for_rates_but_not_for_recall() -> None:
    counts = measure_text("a b c d", "c d a b", folded=True)
    assert (counts.recall, counts.precision) == (1.0, 1.0)
    assert counts.wer == 1.0


def test_letters_are_grapheme_clusters() -> None:
    # A tone mark over a letter that has no composed form is still one letter.
    assert measure_text("r\u0323a", "", folded=True).letters == 2
    assert measure_text("ế", "e\u0302\u0301", folded=False).letter_errors == 0


def test_an_empty_page() -> None:
    nothing = measure_text("[[seal:x]]", "", folded=True)
    assert (nothing.wer, nothing.cer, nothing.recall) == (0.0, 0.0, 1.0)
    assert measure_text("", "rác", folded=True).wer == 1.0
    assert total([]) == TextCounts()


def test_totals_weigh_words_alike() -> None:
    both = total([measure_text("a b c", "a b c", folded=True), measure_text("d", "x", folded=True)])
    assert (both.words, both.hits, both.wer) == (4, 3, 0.25)


WORDS = st.sampled_from(
    ["hoà", "hòa", "Hòa", "HÒA", "thuý", "thúy", "khoẻ", "khỏe", "“a”", '"a"', "–", "-", "’", "'",
     "[[hw:5]]", "x[[hw:5]]y", "\n[[folio:2]]\n", "\n", "1.250", "Điều", "qúy", "quý", "a\u0301"]
)  # fmt: skip


@needs_scans
@given(st.lists(WORDS, max_size=14), st.lists(WORDS, max_size=14))
def test_the_same_counts_as_the_scorer(truth: list[str], output: list[str]) -> None:
    compare_with_scorer(" ".join(truth), " ".join(output))


@needs_scans
@pytest.mark.scans
@pytest.mark.parametrize("name", [path.name for path in sorted(SCANS.glob("truth/*.txt"))])
def test_the_same_counts_as_the_scorer_on_real_pages(name: str) -> None:
    truth = (SCANS / "truth" / name).read_text(encoding="utf-8")
    compare_with_scorer(truth, truth)
    damaged = truth.replace("ế", "ê").replace(" của ", " cua  ").replace("[[", "").replace(";", "")
    lines = damaged.split("\n")
    compare_with_scorer(truth, "\n".join([*lines[5:], *lines[:5]]))


def compare_with_scorer(truth: str, output: str) -> None:
    wanted = scorer().score(truth, output)
    counts = measure_text(truth, output, folded=True)
    found = {
        "words": counts.words,
        "chars": counts.letters,
        "wer_n": counts.word_errors,
        "cer_n": counts.letter_errors,
        "hit": counts.hits,
        "hyp": counts.output_words,
    }
    assert found == wanted


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SCANS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
