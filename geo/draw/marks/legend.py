"""The rows of a legend: which classes, in which order, how named, how many units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

from geo.draw.marks.palette import GREY, LEVEL_RAMP, MANY, UNRANKED, Slot, pick_ramp
from geo.draw.wording.captions import VIEW_KINDS
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import name_group
from geo.join.footprints import passes_level
from geo.join.joined_table import JoinedTable

__all__ = [
    "LAST_CLASSES",
    "MARKS",
    "LegendRow",
    "find_disputed",
    "list_rows",
    "name_class",
    "order_levels",
    "pick_colours",
    "split_key",
]

LAST_CLASSES = ("gap:region", "gap:stale", "gap:other", "gap:absent", "gap:inconclusive", "gap:na", "gap:none")


@dataclass(frozen=True)
class LegendRow:
    """One class: its key, what it is called, how many units it has."""

    key: str
    label: str
    count: int


MARKS = "~!"
"""What follows a group in a key: named only as part of a region, only by records that are out of date."""


def split_key(key: str) -> list[tuple[str, str]]:
    """Split a combination into (group, mark) pairs; a group that is named has no mark.

    Examples
    --------
    >>> split_key("haqqani+let~+isis-k!")
    [('haqqani', ''), ('let', '~'), ('isis-k', '!')]
    """
    return [(part.rstrip(MARKS), part[len(part.rstrip(MARKS)) :]) for part in key.split("+")]


def list_rows(
    joined: LocalisedTable, classes: Mapping[str, str], view: str, slots: Mapping[str, Slot]
) -> list[LegendRow]:
    """Count the classes of a view (``overlay`` or ``count``), strongest first, gaps last."""
    counts = dict.fromkeys(_list_standing(classes, view), 0)
    for key in classes.values():
        counts[key] = counts.get(key, 0) + 1
    order = sorted(counts, key=lambda key: _sort_key(key, slots))
    rows = [LegendRow(key, name_class(key, joined, view), counts[key]) for key in order]
    disputed = find_disputed(joined, view)
    return [*rows, LegendRow("disputed", joined.phrases.say("class_disputed"), len(disputed))] if disputed else rows


def find_disputed(joined: JoinedTable, view: str) -> frozenset[str]:
    """Return the units that one claim calls present and another absent, for a group that the view counts."""
    counted = (group for group in joined.shown if joined.table.groups[group].kind in VIEW_KINDS[view])
    return frozenset().union(*(joined.footprints[group].disputed for group in counted))


def _list_standing(classes: Mapping[str, str], view: str) -> list[str]:
    if view != "count":
        return ["gap:none"]
    most = max((int(key[2:]) for key in classes.values() if key.startswith("n:")), default=0)
    return [*(f"n:{count}" for count in range(1, most + 1)), "gap:region", "gap:none"]


def _sort_key(key: str, slots: Mapping[str, Slot]) -> tuple[int, ...]:
    if key in LAST_CLASSES:
        return 9, LAST_CLASSES.index(key)
    kind, _, value = key.partition(":")
    if kind in ("many", "n") and value:
        return (0 if kind == "many" else 1), -int(value)
    parts = split_key(key)
    named = sum(not mark for _, mark in parts)
    return (2 if named else 3), -named, -len(parts), *(slots[group].slot for group, _ in parts)


def name_class(key: str, joined: LocalisedTable, view: str = "overlay") -> str:
    """Name a class of the overlay, of the count or of a comparison, as its legend row does."""
    phrases = joined.phrases
    (kind, _, value) = key.partition(":")
    if kind == "many" and value:
        return phrases.say("class_many", n=phrases.write_number(int(value)))
    if kind == "n" and value:
        return phrases.say("class_one" if value == "1" else "class_n", n=phrases.write_number(int(value)))
    if key in LAST_CLASSES:
        return phrases.say(f"class_{value}")
    if view == "compare" and split_key(key) == [(key, "")]:
        return phrases.say("compare_only", group=name_group(joined, key))
    names = [(name_group(joined, group), mark) for group, mark in split_key(key)]
    return " + ".join(phrases.say(SAID[mark], group=name) if mark else name for name, mark in names)


SAID = {"~": "region_only", "!": "stale_only"}


def order_levels(joined: JoinedTable) -> list[str]:
    """Return the ids of the ranked levels that the choices let through, weakest first."""
    levels = joined.table.levels
    chosen = levels[joined.choices.level] if joined.choices.level else None
    ranked = [level for level in levels.values() if level.rank is not None and passes_level(level, chosen)]
    return [level.id for level in sorted(ranked, key=lambda level: level.rank or 0)]


def pick_colours(joined: JoinedTable, classes: Mapping[str, str]) -> dict[str, str]:
    """Give the classes of the count and of the levels their colours: key of class to ``#rrggbb``."""
    most = max((int(key[2:]) for key in classes.values() if key.startswith("n:")), default=0)
    counts = pick_ramp([f"n:{count}" for count in range(1, max(most, len(joined.footprints)) + 1)])
    ranked = pick_ramp([f"level:{level}" for level in order_levels(joined)], LEVEL_RAMP)
    others = [f"level:{level.id}" for level in joined.table.levels.values() if level.rank is None]
    return {
        "many": MANY,
        **counts,
        **ranked,
        **dict(zip_longest(others, UNRANKED[: len(others)], fillvalue=GREY)),
    }
