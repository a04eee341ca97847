"""What is done behind the pages: results written, the queue told what documents became."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from sohoa.errors import SohoaError
from sohoa.review.store import Document
from sohoa.web.desk import Desk

_PATIENCE_S = 30.0
_QUIET_S = 20.0
_LONGEST = 6


class Errands:
    """One thread that takes documents, the latest version of each, one after the other.

    ``quiet_s``: a document waits until nothing more was said of it for so long, ``_LONGEST`` times
    that at most. ``finish``: what waits when it is told to end is done first.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[Document], object],
        *,
        quiet_s: float = 0.0,
        finish: bool = False,
    ) -> None:
        self._work = work
        self._quiet_s = quiet_s
        self._finish = finish
        # Document, since when it waits, and when it is due.
        self._waiting: OrderedDict[str, tuple[Document, float, float]] = OrderedDict()
        self._failed: dict[str, str] = {}
        self._wake = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def add(self, document: Document) -> None:
        key, now = document.entry.key, time.monotonic()
        with self._wake:
            since = self._waiting.pop(key)[1] if key in self._waiting else now
            due = min(now + self._quiet_s, since + _LONGEST * self._quiet_s)
            self._waiting[key] = (document, since, due)
            self._failed.pop(key, None)
            self._wake.notify()

    def hurry(self, key: str) -> None:
        """Take a document now, if it waits at all."""
        with self._wake:
            if key in self._waiting:
                document, since, _ = self._waiting[key]
                self._waiting[key] = (document, since, since)
                self._wake.notify()

    def failure(self, key: str) -> str:
        """Why it could not be done for a document; empty where nothing is wrong."""
        return self._failed.get(key, "")

    def stop(self) -> None:
        """End after the document in hand, or after all that wait."""
        with self._wake:
            self._ended = True
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join(timeout=_PATIENCE_S)

    def _next(self) -> tuple[str, Document] | None:
        """The next document that is due, waited for; None at the end."""
        with self._wake:
            while True:
                if self._ended and not (self._finish and self._waiting):
                    return None
                due = min((each[2] for each in self._waiting.values()), default=None)
                rest = None if due is None else due - time.monotonic()
                if rest is not None and (rest <= 0 or self._ended):
                    key = next(key for key, each in self._waiting.items() if each[2] == due)
                    return key, self._waiting.pop(key)[0]
                self._wake.wait(rest)

    def _run(self) -> None:
        while (found := self._next()) is not None:
            key, document = found
            try:
                self._work(document)
            except (SohoaError, OSError, ValueError) as error:
                self._failed[key] = str(error)
            except Exception as error:
                self._failed[key] = f"{type(error).__name__}: {error}"


def result_writer(desk: Desk) -> Errands:
    """Writes the results of signed documents, with those that an earlier server left undone."""
    writer = Errands("results", desk.write_results)
    for document in desk.store.not_exported():
        writer.add(document)
    return writer


def describer(desk: Desk) -> Errands:
    """Tells the queue how risky documents still are, once they are left or nobody changes them.

    Not after each word: it takes longer than all else that a saved word does. What is behind after
    a crash is told at the next change.
    """

    def work(document: Document) -> None:
        latest = desk.store.get(document.entry.key)
        if latest is not None:
            desk.describe(desk.open(latest))

    return Errands("queue", work, quiet_s=_QUIET_S, finish=True)
