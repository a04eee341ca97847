"""Entry of the ``sohoa`` command. Exit codes: 0 all done, 1 some failed, 2 a bad call."""

from __future__ import annotations

import sys

from sohoa.errors import SettingsError, SohoaError

# The one place where classes of errors become exit codes.
EXIT_CODES: dict[type[SohoaError], int] = {SettingsError: 2, SohoaError: 1}


def exit_code(error: SohoaError) -> int:
    """The code of the nearest class in the table."""
    return next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)


def main() -> None:
    """Run the command line, and turn errors made on purpose into a message and an exit code."""
    from sohoa.cli.app import build_app
    from sohoa.cli.messages import say

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A C locale must not turn Vietnamese text into question marks or a crash.
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        build_app()()
    except SohoaError as error:
        print(say("error", message=str(error)), file=sys.stderr)
        raise SystemExit(exit_code(error)) from error
    except BrokenPipeError:
        # The reader of a pipe went away: that is its business, not an error.
        sys.stderr.close()
        raise SystemExit(0) from None


if __name__ == "__main__":
    main()
