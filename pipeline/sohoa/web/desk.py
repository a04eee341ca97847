"""The reviewers' desk: documents as they stand now, corrections taken in, results written."""

from __future__ import annotations

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from sohoa.export import FORMATS, PAGE_FORMATS, PICTURE_FORMATS, export_result
from sohoa.record import Record, from_json
from sohoa.review import Correction, Kind, Replayed, active, replay, sign_off_of
from sohoa.review.correction import to_dict
from sohoa.review.exchange import to_line
from sohoa.review.shelf import Shelf, entry_of
from sohoa.review.store import Document, ReviewStore
from sohoa.review.words import correct_words
from sohoa.web.page_words import PageWords

_MOST_WORDS = 400_000
_AWAY_S = 45.0


class Opened:
    """A document as it stands: what the store says, what was recognized, what became of it.

    ``words`` are its corrected pages, ready at once; ``now`` is the whole corrected record, which
    is made when somebody asks for it. ``newer``: it is signed off, and recognition has run again
    since.
    """

    def __init__(
        self,
        document: Document,
        base: Record,
        made: tuple[Correction, ...],
        *,
        newer: bool,
        written: PageWords | None = None,
    ) -> None:
        self.document = document
        self.base = base
        self.newer = newer
        self.written = written or PageWords(base.pages)
        self.words = correct_words(base.pages, active(made))
        self._made = made
        self._now: Replayed | None = None
        self._lock = threading.Lock()

    def page(self, number: int) -> str | None:
        """The words of one page, as JSON; None where there is no such page."""
        for page in self.words.pages:
            if page.number == number:
                return self.written.write(page, self.document.version, self.words.locked)
        return None

    @property
    def now(self) -> Replayed:
        with self._lock:
            if self._now is None:
                self._now = replay(self.base, self._made)
            return self._now


