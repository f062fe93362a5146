"""Tables to measure with: seeded, so that every run measures the same."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import yaml

__all__ = ["read_names", "write_dense", "write_full", "write_long", "write_random"]

SEED = 34
SHARE = 0.6


def read_names(gazetteer: Path) -> list[str]:
    """Read the names of all provinces."""
    with gazetteer.open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


def write_random(path: Path, names: list[str], groups: int = 5) -> Path:
    """Write a table in which each group is named in `SHARE` of the provinces, half of them at each of two levels."""
    chance = random.Random(SEED)
    records: list[dict[str, object]] = []
    for number in range(1, groups + 1):
        chosen = chance.sample(names, round(SHARE * len(names)))
        half = len(chosen) // 2
        for level, places in (("reported", chosen[:half]), ("camps", chosen[half:])):
            records.append({"group": f"group-{number}", "in": places, "level": level, "source": "survey"})
    return _write_table(path, groups, records)


def write_full(path: Path, names: list[str], groups: int) -> Path:
    """Write a table in which each group is named in every province."""
    # Copies, since PyYAML writes a list that is met twice as an alias.
    records: list[dict[str, object]] = [
        {"group": f"group-{number}", "in": list(names), "level": "reported", "source": "survey"}
        for number in range(1, groups + 1)
    ]
    return _write_table(path, groups, records)


def write_dense(path: Path, names: list[str], groups: int = 10) -> Path:
    """Write a table in which each group is named in every province at three levels: 1,020 claims of ten groups."""
    records: list[dict[str, object]] = [
        {"group": f"group-{number}", "in": list(names), "level": level, "source": "survey"}
        for number in range(1, groups + 1)
        for level in ("reported", "camps", "cells")
    ]
    return _write_table(path, groups, records)


def write_long(path: Path, names: list[str], records: int, groups: int = 20) -> Path:
    """Write a table of many records as people type them, one a line: 140 bytes each, so that 50,000 make 7 MB."""
    chance = random.Random(SEED)
    lines = ["version: 1", "title: Records made up for measuring", "as_of: 2020-06-14"]
    lines += ["levels: {reported: {name: Reported presence, rank: 1}, cells: {name: Cells, rank: 2}}", "sources:"]
    lines += [f"  survey-{number}: {{title: Survey {number}, date: 2020}}" for number in range(200)]
    lines += ["groups:", *(f"  group-{number}: {{name: Group {number}}}" for number in range(groups)), "presence:"]
    for number in range(records):
        # Source and day together are of one record in each group, so that no claim stands twice.
        source, day = number // groups % 200, number // groups // 200
        observed = f"2019-{day // 28 % 12 + 1:02d}-{day % 28 + 1:02d}"
        lines.append(
            f"  - {{group: group-{number % groups}, in: [{chance.choice(names)}], level: "
            f"{chance.choice(['reported', 'cells'])}, source: survey-{source}, observed: {observed}, "
            f"note: entry {number} of a long list of records}}"
        )
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _write_table(path: Path, groups: int, records: list[dict[str, object]]) -> Path:
    table = {
        "version": 1,
        "title": "Groups made up for measuring",
        "as_of": "2020-06-14",
        "levels": {
            "reported": {"name": "Reported presence", "rank": 1},
            "camps": {"name": "Camps", "rank": 2},
            "cells": {"name": "Cells"},
        },
        "sources": {"survey": {"title": "Nothing real", "date": "2020"}},
        "groups": {f"group-{number}": {"name": f"Group {number}"} for number in range(1, groups + 1)},
        "presence": records,
    }
    path.write_text(yaml.safe_dump(table, sort_keys=False), "utf-8")
    return path
