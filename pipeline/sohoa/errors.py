"""Everything that can go wrong, as one small tree.

    SohoaError
    ├── SettingsError      the call or the settings file is wrong           (exit 2)
    ├── SourceError        the document cannot be read                      (exit 1)
    │   ├── SourceMissing      no such file, not readable
    │   ├── SourceEmpty        no bytes, or no pages
    │   ├── SourceEncrypted    a password is needed
    │   ├── SourceBroken       the bytes are damaged
    │   ├── SourceUnsupported  a kind of file that is not read here
    │   └── SecretDocument     carries a secrecy mark and no leave was given
    ├── EngineError        the recognizer is missing, crashed or hung       (exit 1)
    ├── DictionaryError    a dictionary is missing or malformed             (exit 1)
    └── StorageError       a result cannot be written                       (exit 1)

A message says what happened (with file and page where there is one) and, after it, what to do.
"""

from __future__ import annotations


class SohoaError(Exception):
    """Base of all errors raised on purpose.

    ``remedy`` is the sentence that tells a person what to do next; it may be empty.
    """

    code = "error"

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".rstrip()

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders; the default would drop the keyword argument.
        return (_rebuild, (type(self), self.message, self.remedy))


def _rebuild(kind: type[SohoaError], message: str, remedy: str) -> SohoaError:
    return kind(message, remedy=remedy)


class SettingsError(SohoaError):
    """The command line or the settings file asks for something that does not exist."""

    code = "bad-settings"


class SourceError(SohoaError):
    """The document itself cannot be read."""

    code = "source-error"


class SourceMissing(SourceError):
    """No such file, or no leave to read it."""

    code = "source-missing"


class SourceEmpty(SourceError):
    """A file without bytes, a PDF without pages, a folder without documents."""

    code = "source-empty"


class SourceEncrypted(SourceError):
    """The file is locked with a password."""

    code = "source-encrypted"


class SourceBroken(SourceError):
    """The bytes are damaged beyond reading."""

    code = "source-broken"


class SourceUnsupported(SourceError):
    """A kind of file that is not read here, whatever its suffix says."""

    code = "source-unsupported"


class SecretDocument(SourceError):
    """A secrecy mark stands on the paper, and the settings give no leave to go on."""

    code = "secret-document"


class EngineError(SohoaError):
    """The recognizer is missing, crashed, or did not answer in time."""

    code = "engine-error"


class DictionaryError(SohoaError):
    """A dictionary is missing or does not have the shape its header promises."""

    code = "dictionary-error"


class StorageError(SohoaError):
    """A result could not be written whole; nothing half-written is left behind."""

    code = "storage-error"
