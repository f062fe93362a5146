"""Legend rows for the levels of a group, as the page's script lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from geo.draw.marks.legend import LAST_CLASSES, LegendRow, order_levels
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import name_group
from geo.join.joined_table import JoinedTable

__all__ = ["list_level_rows", "order_level_keys"]


def order_level_keys(joined: JoinedTable, keys: Iterable[str]) -> list[str]:
    """Order classes of levels: ranked ones strongest first, whether found or not, then the others and the gaps."""
    found = {*keys, "gap:region", "gap:none"}
    ranked = [f"level:{level}" for level in reversed(order_levels(joined))]
    own = [f"level:{level}" for level in joined.table.levels if f"level:{level}" in found]
    return [*ranked, *(key for key in own if key not in ranked), *(key for key in LAST_CLASSES if key in found)]


def list_level_rows(joined: LocalisedTable, classes: Mapping[str, str], group: str | None = None) -> list[LegendRow]:
    """Count the classes of one group's map; without ``group`` the last row speaks of no group."""
    keys = list(classes.values())
    rows = [LegendRow(key, _name(key, joined, group), keys.count(key)) for key in order_level_keys(joined, keys)]
    disputed = sum(len(joined.footprints[each].disputed) for each in ([group] if group else joined.shown))
    return [*rows, LegendRow("disputed", joined.phrases.say("class_disputed"), disputed)] if disputed else rows


def _name(key: str, joined: LocalisedTable, group: str | None) -> str:
    phrases = joined.phrases
    if key == "gap:none":
        its = name_group(joined, group) if group else phrases.say("its_group")
        return phrases.say("class_none_group", group=its)
    value = key.partition(":")[2]
    return phrases.say(f"class_{value}") if key in LAST_CLASSES else joined.table.levels[value].name
