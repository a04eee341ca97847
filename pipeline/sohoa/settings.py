"""One TOML file to frozen values; a key that means nothing is refused, not ignored."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

from sohoa.certify import CertifySettings
from sohoa.errors import SettingsError
from sohoa.look import LookSettings
from sohoa.read import ReadSettings
from sohoa.recognize import RecognizeSettings
from sohoa.record import Step
from sohoa.restore import RestoreSettings
from sohoa.structure import StructureSettings


@dataclass(frozen=True, slots=True)
class OutputSettings:
    """``allow_secret``: go on with a paper that bears a secrecy mark (MẬT, TỐI MẬT, TUYỆT MẬT).

    ``formats``: what to export, by short name; none named: the usual ones.
    """

    allow_secret: bool = False
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """What a run may take of the machine. Nothing of it changes a result that comes to its end.

    ``workers`` processes side by side (0: from cores and memory); ``nice`` as for nice(1).
    A document may take ``document_limit_s`` seconds and ``max_pages`` pages, one page of it
    ``page_limit_s``; each process ``memory_megabytes`` of address space. A document of more than
    ``chunk_pages`` pages is read by several processes. The run stops, to be called again, where
    less than ``min_free_megabytes`` are free for results.
    """

    workers: int = 0
    nice: int = 0
    document_limit_s: float = 14400.0
    page_limit_s: float = 900.0
    memory_megabytes: int = 6144
    max_pages: int = 10000
    chunk_pages: int = 16
    min_free_megabytes: int = 200

    def __post_init__(self) -> None:
        if min(self.document_limit_s, self.page_limit_s) <= 0:
            raise ValueError("the limits in seconds must be positive")
        if min(self.memory_megabytes, self.max_pages, self.chunk_pages) < 1:
            raise ValueError("memory_megabytes, max_pages and chunk_pages must be positive")
        if min(self.workers, self.min_free_megabytes) < 0 or not 0 <= self.nice <= 19:
            raise ValueError("workers and min_free_megabytes from 0, nice from 0 to 19")


@dataclass(frozen=True, slots=True)
class Settings:
    """Each craft's own settings, under the name of its room."""

    read: ReadSettings = field(default_factory=ReadSettings)
    look: LookSettings = field(default_factory=LookSettings)
    recognize: RecognizeSettings = field(default_factory=RecognizeSettings)
    restore: RestoreSettings = field(default_factory=RestoreSettings)
    structure: StructureSettings = field(default_factory=StructureSettings)
    certify: CertifySettings = field(default_factory=CertifySettings)
    output: OutputSettings = field(default_factory=OutputSettings)
    batch: BatchSettings = field(default_factory=BatchSettings)


def load_settings(path: Path) -> Settings:
    """Settings of a TOML file; ``SettingsError`` names the key that is wrong."""
    try:
        with path.open("rb") as file:
            values = tomllib.load(file)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not TOML: {error}.") from error
    settings = parse_settings(values, where=str(path))
    # A folder is meant as seen from the settings file, wherever the program was started.
    certify, restore = settings.certify, settings.restore
    if certify.trust_roots is not None:
        certify = dataclasses.replace(certify, trust_roots=path.parent / certify.trust_roots)
    if restore.own_text is not None:
        restore = dataclasses.replace(restore, own_text=path.parent / restore.own_text)
    return dataclasses.replace(settings, certify=certify, restore=restore)


def parse_settings(values: dict[str, Any], *, where: str = "settings") -> Settings:
    """Settings of a parsed TOML document; what is not named keeps its default."""
    return _parse(Settings, values, where)  # type: ignore[no-any-return]


def _parse(kind: type[Any], values: dict[str, Any], where: str) -> Any:
    hints = get_type_hints(kind)
    names = [item.name for item in fields(kind)]
    for key in values:
        if key not in names:
            raise SettingsError(
                f"{where}: there is no {key!r} here.", remedy=f"Known: {', '.join(names)}."
            )
    found = {}
    for key, value in values.items():
        hint = hints[key]
        place = f"{where}: {key}"
        if dataclasses.is_dataclass(hint):
            if not isinstance(value, dict):
                raise SettingsError(f"{place} is a section: write [{key}].")
            found[key] = _parse(hint, value, place)  # type: ignore[arg-type]
        else:
            found[key] = _checked(hint, value, place)
    try:
        return kind(**found)
    except ValueError as error:
        raise SettingsError(f"{where}: {error}") from error


def _checked(hint: Any, value: Any, place: str) -> Any:
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str) and Path in getattr(hint, "__args__", ()):
        return Path(value)
    if isinstance(value, list):
        value = tuple(value)
        kinds: tuple[type, ...] = (tuple,)
    else:
        kinds = (type(value),)
    origin = getattr(hint, "__origin__", hint)
    allowed = getattr(hint, "__args__", ()) if origin is not tuple else ()
    if origin in kinds or any(kind in kinds for kind in allowed) or _is_enum(hint, value):
        return hint(value) if _is_enum(hint, value) else value
    raise SettingsError(f"{place}: {value!r} is not of type {hint}.")


def _is_enum(hint: Any, value: Any) -> bool:
    from enum import StrEnum

    if not (isinstance(hint, type) and issubclass(hint, StrEnum) and isinstance(value, str)):
        return False
    if value not in [member.value for member in hint]:
        raise SettingsError(f"{value!r} is none of {', '.join(member.value for member in hint)}.")
    return True


def step(name: str, version: str, settings: Any = None) -> Step:
    """A step of the recipe, its settings (a dataclass) as text in the order of their fields."""
    pairs: tuple[tuple[str, str], ...] = ()
    if settings is not None:
        pairs = tuple((item.name, str(getattr(settings, item.name))) for item in fields(settings))
    return Step(name, version, pairs)
