"""The report as a page: whole in itself, escaped, in two languages, without the great word."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sohoa.authenticity import PaperEvidence, join_evidence
from sohoa.authenticity.html_report import to_html
from sohoa.authenticity.names_of_facts import LABELS
from sohoa.directive import Directive, Leaf
from sohoa.evidence import (
    Certificate,
    Changes,
    Coverage,
    DigitalSignature,
    FractionBox,
    Handwriting,
    HandwritingKind,
    InkColour,
    Revocation,
    Seal,
    SealKind,
    Stamp,
    StampKind,
    Trust,
)
from sohoa.geometry import BBox
from sohoa.model import Block, Line, Page, TextSource, Word
from sohoa.record import Record, SourceInfo, Step
from sohoa.statements import Event, Standing, state
from sohoa.wording import PROBLEMS, SENTENCES, TERMS, word

if TYPE_CHECKING:
    from sohoa.model import Pixels

BAD = "<script>alert(1)</script>&\"'"
WORD = Word("p1w1", BBox(10, 10, 60, 30), "52", 0.9)
SEAL = Seal(1, BBox(40, 60, 140, 160), SealKind.ROUND, InkColour.RED, 1.0, text=BAD, matched=BAD)
SIGNATURE = DigitalSignature(
    field=BAD,
    page=1,
    box=FractionBox(0.5, 0.1, 0.9, 0.2),
    appearance_text=BAD,
    certificate=Certificate(common_name=BAD, organization=BAD, chain=(BAD,), serial="1f"),
    dictionary_time="2025-10-16T09:27:37+07:00",
    reason=BAD,
    intact=True,
    coverage=Coverage.WHOLE_FILE,
    modified_after=Changes.NONE,
    trust=Trust.NO_ROOTS,
)


@pytest.fixture
def record() -> Record:
    directive = Directive(
        number=Leaf("52", 0.9, words=("p1w1",)), issuer=Leaf(BAD, 0.9, words=("p1w1",))
    )
    stamp = Stamp(1, BBox(10, 200, 90, 240), StampKind.INCOMING, InkColour.BLUE, 0.8, BAD, "7")
    hand = Handwriting(1, BBox(90, 90, 190, 140), HandwritingKind.SIGNATURE, InkColour.BLUE, 0.9)
    evidence = PaperEvidence((SEAL,), (stamp,), (hand,), (SIGNATURE,))
    page = Page(
        1, 200, 300, 100.0, (Block(WORD.bbox, (Line(WORD.bbox, (WORD,)),)),), TextSource.OCR
    )
    return Record(
        id="mau",
        source=SourceInfo(f"{BAD}.pdf", "0" * 64, "application/pdf", 1, 1),
        recipe=(Step("made-up", "1"),),
        pages=(page,),
        directive=directive,
        seals=(SEAL,),
        stamps=(stamp,),
        handwriting=(hand,),
        signatures=(SIGNATURE,),
        authenticity=join_evidence(directive, evidence),
    )


def picture(number: int) -> Pixels | None:
    assert number == 1
    return np.full((300, 200, 3), 240, np.uint8)


def test_nothing_that_was_read_becomes_markup_and_nothing_is_fetched(record: Record) -> None:
    page = to_html(record, picture).decode()
    assert "<script" not in page
    assert BAD not in page
    assert not re.search(r"(src|href)=['\"](?!data:image/jpeg)", page)
    assert "default-src 'none'" in page


def test_each_statement_has_its_standing_both_languages_and_a_cut_out(record: Record) -> None:
    page = to_html(record, picture).decode()
    assert record.authenticity is not None
    rows = re.findall(r"<tr id='([^']+)'>(.*?)</tr>", page, re.DOTALL)
    assert [code for code, _ in rows] == [each.code for each in record.authenticity.statements]
    for (_, row), statement in zip(rows, record.authenticity.statements, strict=True):
        assert f"chip {statement.standing}" in row
        placed = any(each.words or each.page for each in statement.witnesses)
        assert ("<img" in row) is placed
    assert "lang='vi'" in page
    assert "lang='en'" in page


def test_the_page_is_the_same_each_time_and_starts_in_the_language_asked_for(
    record: Record,
) -> None:
    assert to_html(record, picture) == to_html(record, picture)
    assert b"id='en' checked" in to_html(record, picture, "en")
    assert b"id='vi' checked" in to_html(record, picture, "vi")


def test_a_page_without_pictures_still_tells_everything(record: Record) -> None:
    bare = to_html(record, lambda _: None).decode()
    assert "<img" not in bare
    assert "1f" in bare


def test_places_off_the_page_have_no_cut_out(record: Record) -> None:
    off = replace(SEAL, bbox=BBox(5000, 5000, 5100, 5100))
    page = to_html(replace(record, seals=(off,)), picture).decode()
    assert "<div class='card'><dl>" in page


def test_no_sentence_says_authentic() -> None:
    told = [*SENTENCES.values(), *TERMS.values(), *PROBLEMS.values(), *LABELS.values()]
    for vietnamese, english in told:
        assert vietnamese
        assert english
        assert "authentic" not in english.lower()
        assert "xác thực" not in vietnamese.lower()


def test_both_languages_of_a_sentence_have_the_same_values() -> None:
    for key, (vietnamese, english) in SENTENCES.items():
        names = [set(re.findall(r"{(\w+)}", text)) for text in (vietnamese, english)]
        # Vietnamese may leave a count or a day out of a sentence, never bring in another value.
        assert names[0] == names[1], key


def test_days_are_written_as_each_language_writes_them() -> None:
    said = state(Event.ORDER, "x", Standing.SEEN, "shown-date-agrees", shown="2025-02-03")
    assert "03/02/2025" in said.told("vi")
    assert "2025-02-03" in said.told("en")
    assert word("no-such-sentence", {}, "vi") == "no-such-sentence"


@pytest.mark.parametrize("kind", [Coverage, Changes, Trust, Revocation, SealKind, StampKind])
def test_every_value_that_is_shown_has_words(kind: type[StrEnum]) -> None:
    prefixes: dict[type[StrEnum], str] = {
        Coverage: "coverage", Changes: "changes", Trust: "trust", Revocation: "revocation",
        SealKind: "seal", StampKind: "stamp",
    }  # fmt: skip
    assert {f"{prefixes[kind]}.{each}" for each in kind} <= set(TERMS)
