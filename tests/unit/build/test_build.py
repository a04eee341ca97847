"""From a small corpus to a model, twice with the same bytes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sohoa.build.__main__ import main
from sohoa.build.channels import count_changes
from sohoa.build.corpus import clean_line, is_held_out
from sohoa.build.counting import encode
from sohoa.build.smoothing import smooth
from sohoa.restore.confusion_learning import align, learn_confusions
from sohoa.restore.language_model import load
from sohoa.restore.tokens import SPECIAL, model_tokens

WORDS = "tổ chức thực hiện nhiệm vụ của tỉnh theo quy định và kế hoạch đã được phê duyệt".split()


def make_corpus(folder: Path) -> Path:
    rng = np.random.default_rng(7)
    lines = [" ".join(rng.choice(WORDS, size=12)) + "." for _ in range(400)]
    (folder / "corpus").mkdir(parents=True)
    (folder / "corpus" / "law.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_the_same_corpus_gives_the_same_bytes(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "in")
    outs = [tmp_path / name for name in ("one", "two")]
    for out in outs:
        out.mkdir()
        assert main([str(corpus), str(out)]) == 0
    names = sorted(p.relative_to(outs[0]) for p in outs[0].rglob("*") if p.is_file())
    assert Path("words.tsv") in names
    for name in names:
        assert (outs[0] / name).read_bytes() == (outs[1] / name).read_bytes()


def test_test_text_is_never_counted(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "in")
    path = corpus / "corpus" / "law.txt"
    number = next(n for n in range(1000) if is_held_out(f"thử {n} khuỷu khuỷu khuỷu"))
    path.write_text(path.read_text() + f"thử {number} khuỷu khuỷu khuỷu\n", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    assert main([str(corpus), str(out)]) == 0
    assert "\nkhuỷu\t" not in (out / "words.tsv").read_text(encoding="utf-8")


def test_a_folder_without_text_is_refused(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 1
    assert main([]) == 2


@pytest.mark.parametrize(
    ("raw", "pieces"),
    [
        ("layout: page", ()),
        ("Nguồn | [Cổng thông tin](https://a.vn) |", ("Nguồn", "Cổng thông tin")),
        ("cơ quan, tổ chức, công d...", ("cơ quan, tổ chức, công",)),
        ("nghien cuu khoa hoc trong vung bien", ()),
        ("|  Họ và tên: ………  |", ("Họ và tên:",)),
    ],
)
def test_cleaning(raw: str, pieces: tuple[str, ...]) -> None:
    assert clean_line(raw) == pieces


def test_smoothing_gives_distributions(tmp_path: Path) -> None:
    from sohoa.build.model_files import write_model

    rng = np.random.default_rng(3)
    vocabulary = (*SPECIAL, *WORDS)
    lines = [tuple(rng.choice(WORDS, size=9)) for _ in range(200)]
    write_model(smooth(encode(lines, vocabulary), len(vocabulary), 0.5), tmp_path)
    model = load(tmp_path, vocabulary)
    every = np.arange(len(vocabulary), dtype=np.int64)
    for first, second in ((1, 5), (4, 6), (0, 0)):
        row = model.score(np.full_like(every, first), np.full_like(every, second), every)
        assert np.exp(row).sum() == pytest.approx(1.0, abs=0.06)


def test_tokens_of_the_model() -> None:
    assert model_tokens("Uỷ ban; số 12/QĐ, hòa giải.") == [
        "uỷ", "ban", "<s>", "số", "<num>", "hoà", "giải", "<s>",
    ]  # fmt: skip


def test_confusions_are_learned_from_aligned_words() -> None:
    pairs = [("tổ", "t6"), ("số", "s6"), ("chức", "chirc"), ("thực", "thirc")] * 5
    counts = learn_confusions(pairs)
    assert counts["ổ", "6"] >= 5
    assert counts["ứ", "ir"] >= 5
    assert align("tổ", "quyetdinh", None) is None


def test_changes_of_marks_are_counted() -> None:
    changes = count_changes(iter([("tổ", "tô"), ("tổ", "tổ"), ("chi", "chỉ"), ("A1", "A2")]))
    assert changes["marked-toned", "tone lost"] == (1, 2)
    assert changes["i", "tone gained"][0] == 1
