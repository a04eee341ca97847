"""What is done behind the pages: results written, the queue told what documents became."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from sohoa.errors import SohoaError
from sohoa.review.store import Document
from sohoa.web.desk import Desk

_PATIENCE_S = 30.0


class Errands:
    """One thread that takes documents, the latest version of each, one after the other."""

    def __init__(self, name: str, work: Callable[[Document], object]) -> None:
        self._work = work
        self._waiting: OrderedDict[str, Document] = OrderedDict()
        self._failed: dict[str, str] = {}
        self._wake = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def add(self, document: Document) -> None:
        with self._wake:
            self._waiting[document.entry.key] = document
            self._failed.pop(document.entry.key, None)
            self._wake.notify()

    def failure(self, key: str) -> str:
        """Why it could not be done for a document; empty where nothing is wrong."""
        return self._failed.get(key, "")

    def stop(self) -> None:
        """End after the document in hand."""
        with self._wake:
            self._ended = True
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join(timeout=_PATIENCE_S)

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._waiting or self._ended)
                if self._ended:
                    return
                key, document = self._waiting.popitem(last=False)
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
    """Tells the queue how risky documents still are; what is behind is told at the next change."""

    def work(document: Document) -> None:
        latest = desk.store.get(document.entry.key)
        if latest is not None:
            desk.describe(desk.open(latest))

    return Errands("queue", work)
