"""The REST interface: what it gives, to whom, and that nothing breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="needs the web extra")

import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.core.result import Ok

from sohoa.directive import Leaf, Mark, MarkKind
from sohoa.review.shelf import Shelf, key_of
from sohoa.search.follow import Copy
from sohoa.search.publication import Decision, Verb, add_decisions
from sohoa.web.api import build_public_app
from sohoa.web.app import build_app
from sohoa.web.configuration import WebConfiguration
from sohoa.web.throttle import MOST_ADDRESSES, Allowance, Buckets

A, B, C = key_of("a.pdf"), key_of("sub/b.pdf"), key_of("c.pdf")
SECRET = Mark(MarkKind.SECRECY, Leaf("MẬT", 0.9), 1)


@pytest.fixture
def published(results: Path) -> Path:
    """Two of the three papers are published."""
    for folder in ("a.pdf", "sub/b.pdf"):
        add_decisions(results, [Decision(folder, Verb.PUBLISH, "ai", "2025-01-01")])
    return results


@pytest.fixture
def public(published: Path) -> TestClient:
    return TestClient(build_public_app(published), raise_server_exceptions=False)


def inside(root: Path, *, secret: bool = False) -> TestClient:
    """``sohoa serve`` as the one person at this machine sees it, with a session."""
    app = build_app(WebConfiguration(Shelf(root), reviewer="Người soát", secret=secret))
    client = TestClient(app, base_url="http://127.0.0.1:8765", raise_server_exceptions=False)
    assert client.get("/help").status_code == 200  # the first page begins the session
    return client


@pytest.fixture
def office(published: Path) -> TestClient:
    return inside(published)


def test_the_public_sees_what_is_published_and_nothing_else(public: TestClient) -> None:
    listed = public.get("/v1/documents").json()
    assert [each["id"] for each in listed["documents"]] == sorted([A, B])
    assert public.get(f"/v1/documents/{C}").status_code == 404
    assert public.get("/v1/search", params={"q": "tiền lương"}).json()["total"] == 0
    assert public.get(f"/v1/documents/{A}/corrections").status_code == 404
    assert public.get(f"/v1/documents/{A}/exports/record.json").status_code == 404
    told = public.get(f"/v1/documents/{A}").text
    assert "publication" not in told
    assert "a.pdf" not in told


def test_nobody_sees_the_offices_own_without_a_session(published: Path) -> None:
    app = build_app(WebConfiguration(Shelf(published)))
    stranger = TestClient(app, base_url="http://127.0.0.1:8765")
    for path in ("documents", "search?q=a", "changes", "openapi.json", f"documents/{A}"):
        assert stranger.get(f"/api/v1/{path}").status_code == 401, path


def test_a_secret_paper_is_not_there_for_those_without_leave(
    published: Path, paper: Any, put_result: Any
) -> None:
    put_result(published, "s.pdf", paper("s.pdf", marks=(SECRET,), title="điều rất kín"))
    key = key_of("s.pdf")
    for client, there in ((inside(published), False), (inside(published, secret=True), True)):
        assert client.get(f"/api/v1/documents/{key}").status_code == (200 if there else 404)
        found = client.get("/api/v1/search", params={"q": "dieu rat kin"}).json()
        assert found["total"] == int(there)
        assert (key in client.get("/api/v1/changes").text) == there
        assert ("rất kín" in client.get("/api/v1/graph.json").text) == there


@pytest.mark.parametrize(
    "path",
    ["", "/fields", "/pages", "/pages/1", "/text", "/units", "/units/art_1", "/exports/text.txt",
     "/exports/document.json", "/exports/legislation.jsonld"],
)  # fmt: skip
def test_what_is_known_is_not_sent_again(public: TestClient, path: str) -> None:
    first = public.get(f"/v1/documents/{A}{path}")
    assert first.status_code == 200
    tag = {"If-None-Match": first.headers["etag"]}
    again = public.get(f"/v1/documents/{A}{path}", headers=tag)
    assert (again.status_code, again.content) == (304, b"")


def test_an_etag_changes_with_the_document(
    office: TestClient, published: Path, paper: Any, put_result: Any
) -> None:
    before = office.get(f"/api/v1/documents/{A}").headers["etag"]
    put_result(published, "a.pdf", paper("a.pdf", title="một trích yếu khác"))
    fresh = inside(published)
    assert fresh.get(f"/api/v1/documents/{A}").headers["etag"] != before


def test_the_parts_of_a_document(office: TestClient) -> None:
    base = f"/api/v1/documents/{B}"
    assert office.get(f"{base}/fields").json()["fields"]["full_number"] == "05/QĐ-UBND"
    assert [each["number"] for each in office.get(f"{base}/pages").json()["pages"]] == [1, 2]
    page = office.get(f"{base}/pages/2").json()
    assert page["words"][0] == {"text": "Điều", "bbox": [100, 100, 200, 130]}
    assert office.get(f"{base}/text").text.count("\f") == 1
    assert office.get(f"{base}/units/art_1").json()["units"][0]["kind"] == "article"
    assert office.get(f"{base}/exports/record.json").status_code == 200
    cited = office.get(f"/api/v1/documents/{A}/citations").json()["cited_by"]
    assert cited == [{"id": B, "relation": "basis"}]
    for path in ("/pages/3", "/units/art_9", "/exports/x"):
        assert office.get(base + path).status_code == 404


def test_documents_come_a_page_at_a_time(office: TestClient) -> None:
    seen, after = [], ""
    while True:
        answer = office.get("/api/v1/documents", params={"limit": 1, "after": after}).json()
        seen += [each["id"] for each in answer["documents"]]
        if answer["next"] is None:
            break
        after = answer["next"]
    assert seen == sorted([A, B, C])


def test_a_consumer_follows_over_http(public: TestClient, published: Path, tmp_path: Path) -> None:
    copy = Copy(tmp_path / "copy.db")

    def fetch(cursor: str) -> Any:
        return public.get(
            "/v1/changes", params={"since": cursor, "limit": 1, "documents": True}
        ).json()

    copy.pull(fetch)
    assert {key: value["fields"]["full_number"] for key, value in copy.documents().items()} == {
        A: "52-CT/TW", B: "05/QĐ-UBND",
    }  # fmt: skip
    add_decisions(published, [Decision("a.pdf", Verb.WITHHOLD, "ai", "2025-01-02")])
    public.app.state.seat_of(None).library.refresh_now()  # type: ignore[attr-defined]
    copy.pull(fetch)
    assert set(copy.documents()) == {B}
    copy.close()


@pytest.mark.parametrize(
    ("path", "status"),
    [("search?q=" + "a" * 401, 422), ("search?q=" + "a+" * 40, 422), ("search?count=101", 422),
     ("search?start=100000000000000000000", 422), ("search?first=2025-02-31", 422),
     ("documents?limit=100000", 422), ("documents/../x", 404), (f"documents/{'9' * 20}", 404),
     (f"documents/{A}/pages/99999999999999999999", 422), ("changes?since=" + "x" * 99, 422),
     ("search?q=%00", 200), ("search?q=%ED%A0%80", 200), ("graph.exe", 404),
     (f"documents/{A}/units/{'x' * 200}", 422)],
)  # fmt: skip
def test_bombs_are_bounded(public: TestClient, path: str, status: int) -> None:
    assert public.get(f"/v1/{path}").status_code == status


def test_what_is_within_the_allowance_is_never_refused() -> None:
    moment = [0.0]
    buckets = Buckets(Allowance(rate=2.0, burst=3), lambda: moment[0])
    for _ in range(200):
        assert buckets.take("198.51.100.7") == 0
        moment[0] += 0.5


def test_what_is_beyond_the_allowance_is_told_when_to_come_again() -> None:
    moment = [0.0]
    buckets = Buckets(Allowance(rate=0.5, burst=3), lambda: moment[0])
    assert [buckets.take("a") for _ in range(5)] == [0, 0, 0, 2, 2]
    assert buckets.take("b") == 0  # another one is not held up
    moment[0] += 2.0
    assert [buckets.take("a") for _ in range(2)] == [0, 2]
    moment[0] += 1e6
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 2]  # no more than a burst is saved up


def test_one_caller_with_many_ipv6_addresses_is_one() -> None:
    buckets = Buckets(Allowance(rate=1.0, burst=1), lambda: 0.0)
    assert buckets.take("2001:db8::1") == 0
    assert buckets.take("2001:db8::ffff:2") > 0
    assert buckets.take("2001:db8:0:1::1") == 0
    assert buckets.take("::ffff:198.51.100.7") == 0
    assert buckets.take("198.51.100.7") > 0


def test_addresses_without_end_do_not_fill_the_memory() -> None:
    buckets = Buckets(Allowance(rate=1.0, burst=1), lambda: 0.0)
    for number in range(MOST_ADDRESSES + 10):
        buckets.take(f"caller {number}")
    assert len(buckets) == MOST_ADDRESSES


def test_a_flood_of_calls_is_refused_and_nobody_else_suffers(published: Path) -> None:
    app = build_public_app(published, Allowance(rate=0.001, burst=5))
    caller = TestClient(app, client=("198.51.100.7", 1))
    answers = [caller.get("/v1/search?q=luat") for _ in range(7)]
    assert [each.status_code for each in answers] == [200] * 5 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert answers[-1].headers["access-control-allow-origin"] == "*"
    assert TestClient(app, client=("203.0.113.9", 1)).get("/v1/documents").status_code == 200


def test_nothing_can_be_uploaded(public: TestClient) -> None:
    def drops() -> Iterator[bytes]:
        yield b"x"
        raise AssertionError("the body was read")

    assert public.request("GET", "/v1/documents", content=b"x" * 10).status_code == 413
    with suppress(AssertionError):  # the client itself reads what it sends
        assert public.request("POST", "/v1/search", content=drops()).status_code == 413
    assert public.post("/v1/documents").status_code == 405


def test_calls_of_the_interface_are_bounded_inside_too(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sohoa.web.app.OFFICE", Allowance(rate=0.001, burst=3))
    office = inside(published)
    codes = [office.get("/api/v1/works?uri=x").status_code for _ in range(5)]
    assert codes == [200] * 3 + [429] * 2
    assert office.get("/help").status_code == 200


def test_the_search_page_shows_the_place_on_the_scan(office: TestClient) -> None:
    page = office.get("/search", params={"q": "hoa giai <b>"}, headers={"accept-language": "vi"})
    assert page.status_code == 200
    assert "<b>&" not in page.text.lower()
    page = office.get("/search", params={"q": "hoa giai"}, headers={"accept-language": "vi"})
    assert "<mark>Hòa giải</mark>" in page.text
    assert 'class="spot"' in page.text
    assert "Find papers" in office.get(
        "/search", headers={"accept-language": "en"}
    ).text  # fmt: skip
    assert office.get("/search", params={"q": "a " * 60}).status_code == 200
    assert office.get("/search", params={"first": "x", "start": "-5"}).status_code == 200


# Every call there is, with values that its description allows, and some that it does not.


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
def test_no_call_breaks_the_server(published: Path, mode: schemathesis.GenerationMode) -> None:
    app = build_public_app(published, Allowance(rate=0))
    called: set[tuple[str, int]] = set()
    for result in schemathesis.openapi.from_asgi("/v1/openapi.json", app).get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()

        @given(operation.as_strategy(generation_mode=mode))
        @settings(max_examples=5, suppress_health_check=list(HealthCheck), database=None)
        def call(case: Any) -> None:
            if case.path_parameters and "key" in case.path_parameters and len(called) % 2:
                case.path_parameters["key"] = A  # a document that is there, half of the time
            called.add((case.path, len(called)))
            assert case.call().status_code not in {*range(500, 600), 429}

        with suppress(Unsatisfiable):  # no wrong value exists for a call without parameters
            call()
    assert len({path for path, _ in called}) >= 12
