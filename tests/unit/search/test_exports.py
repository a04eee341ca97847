"""Bulk files: what goes in comes out again."""

from __future__ import annotations

import json
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from sohoa.directive import Relation
from sohoa.errors import SettingsError
from sohoa.record import Record
from sohoa.search import Audience, Entry, Index, open_collection, refresh
from sohoa.search.audience import whole_document
from sohoa.search.exporting import FORMATS, Wish, export_collection
from sohoa.search.graph import build_graph
from sohoa.search.legislation import legislation
from sohoa.search.publication import Decision, Verb, add_decisions
from sohoa.search.reading import read_entries

Make = Callable[..., Record]
Put = Callable[[Path, str, Record], None]
ODD = "Dòng có \\ gạch chéo, \"ngoặc\", 'nháy', $tiền$, \\N và ­ấu — 𝔘"


@pytest.fixture
def filled(index: Index, results: Path, paper: Make, put_result: Put) -> Index:
    put_result(results, "odd.pdf", paper("odd.pdf", number="8", title=ODD, lines=(ODD, "\\.")))
    list(refresh(index, open_collection(results)))
    return index


def documents(index: Index, audience: Audience = Audience.OFFICE) -> list[dict[str, Any]]:
    with index.reading() as db:
        return [whole_document(entry) for entry in read_entries(db, audience)]


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_public_until_somebody_says_so(filled: Index, tmp_path: Path, form: str) -> None:
    written = export_collection(filled, Wish(form), tmp_path / "exp")
    assert written.documents == 0
    assert not any(b"phong" in file.read_bytes() for file in (tmp_path / "exp").iterdir())


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_collection_gives_the_same_bytes(filled: Index, tmp_path: Path, form: str) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for target in (one, two):
        assert export_collection(filled, Wish(form, Audience.OFFICE), target).documents == 4
    for file in one.iterdir():
        assert file.read_bytes() == (two / file.name).read_bytes()


def test_files_of_others_are_never_replaced(filled: Index, tmp_path: Path) -> None:
    target = tmp_path / "theirs"
    target.mkdir()
    (target / "precious.txt").write_text("x")
    with pytest.raises(SettingsError):
        export_collection(filled, Wish("jsonl"), target)
    assert [each.name for each in target.iterdir()] == ["precious.txt"]
    with pytest.raises(SettingsError):
        export_collection(filled, Wish("xlsx"), tmp_path / "exp")


def test_an_older_export_is_replaced_whole(filled: Index, tmp_path: Path) -> None:
    target = tmp_path / "exp"
    export_collection(filled, Wish("graph", Audience.OFFICE), target)
    export_collection(filled, Wish("jsonl", Audience.OFFICE), target)
    assert sorted(each.name for each in target.iterdir()) == ["documents.jsonl", "export.json"]
    assert [each.name for each in tmp_path.iterdir() if "sohoa" in each.name] == []


def test_jsonl_and_opensearch_hold_every_document(filled: Index, tmp_path: Path) -> None:
    export_collection(filled, Wish("jsonl", Audience.OFFICE), tmp_path / "a")
    lines = (tmp_path / "a" / "documents.jsonl").read_text(encoding="utf-8").split("\n")
    assert [json.loads(line) for line in lines if line] == documents(filled)
    export_collection(filled, Wish("opensearch", Audience.OFFICE), tmp_path / "b")
    bulk = (tmp_path / "b" / "bulk-00001.ndjson").read_bytes()
    assert bulk.endswith(b"\n")
    pairs = [json.loads(line) for line in bulk.decode().split("\n") if line]
    assert [each["index"]["_id"] for each in pairs[::2]] == [each["id"] for each in pairs[1::2]]
    assert pairs[1::2] == documents(filled)
    json.loads((tmp_path / "b" / "index.json").read_text())


