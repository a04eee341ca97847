"""Corrections laid over records: what must not change, what must, and what finds no place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.model import LineKind, Page, Word
from sohoa.record import Record, from_json, to_json
from sohoa.review import Correction, Kind, Place, active, apply, now, replay, sign_off_of

Make = Callable[..., Record]


def word_of(record: Record, text: str) -> Word:
    return next(word for page in record.pages for word in page.words() if word.text == text)


def texts(record: Record) -> list[str]:
    return [
        word.text
        for page in record.pages
        for line in page.lines()
        if line.kind is not LineKind.NOISE
        for word in line.words
    ]


def correct(record: Record, before: str, after: str, kind: Kind = Kind.WORD) -> Correction:
    word, page = word_of(record, before), record.pages[0]
    place = Place(word.id, 1, word.bbox, page.width, page.height)
    return Correction(kind, "An", now(), before=before, after=after, place=place)


def on_field(path: str, before: str, after: str, kind: Kind = Kind.FIELD) -> Correction:
    return Correction(kind, "An", now(), before=before, after=after, field=path)


def test_no_correction_changes_nothing(record: Record) -> None:
    assert apply(record, ()) is record


def test_a_sign_off_changes_nothing_in_the_record(record: Record) -> None:
    assert apply(record, (Correction(Kind.SIGN_OFF, "An", now()),)) is record


def test_what_was_undone_changes_nothing(record: Record) -> None:
    made = correct(record, "chương", "trương")
    undo = Correction(Kind.UNDO, "An", now(), undoes=made.id)
    assert apply(record, (made, undo)) is record
    again = Correction(Kind.UNDO, "An", now(), undoes=undo.id)
    assert "trương" in texts(apply(record, (made, undo, again)))


def test_a_corrected_word_keeps_what_was_read_and_all_else_stays(record: Record) -> None:
    done = replay(record, (correct(record, "chương", "trương"),))
    word = word_of(done.record, "trương")
    assert word.recognized == "chương"
    assert word.edits[-1].stage == "review"
    assert word.confidence == 1.0
    assert done.locked == {word.id}
    assert done.unplaced == ()
    changed = [(a, b) for a, b in zip(texts(record), texts(done.record), strict=True) if a != b]
    assert changed == [("chương", "trương")]
    assert from_json(to_json(done.record)) == done.record


def test_fields_and_paragraphs_follow_their_words(record: Record) -> None:
    fixed = apply(record, (correct(record, "chương", "trương"), correct(record, "hai", "ba")))
    assert fixed.directive.title.value == "Về việc thử nghiệm trương trình"
    said = [unit.text for each in fixed.directive.body for unit in each.walk()]
    assert any("Khoản thứ ba" in text for text in said)


def test_a_word_that_was_two_becomes_two_inside_its_box(record: Record) -> None:
    done = apply(record, (correct(record, "15/QĐ-UBND", "15 /QĐ-UBND"),))
    old = word_of(record, "15/QĐ-UBND")
    parts = [word_of(done, "15"), word_of(done, "/QĐ-UBND")]
    assert [part.recognized for part in parts] == ["15/QĐ-UBND"] * 2
    assert parts[0].bbox.left == old.bbox.left
    assert parts[1].bbox.right == old.bbox.right
    assert parts[0].bbox.right <= parts[1].bbox.left
    ids = [word.id for page in done.pages for word in page.words()]
    assert len(ids) == len(set(ids))


def test_no_text_is_kept_as_noise(record: Record) -> None:
    done = apply(record, (correct(record, "thử", ""),))
    noise = [line for line in done.pages[0].lines() if line.kind is LineKind.NOISE]
    assert [line.text for line in noise] == ["thử"]
    assert texts(done) == [text for text in texts(record) if text != "thử"]


def test_the_second_correction_of_a_word_goes_on_from_the_first(record: Record) -> None:
    first = correct(record, "chương", "trương")
    middle = apply(record, (first,))
    second = correct(middle, "trương", "chưởng")
    done = apply(record, (first, second))
    edits = word_of(done, "chưởng").edits
    assert [(edit.before, edit.after) for edit in edits] == [
        ("chương", "trương"),
        ("trương", "chưởng"),
    ]


def test_a_fresh_reading_of_another_size_and_order_keeps_corrections(make_record: Make) -> None:
    old = make_record()
    made = correct(old, "chương", "trương")
    fresh = make_record(scale=1.5)
    fresh = replace(fresh, pages=(renumbered(fresh),))
    done = replay(fresh, (made,))
    assert done.unplaced == ()
    assert "trương" in texts(done.record)


def renumbered(record: Record) -> Page:
    page = record.pages[0]
    blocks = tuple(
        replace(
            block,
            lines=tuple(
                replace(line, words=tuple(replace(word, id=f"x{word.id}") for word in line.words))
                for line in block.lines
            ),
        )
        for block in page.blocks
    )
    return replace(page, blocks=blocks)


def test_a_reading_that_came_right_by_itself_is_locked(make_record: Make) -> None:
    made = correct(make_record(), "chương", "trương")
    lines = tuple(text.replace("chương", "trương") for text in lines_of(make_record()))
    done = replay(make_record(lines), (made,))
    assert done.unplaced == ()
    word = word_of(done.record, "trương")
    assert word.edits == ()
    assert word.id in done.locked


def lines_of(record: Record) -> tuple[str, ...]:
    """The lines without the right column: enough for a page that is read anew."""
    return tuple(line.text for line in record.pages[0].lines() if line.bbox.left < 500)


def test_a_confirmed_word_holds_against_a_worse_reading(make_record: Make) -> None:
    made = correct(make_record(), "chương", "", Kind.CONFIRM)
    lines = tuple(text.replace("chương", "chuơng") for text in lines_of(make_record()))
    done = replay(make_record(lines), (made,))
    assert "chương" in texts(done.record)


def test_what_lies_elsewhere_or_reads_otherwise_is_told_not_forced(make_record: Make) -> None:
    made = correct(make_record(), "chương", "trương")
    for lines in (
        tuple(text.replace("chương", "0123") for text in lines_of(make_record())),
        lines_of(make_record())[:3],
    ):
        fresh = make_record(lines)
        done = replay(fresh, (made,))
        assert [each.id for each, _ in done.unplaced] == [made.id]
        assert done.record == fresh
    other_page = replace(made, place=replace(made.place, page=7))  # type: ignore[type-var]
    assert replay(make_record(), (other_page,)).unplaced


@pytest.mark.parametrize(
    ("path", "after"),
    [("number", "27"), ("title", "Trích yếu khác"), ("signer", "Nguyễn Văn A"), ("date", "")],
)
def test_a_field_is_set_and_locked(record: Record, path: str, after: str) -> None:
    done = apply(record, (on_field(path, "", after),))
    leaf = getattr(done.directive, path)
    assert leaf.value == (after or None)
    assert leaf.found_by == "review"
    assert leaf.confidence == 1.0
    assert done.pages is record.pages


def test_the_whole_number_follows_its_parts(record: Record) -> None:
    done = apply(record, (on_field("number", "15", "27"),))
    assert done.directive.symbol.printed == "27/QĐ-UBND"


def test_a_locked_field_outlives_the_correction_of_its_words(record: Record) -> None:
    made = (on_field("title", "", "Của tôi"), correct(record, "chương", "trương"))
    assert apply(record, made).directive.title.value == "Của tôi"


def test_entries_of_lists_are_found_by_their_text(record: Record) -> None:
    one = apply(record, (on_field("recipients.0", "", "Như Điều 3;"),))
    assert [leaf.value for leaf in one.directive.recipients] == ["Như Điều 3;"]
    made = (
        on_field("recipients.0", "", "Như Điều 3;"),
        on_field("recipients.1", "", "Lưu: VT."),
        on_field("recipients.0", "Lưu: VT.", "Lưu: VT, KT."),
        on_field("recipients.0", "Như Điều 3;", ""),
    )
    done = apply(record, made)
    assert [leaf.value for leaf in done.directive.recipients] == ["Lưu: VT, KT."]


@pytest.mark.parametrize(
    "path", ["body", "no_such", "recipients.x", "citations.0", "", "__class__"]
)
def test_a_field_that_does_not_exist_is_told(record: Record, path: str) -> None:
    correction = replace(on_field("number", "", "1"), field=path or "x")
    done = replay(record, (correction,))
    assert len(done.unplaced) == 1
    assert done.record is record


def test_findings_that_a_person_settled_are_gone(make_record: Make) -> None:
    record = make_record()
    codes = {finding.code for finding in record.findings}
    done = apply(record, (on_field("date", "", "2025-03-05"), on_field("number", "15", "15")))
    assert not {"number-unsure", "number-unread", "date-unsure", "date-unread"} & {
        finding.code for finding in done.findings
    }
    assert {finding.code for finding in done.findings} <= codes


def test_the_last_sign_off_stands_until_reopened() -> None:
    sign = Correction(Kind.SIGN_OFF, "An", now())
    reopen = Correction(Kind.REOPEN, "An", now())
    assert sign_off_of((sign,)) == sign
    assert sign_off_of((sign, reopen)) is None


@given(st.lists(st.integers(0, 9), max_size=12))
def test_undoing_twice_is_never_having_undone(undone: list[int]) -> None:
    made = [on_field("number", "", str(number)) for number in range(10)]
    once = [Correction(Kind.UNDO, "An", now(), undoes=made[number].id) for number in set(undone)]
    twice = [Correction(Kind.UNDO, "An", now(), undoes=each.id) for each in once]
    assert active((*made, *once, *twice)) == tuple(made)
    kept = {each.after for each in active((*made, *once))}
    assert kept == {str(number) for number in range(10)} - {str(number) for number in undone}


@given(st.data())
def test_any_corrections_leave_a_record_that_holds(data: st.DataObject) -> None:
    record = make_small()
    made: list[Correction] = []
    for _ in range(data.draw(st.integers(1, 6))):
        standing = list(apply(record, made).pages[0].words())
        word = data.draw(st.sampled_from(standing))
        after = data.draw(st.sampled_from(["", "a", "a b", "đúng rồi đó", word.text]))
        place = Place(word.id, 1, word.bbox, 1000, 1400)
        kind = Kind.CONFIRM if after == word.text else Kind.WORD
        made.append(Correction(kind, "An", now(), before=word.text, after=after, place=place))
    done = replay(record, made)
    assert done.unplaced == ()
    ids = [word.id for page in done.record.pages for word in page.words()]
    assert len(ids) == len(set(ids))
    assert from_json(to_json(done.record)) == done.record


def make_small() -> Record:
    from sohoa.directive import Directive
    from sohoa.geometry import BBox
    from sohoa.model import Block, Line, numbered
    from sohoa.record import SourceInfo

    words = tuple(
        Word("", BBox(100 * n, 100, 100 * n + 80, 130), f"chữ{n}", 0.9) for n in range(1, 5)
    )
    blocks = numbered((Block(BBox(0, 0, 900, 200), (Line(BBox(0, 0, 900, 200), words),)),), 1)
    source = SourceInfo("x.pdf", "0" * 64, "application/pdf", 1, 1)
    return Record("0" * 32, source, (), (Page(1, 1000, 1400, 200.0, blocks),), Directive())
