"""Which files are the project's own."""

from __future__ import annotations

import subprocess
from pathlib import Path

__all__ = ["MADE_BY_SETUPTOOLS", "NOT_FOR_DISTRIBUTORS", "ROOT", "list_sources"]

ROOT = Path(__file__).parents[1]
MADE_BY_SETUPTOOLS = {"PKG-INFO"}
NOT_FOR_DISTRIBUTORS = {".gitignore"}


def list_sources() -> list[str]:
    """Name what is, or is about to be, under version control; in an unpacked sdist everything is."""
    if (ROOT / ".git").exists():
        # What is ignored by mistake is missing from a clone, and tests of the clone fail.
        words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
        return sorted({name for name in names if name and (ROOT / name).is_file()})
    made = MADE_BY_SETUPTOOLS | NOT_FOR_DISTRIBUTORS
    names = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    return sorted(
        name for name in names if name not in made and not name.startswith((".pytest", ".hypothesis", "presence_maps."))
    )
