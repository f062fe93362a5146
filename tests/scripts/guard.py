"""What `make lint` asks of our scripts: each can be read, and no name at the top of one stands in another too.

All scripts of a page share one function, so that of two functions of a name the later holds, whichever that is.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.scripts.driver import find_node

__all__ = ["TWICE", "find_faults", "list_scripts"]

ROOT = Path(__file__).parents[2]
NAMES = Path(__file__).with_name("names.js")
TWICE: Mapping[str, str] = {
    "classUnits": "diff.js claims.js events.js precomputed_classes.js",
    "csvRows": "diff.js events_panel.js panel.js",
    "dateNow": "events.js timeline.js",
    "describeClaims": "panel.js source_comparison.js",
    "describeUnit": "diff.js claims.js events.js source_comparison.js",
    "drawSwitches": "events_panel.js panel.js",
    "hideDetail": "events_panel.js panel.js",
    "isLastStep": "events.js timeline.js",
    "legendRows": "diff.js claims.js events.js precomputed_classes.js",
    "listNationwide": "panel.js source_comparison.js",
    "readFragment": "events.js start.js",
    "showDetail": "events_panel.js panel.js",
    "showStep": "events_panel.js timeline.js",
    "showSwitches": "events_panel.js panel.js",
    "signOf": "diff.js events.js map.js source_comparison.js",
    "sortKey": "diff.js claims.js events.js precomputed_classes.js",
    "step": "events.js timeline.js",
    "summarise": "diff.js claims.js events.js precomputed_classes.js",
    "takeDate": "events.js timeline.js",
    "visibleGroups": "diff.js claims.js events.js precomputed_classes.js",
    "wireTime": "events_panel.js timeline.js",
    "writeFragment": "events.js start.js",
}
"""Names that stand in several scripts on purpose: one kind of page replaces what others do. Let none be added."""


def list_scripts() -> dict[str, str]:
    """Return our scripts, wherever they are: path from the root to source."""
    paths = sorted((ROOT / "geo").rglob("*.js"))
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}


def find_faults(scripts: Mapping[str, str], twice: Mapping[str, str] = TWICE) -> list[str]:
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
    return [*_list_new(places, twice), *_list_gone(places, twice)]


def _find_line(name: str, source: str) -> int:
    """Find where a name is defined; of a pattern over several lines, where it stands first."""
    word = re.compile(rf"(?<![\w$.]){re.escape(name)}(?![\w$])")
    lines = [number for number, line in enumerate(source.split("\n"), 1) if word.search(line.partition("//")[0])]
    begun = re.compile(r"(?:async )?(?:function|const|let|var|class)\b")
    return next((each for each in lines if begun.match(source.split("\n")[each - 1])), lines[0])


def _list_new(places: Mapping[str, Mapping[str, str]], twice: Mapping[str, str]) -> Iterable[str]:
    for name, files in places.items():
        new = [file for file in files if file not in twice.get(name, "").split()]
        if new and len(files) > 1:
            others = " and ".join(place for file, place in files.items() if file != new[-1])
            yield f"{files[new[-1]]}: {name} stands in {others} too; a name that no other script has"


def _list_gone(places: Mapping[str, Mapping[str, str]], twice: Mapping[str, str]) -> Iterable[str]:
    for name, listed in twice.items():
        left = [file for file in listed.split() if file in places.get(name, {})]
        gone = [file for file in listed.split() if file not in left]
        if gone:
            remedy = f"take {' and '.join(gone)} out of it" if len(left) > 1 else "take the entry out"
            yield f"{_find_entry(name)}: {name} no longer stands in {' and '.join(gone)}; {remedy}"


def _find_entry(name: str) -> str:
    file = Path(__file__)
    line = next((at for at, text in enumerate(file.read_text("utf-8").split("\n"), 1) if f'"{name}":' in text), 1)
    return f"{file.relative_to(ROOT).as_posix()}:{line}"
