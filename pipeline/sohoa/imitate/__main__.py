"""``python -m sohoa.imitate OUT``: write the samples into a folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sohoa.errors import SohoaError
from sohoa.imitate.samples import write_samples


def main(arguments: list[str] | None = None) -> int:
    """Write the samples; 0 when all is written, 1 with a message when something is missing."""
    parser = argparse.ArgumentParser(prog="python -m sohoa.imitate", description=__doc__)
    parser.add_argument("out", type=Path, help="folder to write the samples into")
    try:
        write_samples(parser.parse_args(arguments).out)
    except SohoaError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