def bulk_pairs(data: bytes) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Actions and sources of a bulk file, read as strictly as the format is told.

    Lines end in LF, the last one too, and none is empty or holds a CR; each is one JSON object with
    no key twice and no NaN; an ``index`` action of ``_index`` and ``_id`` stands before each.
    """

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len(pairs) == len({name for name, _ in pairs})
        return dict(pairs)

    def no_number(text: str) -> None:
        raise AssertionError(text)

    assert data.endswith(b"\n")
    lines = data.split(b"\n")[:-1]
    assert len(lines) % 2 == 0
    assert all(line and b"\r" not in line and not line.startswith(b"\xef\xbb") for line in lines)
    read = [
        json.loads(line.decode("utf-8"), object_pairs_hook=once, parse_constant=no_number)
        for line in lines
    ]
    for action in read[::2]:
        assert set(action) == {"index"}
        assert set(action["index"]) == {"_index", "_id"}
        assert 0 < len(action["index"]["_id"].encode()) <= 512
        # What names an index may hold; see "Restrictions on index names".
        assert re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,254}", action["index"]["_index"])
    return list(zip(read[::2], read[1::2], strict=True))


def mapped(value: Any, mapping: dict[str, Any]) -> None:
    """Every value stands where the mapping expects its kind: objects, texts, keywords, integers."""
    for each in value if isinstance(value, list) else [value]:
        if each is None:
            continue
        if "properties" in mapping:
            assert isinstance(each, dict)
            for name, inner in mapping["properties"].items():
                mapped(each.get(name), inner)
        elif mapping["type"] == "integer":
            assert type(each) is int
            assert abs(each) < 1 << 31
        else:
            assert type(each) is str
            if mapping["type"] == "keyword":
                # Lucene takes no term of more than 32,766 bytes.
                assert "ignore_above" in mapping or len(each.encode()) < 32_766
            if mapping["type"] == "date":
                assert mapping["ignore_malformed"] or date.fromisoformat(each)


def test_the_bulk_format_is_kept_to_the_letter(
    filled: Index, results: Path, paper: Make, put_result: Put, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    odd = "xuống dòng\r\n\u2028\u2029\x85\x00\x1f và NaN"
    put_result(results, "xo.pdf", paper("xo.pdf", number="9" * 40_000, title=odd, lines=(odd,)))
    list(refresh(filled, open_collection(results)))
    monkeypatch.setattr("sohoa.search.exporting.MOST_BULK_BYTES", 4000)
    export_collection(filled, Wish("opensearch", Audience.OFFICE), tmp_path / "b")
    files = sorted((tmp_path / "b").glob("bulk-*.ndjson"))
    assert len(files) > 1
    pairs = [pair for file in files for pair in bulk_pairs(file.read_bytes())]
    assert [action["index"]["_id"] for action, _ in pairs] == [each["id"] for _, each in pairs]
    assert [each for _, each in pairs] == documents(filled)
    body = json.loads((tmp_path / "b" / "index.json").read_text())
    assert set(body) == {"settings", "mappings"}
    for _, document in pairs:
        mapped(document, body["mappings"])
    assert all(file.stat().st_size <= 4000 or len(bulk_pairs(file.read_bytes())) == 1
               for file in files)  # fmt: skip


def test_what_is_published_goes_out_redacted_where_so_decided(
    index: Index, results: Path, paper: Make, put_result: Put, tmp_path: Path
) -> None:
    put_result(results, "a.pdf", paper("a.pdf", lines=("Ông Thử, CCCD số 001088012345.",)))
    add_decisions(
        results,
        [Decision("a.pdf", Verb.PUBLISH_REDACTED, "ai", "2025"),
         Decision("c.pdf", Verb.PUBLISH, "ai", "2025")],
    )  # fmt: skip
    list(refresh(index, open_collection(results)))
    assert export_collection(index, Wish("jsonl"), tmp_path / "exp").documents == 2
    assert "001088012345" not in (tmp_path / "exp" / "documents.jsonl").read_text()


def test_legislation_says_what_is_known_and_no_more(entry: Callable[..., Entry]) -> None:
    paper = entry("a.pdf", uri="/akn/vn/doc/chi-thi/2025/52-ct-tw")
    found = legislation(paper.document, "https://example.vn/")
    assert found["@type"] == "Legislation"
    assert found["@id"] == "https://example.vn/akn/vn/doc/chi-thi/2025/52-ct-tw"
    assert found["legislationIdentifier"] == "52-CT/TW"
    assert found["legislationDate"] == "2025-03-05"
    assert "expires" not in found


# The graph


def cite(number: str, symbol: str, relation: Relation, uri: str | None = None) -> Any:
    from sohoa.directive import Citation

    return Citation(f"số {number}/{symbol}", None, number, symbol, relation=relation, uri=uri)


def test_the_graph_knows_what_is_there_and_what_is_missing(
    index: Index, entry: Callable[..., Entry]
) -> None:
    uri = "/akn/vn/act/luat/2024/luat-mau"
    with index.writing() as writer:
        writer.put(entry("a.pdf"))  # 52-CT/TW, without a URI of its own
        writer.put(entry("b.pdf", number="1", citations=(
            cite("52", "CT/TW", Relation.BASIS), cite("52", "CT/TW", Relation.BASIS),
            cite("7", "QH15", Relation.BASIS, uri), cite("1", "CT/TW", Relation.MENTIONS),
        )))  # fmt: skip
        writer.put(entry("c.pdf", number="2", citations=(cite("7", "QH15", Relation.AMENDS, uri),)))
    graph = build_graph(index.db, Audience.OFFICE)
    told = {(each.source, each.target, each.relation, each.mentions) for each in graph.edges}
    assert told == {
        ("id:b.pdf", "id:a.pdf", "basis", 2), ("id:b.pdf", uri, "basis", 1),
        ("id:c.pdf", uri, "amends", 1),
    }  # fmt: skip
    assert [(node.id, node.cited) for node in graph.missing] == [(uri, 2)]


def test_pictures_and_graphml_are_well_formed(filled: Index, tmp_path: Path) -> None:
    export_collection(filled, Wish("graph", Audience.OFFICE), tmp_path / "exp")
    svg = etree.parse(tmp_path / "exp" / "graph.svg")
    assert len(svg.findall(".//{http://www.w3.org/2000/svg}rect")) == 5  # four papers, the ground
    space = "{http://graphml.graphdrawing.org/xmlns}"
    graphml = etree.parse(tmp_path / "exp" / "graph.graphml")
    assert len(graphml.findall(f".//{space}node")) == 4
    assert len(graphml.findall(f".//{space}edge")) == 1


# PostgreSQL


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _own_user() -> str | None:
    """PostgreSQL does not run as root: the user that Debian made for it."""
    if os.getuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres")


@pytest.fixture(scope="module")
def psql() -> Iterator[Callable[..., str]]:
    """Runs psql on a real server of its own, in a folder that is thrown away."""
    programs = _programs()
    if programs is None:
        pytest.skip("needs PostgreSQL (apt-get install postgresql)")
    user = _own_user()
    folder = Path(tempfile.mkdtemp(prefix="sohoa-pg-"))
    if user:
        shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(*command: str | Path, cwd: Path = folder) -> str:
        done = subprocess.run(
            command, user=user, cwd=cwd, capture_output=True, encoding="utf-8", check=False,
            env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    data, log = folder / "data", folder / "log"
    run(programs / "initdb", "-D", data, "-U", "sohoa", "-A", "trust", "-E", "UTF8",
        "--locale=C", "--no-sync")  # fmt: skip
    options = f"-k {folder} -h '' -p {port} -c fsync=off"
    run(programs / "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
    try:
        yield lambda *rest, cwd=folder: run(
            "psql", "-h", folder, "-p", str(port), "-U", "sohoa", "-X", "-v", "ON_ERROR_STOP=1",
            "-d", "postgres", *rest, cwd=cwd,
        )  # fmt: skip
    finally:
        run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _readable(folder: Path) -> Path:
    """A copy where the server's user may read it: tests' own folders are closed to others."""
    place = Path(tempfile.mkdtemp(prefix="sohoa-load-"))
    shutil.copytree(folder, place, dirs_exist_ok=True)
    place.chmod(0o755)
    return place


def test_a_collection_goes_into_postgresql_and_back(
    filled: Index, tmp_path: Path, psql: Callable[..., str]
) -> None:
    export_collection(filled, Wish("postgresql", Audience.OFFICE), tmp_path / "exp")
    place = _readable(tmp_path / "exp")
    for _ in range(2):  # a second load replaces the first
        psql("-q", "-f", "load.sql", cwd=place)
    shutil.rmtree(place)
    back = psql("-At", "-c", 'SELECT document FROM sohoa.document_json ORDER BY id COLLATE "C"')
    assert [json.loads(line) for line in back.split("\n") if line] == documents(filled)


@pytest.mark.parametrize(
    ("asked", "found"),
    [("chi thi 52", ["52-CT/TW"]), ("QUYẾT ĐỊNH 5", ["05/QĐ-UBND"]), ("hòa giải", ["05/QĐ-UBND"]),
     ("trach nhiem thi hanh", ["05/QĐ-UBND"]), ("khong co", [])],
)  # fmt: skip
def test_postgresql_searches_without_marks(
    filled: Index, tmp_path: Path, psql: Callable[..., str], asked: str, found: list[str]
) -> None:
    export_collection(filled, Wish("postgresql", Audience.OFFICE), tmp_path / "exp")
    place = _readable(tmp_path / "exp")
    psql("-q", "-f", "load.sql", cwd=place)
    shutil.rmtree(place)
    told = psql("-At", "-c", f"SELECT full_number FROM sohoa.find('{asked}') LIMIT 1")
    assert told.split() == found
