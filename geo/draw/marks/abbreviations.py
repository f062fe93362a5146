"""Short codes of groups and levels on the map, so that no meaning hangs on hue: for grey print and for every eye."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from geo.draw.marks.legend import split_key
from geo.draw.marks.palette import assign_slots
from geo.draw.wording.localised_names import LocalisedTable
from geo.join.joined_table import JoinedTable
from geo.model import Table

__all__ = ["explain_codes", "is_combination", "list_level_codes", "list_short_codes", "write_sign"]

LONGEST_CODE = 3
SIGNS = {"": "{}", "~": "({})", "!": "[{}]"}

CODES = {
    (False, False): "codes", (True, False): "codes_region", (False, True): "codes_stale",
    (True, True): "codes_region_stale",
}  # fmt: skip
"""What explains the codes on a map, by whether some stand for a region only, and some for outdated records only."""


def list_short_codes(joined: JoinedTable) -> dict[str, str]:
    """Give each group with a slot the shortest beginning of its short name that no other has, or "g" and its number.

    So that a map printed in grey still tells groups apart; whatever is left out, and at every step in time, it is the
    same.
    """
    slots = assign_slots(joined.whole, roll_up=joined.choices.roll_up)
    return _shorten({slot.group: joined.table.groups[slot.group].short for slot in slots}, "g")


def list_level_codes(table: Table) -> dict[str, str]:
    """Give each level a code in the same way, or "l" and its number.

    Examples
    --------
    >>> from geo.model import Level
    >>> levels = {each: Level(each, each) for each in ("camps", "cells", "reported")}
    >>> list_level_codes(Table("t", levels, {}, {}, (), ()))
    {'camps': 'Ca', 'cells': 'Ce', 'reported': 'R'}
    """
    return _shorten({level.id: level.name for level in table.levels.values()}, "l")


def _shorten(texts: Mapping[str, str], letter: str) -> dict[str, str]:
    names = {key: "".join(filter(str.isalnum, text))[:LONGEST_CODE] for key, text in texts.items()}
    starts = Counter(name[:size].casefold() for name in names.values() for size in range(1, len(name) + 1))
    codes = {}
    for place, (key, name) in enumerate(names.items(), 1):
        sizes = (size for size in range(1, len(name) + 1) if starts[name[:size].casefold()] == 1)
        start = name[: next(sizes, 0)]
        codes[key] = start[:1].upper() + start[1:] or f"{letter}{place}"
    return codes


def is_combination(key: str, joined: JoinedTable) -> bool:
    """Tell whether a key names groups."""
    return ":" not in key and all(group in joined.footprints for group, _ in split_key(key))


def write_sign(key: str, joined: LocalisedTable, codes: Mapping[str, str]) -> str:
    """Return what stands under a name: the number of groups, or their short codes."""
    kind, _, value = key.partition(":")
    if kind in ("n", "many") and value:
        return joined.phrases.write_number(int(value))
    if not is_combination(key, joined):
        return ""
    return " ".join(SIGNS[mark].format(codes[group]) for group, mark in split_key(key))


def explain_codes(
    joined: LocalisedTable,
    classes: Mapping[str, str],
    codes: Mapping[str, str],
    listed: str = "",
    *,
    has_switches: bool = False,
) -> str:
    """Say which code on the map is which group, and what its brackets mean; empty where the map carries none.

    Where the codes are ``listed`` is said instead of them. Where a page ``has_switches``, a unit of many groups may
    come to show the codes of some.
    """
    carried = [pair for key in classes.values() if is_combination(key, joined) for pair in split_key(key)]
    groups, marks = {group for group, _ in carried}, "".join(mark for _, mark in carried)
    if has_switches and any(key.startswith("many:") for key in classes.values()):
        marks += "~" * any(joined.footprints[group].region for group in joined.shown)
    said = [f"{codes[group]} {joined.table.groups[group].short}" for group in joined.shown if group in groups]
    key = CODES["~" in marks, "!" in marks]
    return joined.phrases.say(key, codes=listed or joined.phrases.say("comma").join(said)) if said else ""
