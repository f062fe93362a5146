"""``python -m tests.wording``: say which phrase, class or kind of page lacks what it needs, and fail where one does."""

from __future__ import annotations

import sys

from tests.wording.guard import find_faults

__all__ = ["main"]


def main() -> int:
    """Print a line for each fault."""
    faults = find_faults()
    sys.stderr.writelines(f"{each}\n" for each in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