class Desk:
    """Moves documents between the shelf, the store and the pages. Safe to use from many threads."""

    def __init__(self, shelf: Shelf, store: ReviewStore) -> None:
        self.shelf = shelf
        self.store = store
        self._cache: OrderedDict[tuple[str, int, str], Opened] = OrderedDict()
        self._lock = threading.Lock()
        self._originals: dict[tuple[str, str], tuple[Path, ...]] = {}
        self._present: dict[str, dict[str, tuple[str, float]]] = {}

    # Documents

    def open(self, document: Document) -> Opened:
        """The document at its version; ``FileNotFoundError`` where its record is gone."""
        key = (document.entry.key, document.version, document.entry.stamp)
        with self._lock:
            found = self._cache.get(key)
            if found is not None:
                self._cache.move_to_end(key)
                return found
            earlier = [each for name, each in self._cache.items() if name[0] == key[0]]
        opened = self._open(document, earlier)
        with self._lock:
            for old in [each for each in self._cache if each[0] == key[0] and each[1] <= key[1]]:
                del self._cache[old]
            self._cache[key] = opened
            weight = sum(each.document.entry.words for each in self._cache.values())
            while weight > _MOST_WORDS and len(self._cache) > 1:
                _, oldest = self._cache.popitem(last=False)
                weight -= oldest.document.entry.words
        return opened

    def _open(self, document: Document, earlier: list[Opened]) -> Opened:
        made = self.store.corrections(document.entry.key)
        for each in earlier:
            # Between two corrections the record that they are laid over stays the same.
            then = each.document
            same = then.entry.stamp == document.entry.stamp and not each.newer
            if same and "signed" not in {then.state, document.state}:
                return Opened(document, each.base, made, newer=False, written=each.written)
        data, newer = self._base(document)
        return Opened(document, from_json(data), made, newer=newer)

    def _base(self, document: Document) -> tuple[bytes, bool]:
        """The record as recognized: of a signed document the one that was signed."""
        signed = None
        if document.state == "signed":
            signed = self.store.signed_record(document.entry.key)
        try:
            present = self.shelf.record_bytes(document.entry.folder)
        except OSError:
            if signed:
                return signed, False
            raise
        return (signed, signed != present) if signed else (present, False)

    # Corrections

    def take(self, document: Document, version: int, made: Sequence[Correction]) -> Document:
        """Take corrections in; the document as it is after them. Raises what the store raises."""
        signed = b""
        if any(each.kind is Kind.SIGN_OFF for each in made):
            signed = self.shelf.record_bytes(document.entry.folder)
        self.store.append(document.entry.key, version, made, signed)
        after = self.store.get(document.entry.key)
        if after is None:
            raise KeyError(document.entry.key)
        return after

    def describe(self, opened: Opened) -> None:
        """Tell the queue what became of the document by its corrections."""
        entry = opened.document.entry
        self.store.describe(entry_of(entry.folder, entry.stamp, opened.now.record))

    # Originals

    def originals(self, document: Document) -> tuple[Path, ...]:
        """The files that the document was read from; none where they are gone or other ones now."""
        entry = document.entry
        key = (entry.folder, entry.source_sha256)
        found = self._originals.get(key, ())
        if not found or not all(each.is_file() for each in found):
            found = self.shelf.find_originals(entry.folder, entry.source_sha256, entry.source_size)
            self._originals[key] = found
        return found

    # Who is here

    def greet(self, key: str, session: str, name: str) -> tuple[str, ...]:
        """Note that somebody has the document open; returns who else has."""
        now = time.monotonic()
        with self._lock:
            here = self._present.setdefault(key, {})
            here[session] = (name, now)
            for each in [each for each, (_, seen) in here.items() if now - seen > _AWAY_S]:
                del here[each]
            return tuple(sorted(who for each, (who, _) in here.items() if each != session))

    def leave(self, key: str, session: str) -> None:
        with self._lock:
            self._present.get(key, {}).pop(session, None)

    def present(self, key: str) -> tuple[str, ...]:
        now = time.monotonic()
        with self._lock:
            here = self._present.get(key, {}).values()
            return tuple(sorted(name for name, seen in here if now - seen <= _AWAY_S))

    # Results

    def write_results(self, document: Document) -> Path:
        """Make the exports of a signed document again from its corrected record, and write them.

        The same formats as were made of the record as recognized, with ``review.json`` (who signed
        off, when, what was changed) and ``corrections.jsonl`` beside them. Repeating it does no
        harm.
        """
        opened = self.open(document)
        entry = document.entry
        made = self.store.corrections(entry.key)
        files = self._exports(opened)
        files["review.json"] = review_summary(opened, made)
        lines = "".join(f"{to_line(document, each)}\n" for each in made)
        files["corrections.jsonl"] = lines.encode()
        folder = self.shelf.write_reviewed(entry.folder, files)
        self.store.mark_exported(entry.key, document.version)
        return folder

    def _exports(self, opened: Opened) -> dict[str, bytes]:
        from sohoa.originals import original_of
        from sohoa.read import open_source

        names = made_formats(self.shelf.root / opened.document.entry.folder)
        paths = self.originals(opened.document)
        if not paths:
            return export_result(opened.now.record, None, names)[1]
        with open_source(paths, name=opened.base.source.name) as source:
            return export_result(opened.now.record, original_of(source, paths), names)[1]


def made_formats(folder: Path) -> tuple[str, ...]:
    """Names of the formats whose files lie in a result folder."""
    single = [(each.name, each.file_name) for each in FORMATS]
    single += [(each.name, each.file_name) for each in PICTURE_FORMATS]
    paged = [(each.name, each.file_name.format(page=1)) for each in PAGE_FORMATS]
    return tuple(name for name, file in (*single, *paged) if (folder / file).is_file())


def review_summary(opened: Opened, made: Sequence[Correction]) -> bytes:
    """Who did what, for the packages' list of events; times are ISO 8601 in UTC."""
    signed = sign_off_of(made)
    kinds = sorted({each.kind for each in made})
    value = {
        "format": "sohoa-review/1",
        "record": opened.base.id,
        "source": {"name": opened.base.source.name, "sha256": opened.base.source.sha256},
        "signed_off": (
            {"who": signed.who, "when": signed.when, "note": signed.why} if signed else None
        ),
        "reviewers": sorted({each.who for each in made}),
        "counts": {kind.value: sum(each.kind is kind for each in made) for kind in kinds},
        "unplaced": [
            {"correction": to_dict(each), "reason": why} for each, why in opened.now.unplaced
        ],
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
