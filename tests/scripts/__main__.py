"""``python -m tests.scripts``: say what is wrong with our scripts, and fail where anything is."""

from __future__ import annotations

import sys

from tests.scripts.guard import find_faults, list_scripts

__all__ = ["main"]


def main() -> int:
    """Print a line for each fault."""
    try:
        faults = find_faults(list_scripts())
    except FileNotFoundError as error:
        faults = [str(error)]
    sys.stderr.writelines(f"{each}\n" for each in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
