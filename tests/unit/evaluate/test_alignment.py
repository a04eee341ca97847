from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sohoa.evaluate.alignment import judge_words, tokens_of
from sohoa.evaluate.differences import Kind, find_differences

WORDS = st.lists(st.sampled_from(["a", "b", "c", "1", "hoà", "[[hw:1]]", "\n"]), max_size=10)


def test_a_column_read_before_its_time_is_still_right() -> None:
    truth = tokens_of("trái một\ntrái hai\nphải một\nphải hai")
    output = "phải một phải hai trái một trái hai".split()
    assert judge_words(truth, output) == (True,) * 8


def test_handwriting_is_not_judged() -> None:
    assert judge_words(tokens_of("Số [[hw:12]] /QĐ"), ["Số", "72", "/QĐ"]) == (True, None, True)


def test_a_word_is_found_once() -> None:
    assert judge_words(tokens_of("a"), ["a", "a"]).count(True) == 1


def test_kinds_of_differences() -> None:
    spans = find_differences("một hai\nhoà [[hw:3]] bốn năm", "hai hòa 3 bồn năm sáu một")
    assert [(span.kind, span.truth, span.output) for span in spans] == [
        (Kind.MOVED, "một", ""),
        (Kind.EQUAL, "hai", "hai"),
        (Kind.STYLE, "hoà", "hòa"),
        (Kind.UNPRINTED, "\ufffc", "3"),
        (Kind.CHANGED, "bốn", "bồn"),
        (Kind.EQUAL, "năm", "năm"),
        (Kind.EXTRA, "", "sáu"),
        (Kind.MOVED, "", "một"),
    ]
    assert [span.line for span in spans] == [0, 0, 1, 1, 1, 1, 1, 1]


@given(WORDS, WORDS)
def test_every_word_of_both_texts_is_shown_once(truth: list[str], output: list[str]) -> None:
    texts = " ".join(truth), " ".join(output)
    spans = find_differences(*texts)
    for side, text in zip(("truth", "output"), texts, strict=True):
        shown = [getattr(span, side) for span in spans if getattr(span, side)]
        assert shown == [token.text for token in tokens_of(text)]
    moved = [span for span in spans if span.kind is Kind.MOVED]
    assert sorted(s.truth for s in moved if s.truth) == sorted(s.output for s in moved if s.output)
