"""What the API answers from: an index that follows its folder, and who is asking."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sohoa.errors import SohoaError
from sohoa.search import Audience, Index, open_collection, refresh
from sohoa.search.index import FILE

_OFTEN_S = 10.0  # the folder is looked through no more often
_WAIT_S = 5.0  # a first answer waits so long for the index


class Library:
    """The index of one folder of results, brought up to it behind the answers."""

    def __init__(self, root: Path) -> None:
        self.collection = open_collection(root)
        self.index = Index(root / FILE)
        self._lock = threading.Lock()
        self._looked = -_OFTEN_S
        self._first = threading.Event()
        self.problem = ""
        self._drawing = threading.Lock()
        self._drawn: dict[str, tuple[int | None, bytes]] = {}

    def follow(self) -> None:
        """Have the index brought up to the folder, where that is long ago; the first call waits."""
        with self._lock:
            if time.monotonic() - self._looked < _OFTEN_S:
                return
            self._looked = float("inf")
        threading.Thread(target=self._refresh, name="search-index", daemon=True).start()
        self._first.wait(_WAIT_S)

    def refresh_now(self) -> None:
        """Bring the index up to the folder before this returns."""
        with self._lock:
            self._looked = float("inf")
        self._refresh()

    def drawn(self, name: str, draw: Callable[[], bytes]) -> bytes:
        """What ``draw`` makes, kept until the index changes: it is dear to make."""
        with self.index.reading() as db:
            state = db.execute("SELECT max(seq) FROM change").fetchone()[0]
        with self._drawing:
            kept = self._drawn.get(name)
            if kept is None or kept[0] != state:
                kept = self._drawn[name] = (state, draw())
            return kept[1]

    def _refresh(self) -> None:
        try:
            for _ in refresh(self.index, self.collection):
                pass
            self.problem = ""
        except (SohoaError, OSError) as error:
            self.problem = str(error)  # what the index holds is still answered from
        finally:
            self._first.set()
            with self._lock:
                self._looked = time.monotonic()


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody asking: the library, and what they may see of it."""

    library: Library
    audience: Audience
    language: str = "vi"

    @property
    def index(self) -> Index:
        return self.library.index
