"""What `make lint` asks of our scripts: each can be read, and no name at the top of one stands in another too.

All scripts of a page share one function: of two functions of a name the later would hold, whichever that is.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.scripts.driver import find_node

__all__ = ["find_faults", "list_scripts"]

ROOT = Path(__file__).parents[2]
NAMES = Path(__file__).with_name("names.js")


def list_scripts() -> dict[str, str]:
    """Return our scripts, wherever they are: path from the root to source."""
    paths = sorted((ROOT / "geo").rglob("*.js"))
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}


def find_faults(scripts: Mapping[str, str]) -> list[str]:
    """Say what is wrong, each with its place; empty where nothing is."""
    given = json.dumps([{"file": file, "source": source} for file, source in scripts.items()])
    done = subprocess.run(
        [find_node(), NAMES], input=given, capture_output=True, text=True, encoding="utf-8", check=True
    )
    told = dict(zip(scripts, json.loads(done.stdout), strict=True))
    unread = [f"{each['place']}: {each['failed']}" for each in told.values() if "failed" in each]
    if unread:
        return unread
    places: dict[str, dict[str, str]] = {}
    for file, each in told.items():
        for name in each["names"]:
            places.setdefault(name, {})[Path(file).name] = f"{file}:{_find_line(name, scripts[file])}"
    return [*_list_twice(places)]


def _find_line(name: str, source: str) -> int:
    """Find where a name is defined; of a pattern over several lines, where it stands first."""
    word = re.compile(rf"(?<![\w$.]){re.escape(name)}(?![\w$])")
    lines = [number for number, line in enumerate(source.split("\n"), 1) if word.search(line.partition("//")[0])]
    begun = re.compile(r"(?:async )?(?:function|const|let|var|class)\b")
    return next((each for each in lines if begun.match(source.split("\n")[each - 1])), lines[0])


def _list_twice(places: Mapping[str, Mapping[str, str]]) -> Iterable[str]:
    for name, files in places.items():
        *others, last = files.values()
        if others:
            yield f"{last}: {name} stands in {' and '.join(others)} too; a name that no other script has"
