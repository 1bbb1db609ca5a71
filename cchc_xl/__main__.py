"""Entry of `cchc-xl` and `python -m cchc_xl`. Imports nothing here: worker processes pass through."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and return its exit status."""
    from cchc_xl.cli.app import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
