"""Tables that use every part of the format: one with records, one in the short form."""

from __future__ import annotations

from typing import Any

from geo.errors import TableError
from geo.model import Table
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence
from tests.hostile.plant import dump, write_default

__all__ = ["LONG", "SHORT", "explain", "read"]


def read(table: Any) -> Table:
    """Read a table given as plain data."""
    return parse_presence(dump(table), "t.yaml", read_gazetteer())[0]


def explain(table: Any) -> str:
    """Say why a table is refused; nothing where it is not."""
    try:
        read(table)
    except TableError as error:
        return str(error)
    return ""


LONG: dict[str, Any] = write_default({
    "title": "Words of the title",
    "headline": """Words <img src=x onerror="window.__pwned=1"></script> ${1} {{7*7}} '>""",
    "as_of": "2020-06-14",
    "levels": {
        "low": {"name": "Low", "rank": 1}, "own": {"name": "Own"}, "able": {"name": "Able", "footprint": "false"},
    },
    "sources": {
        "s": {
            "title": "A source", "url": "https://example.org/a?b=1", "grade": "B", "date": "2020-02",
            "copy": {"file": "kept/a.txt", "sha256": "0123456789abcdef" * 4, "taken": "2020", "publish": "false"},
        },
        "t": {"title": "Another source", "date": "2020-01"},
        "u": {"title": "A third source", "favours": "a"},
    },
    "groups": {
        "a": {
            "name": "First group",
            "short": "First",
            "names": {"fa": "گروه"},
            "part_of": {"group": "b", "source": "s"},
            "strength": [
                {"best": 1, "counts": "fighters", "source": "s", "of_which": [
                    {"share": {"low": 0.1}, "counts": "x"}, {"share": 0.2, "counts": "y"}, {"best": 1, "counts": "z"}]},
                {"share": 0.5, "of": "b", "counts": "fighters"},
            ],
            "statements": [{"text": "A sentence", "about": ["b"], "in": ["AF-BAL"], "source": "s"}],
        },
        "b": {"name": "Second group", "short": "Second"},
    },
    "regions": {"The west": {"in": ["AF-HER", "AF-GHO"], "names": {"fa": "غرب"}}},
    "not_applicable": ["AF-NIM"],
    "presence": [
        {"group": ["a", "b"], "in": ["AF-KAB", "AF-KNR"], "level": "low", "source": "s", "via": "t", "grade": 2,
         "confidence": "low", "trend": "growing", "observed": {"from": "2019", "to": "2020"}},
        {"group": "a", "in": ["AF-KAB"], "level": "own", "finding": "absent", "basis": "claimed", "observed": "2020"},
        {"group": "a", "region": "The west", "level": "low", "source": "s"},
        {"group": "b", "region": "Eastern", "level": "low", "source": "s"},
        {"group": "a", "nationwide": True, "level": "low", "source": "s"},
        {"group": "b", "unlocated": {"low": 1}, "level": "low", "source": "s"},
        {"group": "b", "unlocated": 3, "level": "low", "source": "s"},
        {"group": "b", "in": ["AF-KAB"], "level": "low", "finding": "absent", "source": "t", "via": "s"},
        {"group": "b", "in": ["AF-KNR", "AF-GHO"], "level": "able", "source": "s"},
    ],
    "relations": [
        {"between": ["a", "b"], "type": "alliance", "standing": "discussed", "source": "s"},
        {"from": "a", "to": "b", "type": "splinter", "source": "s"},
    ],
}, lambda table: not explain(table))  # fmt: skip

SHORT: dict[str, Any] = {
    "title": "The short form",
    "presence": {"First group": ["AF-KAB"], "Second group": ["AF-KAB", "AF-KNR"]},
}
