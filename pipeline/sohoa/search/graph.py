"""The citation graph of a collection: who cites, rests on, amends whom; what is missing."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sohoa.search.audience import Audience
from sohoa.search.reading import SEEN, unpacked


@dataclass(frozen=True, slots=True)
class Node:
    """A paper. ``id`` is its URI where it has one. ``keys``: documents of it in the collection;
    none: it is missing. ``cited`` and ``cites`` count papers, not mentions.
    """

    id: str
    label: str
    keys: tuple[str, ...] = ()
    type: str | None = None
    date: str | None = None
    title: str | None = None
    cited: int = 0
    cites: int = 0

    @property
    def present(self) -> bool:
        return bool(self.keys)


@dataclass(frozen=True, slots=True)
class Edge:
    """``source`` does ``relation`` to ``target``; ``mentions`` times."""

    source: str
    target: str
    relation: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by id, edges by their ends."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def missing(self) -> tuple[Node, ...]:
        """Papers that are cited and not in the collection, the most cited first."""
        absent = (node for node in self.nodes if not node.present)
        return tuple(sorted(absent, key=lambda node: (-node.cited, node.id)))


def build_graph(db: sqlite3.Connection, audience: Audience) -> Graph:
    """The graph as the audience may see it.

    A citation leads to a document by its URI; where either has none, by the whole number, if only
    one paper of the collection bears it and their days do not contradict.
    """
    papers = _papers(db, audience)
    by_key = {key: node.id for node in papers.values() for key in node.keys}
    by_number = _by_number(db, audience, by_key)
    nodes = dict(papers)
    mentions: Counter[tuple[str, str, str]] = Counter()
    for (value,) in db.execute(
        "SELECT value FROM document JOIN content ON document = id"  # noqa: S608
        f" WHERE {SEEN[audience]} ORDER BY key"
    ):
        document = unpacked(value)
        source = by_key[document["id"]]
        for citation in document["citations"]:
            target = _target(citation, papers, by_number)
            if target is None or target.id == source:
                continue
            nodes.setdefault(target.id, target)
            mentions[source, target.id, citation["relation"]] += 1
    edges = tuple(Edge(*ends, count) for ends, count in sorted(mentions.items()))
    return Graph(_counted(nodes, edges), edges)


def _papers(db: sqlite3.Connection, audience: Audience) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for key, uri, value in db.execute(
        "SELECT key, uri, value FROM document JOIN content ON document = id"  # noqa: S608
        f" WHERE {SEEN[audience]} ORDER BY key"
    ):
        fields = unpacked(value)["fields"]
        name = uri or f"id:{key}"
        keys = (*found[name].keys, key) if name in found else (key,)
        label = fields["full_number"] or fields["title"] or key
        found[name] = Node(name, label, keys, fields["type"], fields["date"], fields["title"])
    return found


def _by_number(
    db: sqlite3.Connection, audience: Audience, by_key: Mapping[str, str]
) -> dict[str, dict[str, str | None]]:
    """Number -> papers that bear it (by id), each with its day."""
    found: dict[str, dict[str, str | None]] = {}
    for number, key, day in db.execute(
        f"SELECT number, key, date FROM document WHERE number IS NOT NULL AND {SEEN[audience]}"  # noqa: S608
    ):
        found.setdefault(number, {})[by_key[key]] = day
    return found


def _target(
    citation: Mapping[str, str | None],
    papers: Mapping[str, Node],
    by_number: Mapping[str, Mapping[str, str | None]],
) -> Node | None:
    from sohoa.search.folding import folded

    uri, day = citation["uri"], citation["date"] or citation["year"]
    if uri is not None and uri in papers:
        return papers[uri]
    parts = [part for part in (citation["number"], citation["symbol"]) if part]
    if citation["number"] and citation["symbol"]:
        same = by_number.get(folded(parts), {})
        fitting = [
            name
            for name, known in same.items()
            if (not day or not known or day.startswith(known) or known.startswith(day))
            and not (uri and papers[name].id.startswith("/"))
        ]
        if len(fitting) == 1:
            return papers[fitting[0]]
    label = "/".join(parts) if parts else (citation["title"] or citation["raw"] or "")
    name = uri or (f"number:{'-'.join(folded(parts).split())}:{day or ''}" if parts else None)
    if name is None or not label:
        return None
    return Node(name, label, (), citation["type"], day, citation["title"])


def _counted(nodes: Mapping[str, Node], edges: tuple[Edge, ...]) -> tuple[Node, ...]:
    from dataclasses import replace

    pairs = {(edge.source, edge.target) for edge in edges}
    cites, cited = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    return tuple(
        replace(nodes[name], cites=cites[name], cited=cited[name]) for name in sorted(nodes)
    )


def to_json(graph: Graph) -> bytes:
    """Nodes, edges and what is missing, as JSON."""
    value = {
        "format": "sohoa-graph/1",
        "nodes": [{**asdict(node), "present": node.present} for node in graph.nodes],
        "edges": [asdict(edge) for edge in graph.edges],
        "missing": [node.id for node in graph.missing],
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


_KEYS = (
    ("label", "node", "string"), ("type", "node", "string"), ("date", "node", "string"),
    ("title", "node", "string"), ("present", "node", "boolean"), ("cited", "node", "int"),
    ("relation", "edge", "string"), ("mentions", "edge", "int"),
)  # fmt: skip


def to_graphml(graph: Graph) -> bytes:
    """GraphML, as Gephi, yEd and networkx read it."""
    from lxml import etree

    space = "http://graphml.graphdrawing.org/xmlns"
    root = etree.Element(f"{{{space}}}graphml", nsmap={None: space})  # type: ignore[dict-item]
    for name, kind, type_name in _KEYS:
        attributes = {"id": name, "for": kind, "attr.name": name, "attr.type": type_name}
        etree.SubElement(root, f"{{{space}}}key", attributes)
    body = etree.SubElement(root, f"{{{space}}}graph", {"id": "G", "edgedefault": "directed"})

    def data(parent: etree._Element, name: str, value: object) -> None:
        if value is not None:
            text = str(value).lower() if isinstance(value, bool) else str(value)
            etree.SubElement(parent, f"{{{space}}}data", {"key": name}).text = text

    for node in graph.nodes:
        made = etree.SubElement(body, f"{{{space}}}node", {"id": node.id})
        for name in ("label", "type", "date", "title", "present", "cited"):
            data(made, name, getattr(node, name))
    for edge in graph.edges:
        ends = {"source": edge.source, "target": edge.target}
        made = etree.SubElement(body, f"{{{space}}}edge", ends)
        data(made, "relation", edge.relation)
        data(made, "mentions", edge.mentions)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
