from __future__ import annotations

import re
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sohoa.directive import Family, UnitKind
from sohoa.imitate import DocumentKind, Draft, draft, marked_secret
from sohoa.imitate.names import BEFORE_2025, MERGED_ON, month_of, short_date
from sohoa.imitate.state import draft_state

kinds = st.sampled_from(list(DocumentKind))
seeds = st.integers(0, 10**6)


@settings(max_examples=60, deadline=None)
@given(kinds, seeds)
def test_every_draft_is_whole(kind: DocumentKind, seed: int) -> None:
    paper = draft(kind, seed)
    texts = [*paper.title, *paper.recipients, *paper.legal_bases, paper.place, paper.signing.signer]
    texts += [f"{unit.heading}{unit.text}" for top in paper.body for unit in top.walk()]
    assert paper.family in (Family.PARTY, Family.STATE)
    assert paper.number.isdigit()
    assert len(paper.number) >= 2
    assert all(text.strip() for text in texts)
    assert not [text for text in texts if re.search(r"[\[\]{}|]|  | [,.;]", text)]


@settings(max_examples=20, deadline=None)
@given(kinds, seeds)
def test_same_seed_same_draft(kind: DocumentKind, seed: int) -> None:
    assert draft(kind, seed) == draft(kind, seed)


def test_a_hundred_seeds_give_a_hundred_papers() -> None:
    papers = [draft(DocumentKind.STATE_LETTER, seed) for seed in range(100)]
    assert len({paper.body for paper in papers}) == 100
    assert len({paper.place for paper in papers}) > 25
    assert len({paper.style for paper in papers}) > 95
    assert len({paper.signing.signer for paper in papers}) > 85


def test_citations_stand_in_the_text() -> None:
    for seed in range(20):
        paper = draft(DocumentKind.STATE_DECISION, seed)
        said = " ".join(
            [*paper.legal_bases, *(unit.text for top in paper.body for unit in top.walk())]
        )
        assert all(citation in said for citation in paper.citations)


def test_no_merged_province_after_the_merger() -> None:
    for seed in range(200):
        paper = draft_state(DocumentKind.STATE_NOTICE, seed)
        if paper.place in BEFORE_2025[34:]:
            assert paper.date < MERGED_ON


def test_the_certified_copy_has_seven_tasks_and_a_later_block() -> None:
    paper = draft(DocumentKind.PARTY_COPY, 1)
    tasks = [unit.label for unit in paper.body if unit.kind is UnitKind.PARAGRAPH]
    assert tasks == ["1.", "2.", "3.", "4.", "5.", "6.", "7."]
    assert paper.copy is not None
    assert paper.copy.date > paper.date
    assert paper.full_number in paper.copy.statement
    assert paper.ownership_notice


def test_decision_has_articles_clauses_points_and_an_annex() -> None:
    paper = draft(DocumentKind.STATE_DECISION, 1)
    kinds_met = {unit.kind for top in paper.body for unit in top.walk()}
    assert {UnitKind.ARTICLE, UnitKind.PARAGRAPH, UnitKind.POINT} <= kinds_met
    assert all(basis.startswith("Căn cứ") for basis in paper.legal_bases)
    assert paper.annex is not None


def test_a_secrecy_mark_changes_nothing_else() -> None:
    paper = draft(DocumentKind.PARTY_NOTICE, 1)
    secret = marked_secret(paper)
    names = [item.name for item in fields(Draft)]
    changed = [name for name in names if getattr(paper, name) != getattr(secret, name)]
    assert changed == ["secrecy"]
    assert secret.secrecy == "MẬT"


@pytest.mark.parametrize(
    ("month", "printed"), [(1, "01"), (2, "02"), (3, "3"), (9, "9"), (10, "10"), (12, "12")]
)
def test_months_one_and_two_have_a_zero(month: int, printed: str) -> None:
    day = draft(DocumentKind.STATE_PLAN, 1).date.replace(month=month, day=5)
    assert month_of(day) == printed
    assert short_date(day).startswith(f"05/{printed}/")
