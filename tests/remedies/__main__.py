"""``python -m tests.remedies``: follow every row and write down which messages it came through, into ``followed.txt``."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.remedies.follow import follow
from tests.remedies.rows import CASES, FOLLOWED
from tests.remedies.sites import watch_sites

__all__ = ["main"]


def main() -> None:
    """Give each message the first row that comes through it."""
    rows: dict[str, str] = {}
    for name, case in CASES.items():
        with tempfile.TemporaryDirectory() as folder, watch_sites() as reached:
            os.chdir(folder)
            follow(case, Path(folder))
            os.chdir(FOLLOWED.parent)
        for site in reached:
            rows.setdefault(site, name)
        sys.stdout.write(f"{name}\n")
    FOLLOWED.write_text("".join(f"{site}\t{name}\n" for site, name in sorted(rows.items())), "utf-8")


if __name__ == "__main__":
    main()
