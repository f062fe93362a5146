"""``python -m tests.golden``: draw everything, write its facts and hashes anew, and say which differ."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.golden.drawings import DRAWINGS, draw
from tests.golden.facts import BYTES, compare, find_file, list_bytes, list_facts, list_strays, read_kept, write_kept

__all__ = ["main"]


def main() -> None:
    """Leave a file as it is where nothing differs."""
    changed = [_renew(find_file(name), list_facts(draw(name))) for name in DRAWINGS]
    changed.append(_renew(BYTES, list_bytes()))
    for file in list_strays():
        file.unlink()
        sys.stdout.write(f"{file.name}: gone, for nothing is drawn so\n")
        changed.append(True)
    sys.stdout.write(f"{sum(changed)} of {len(changed)} files differ\n")


def _renew(file: Path, lines: Sequence[str]) -> bool:
    kept = read_kept(file)
    if kept == list(lines):
        return False
    for each in compare(file, kept, lines) if kept else [f"{file.name}: new"]:
        sys.stdout.write(f"{each}\n")
    write_kept(file, lines)
    return True


if __name__ == "__main__":
    main()
