"""Turn scans of Vietnamese official papers into documents that can be trusted (số hoá)."""

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    # Heavy rooms are opened on first use: ``import sohoa`` stays cheap.
    if name == "restore_text":
        from sohoa.restore import restore_text

        return restore_text
    raise AttributeError(f"module 'sohoa' has no attribute {name!r}")
