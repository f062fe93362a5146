"""The groups beside the map: one table that switches them, explains their colours and counts where they are named."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from geo.draw.html import Cell, Markup, tag, tag_row, tag_table
from geo.draw.marks.legend import Looks
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import name_group, write_named
from geo.join.filter_offers import FilterOffers
from geo.join.filters import is_stale
from geo.join.footprints import Footprint
from geo.model import Table

__all__ = ["GroupCounts", "choose_columns", "count_groups", "draw_group_rows", "tells_alone", "write_count"]

MOST_ALONE = 4
"""Of more groups it is not told where one is named alone: the column would hold little but noughts."""


@dataclass(frozen=True)
class GroupCounts:
    """Of a group the number of units: named, with no other standing there, by own claim, disputed, old, region only.

    And of those where it is only said to be able to act, or that as well.
    """

    named: int
    alone: int
    claimed: int
    disputed: int
    stale: int
    region: int
    able: int


def count_groups(footprints: Mapping[str, Footprint], shown: Sequence[str]) -> dict[str, GroupCounts]:
    """Count the units of each group; alone is one where no other of those shown stands in any way.

    Examples
    --------
    >>> here = {"a": Footprint(named=frozenset("xy")), "b": Footprint(named=frozenset("y"), region=frozenset("z"))}
    >>> count_groups(here, ["a", "b"])["a"]
    GroupCounts(named=2, alone=1, claimed=0, disputed=0, stale=0, region=0, able=0)
    """
    counts = {}
    for group, each in footprints.items():
        prints = [footprints[other] for other in shown if other != group and other in footprints]
        others = frozenset[str]().union(*(other.named | other.region | other.stale for other in prints))
        found: tuple[Collection[str], ...] = (each.named, each.named - others, each.claimed, each.disputed)
        counts[group] = GroupCounts(*map(len, (*found, each.stale, each.region, each.capabilities)))
    return counts


def tells_alone(whole: LocalisedTable) -> bool:
    """Whether the table says where a group is named alone, in place of the legend."""
    return len(whole.footprints) <= MOST_ALONE


def draw_group_rows(
    whole: LocalisedTable, joined: LocalisedTable, looks: Looks, views: Sequence[str], offers: FilterOffers
) -> Markup:
    """Return the table of the groups that a map of ``joined`` shows; nothing where its reader cannot choose them.

    A map of all groups has a box to tick for each, one of levels a button for each. The columns are those that have
    anything to count in the whole table: on a time line perhaps at another step; others may come to have with filters.
    """
    if not {"overlay", "level"} & set(views):
        return Markup("")
    phrases, columns = joined.phrases, list(choose_columns(whole))
    spare = [key for key in _find_spare(whole.table, offers) if key not in columns]
    counts = count_groups(joined.footprints, joined.shown)
    none = GroupCounts(0, 0, 0, 0, 0, 0, 0)
    rows = (
        tag_row(
            _draw_switch(joined, looks, group, is_ticked="overlay" in views, is_crowded=not tells_alone(whole)),
            [({"data-count": key}, write_count(joined, group, counts.get(group, none), key)) for key in columns]
            + [({"data-count": key, "hidden": ""}, phrases.write_number(0)) for key in spare],
            {"data-of": group},
        )
        for group in whole.footprints
    )
    heads: list[Cell] = [phrases.say("group"), *(phrases.say("groups_column", key) for key in columns)]
    heads += [({"data-spare": key, "hidden": ""}, phrases.say("groups_column", key)) for key in spare]
    return tag(
        "section", {"id": "groups-shown"}, tag("h2", {}, phrases.say("groups_heading")), tag_table({}, heads, rows)
    )  # fmt: skip


def write_count(joined: LocalisedTable, group: str, counts: GroupCounts, key: str) -> str:
    """Write a number of units of a group; of those that it is named in there may be more."""
    is_named = key == "named" and group in joined.footprints
    return write_named(joined, group) if is_named else joined.phrases.write_number(getattr(counts, key))


def choose_columns(whole: LocalisedTable) -> Iterator[str]:
    """Choose the columns of `GroupCounts` that have anything to count in the whole table."""
    found = whole.footprints.values()
    yield "named"
    if tells_alone(whole):
        yield "alone"
    yield from (key for key in ("claimed", "disputed", "stale", "region") if any(getattr(each, key) for each in found))
    if any(each.capabilities for each in found):
        yield "able"


def _find_spare(table: Table, offers: FilterOffers) -> Iterator[str]:
    """Find what groups may come to be with less than all records: once no other record speaks of the same units."""
    records = table.records
    if not offers:
        return
    if any(record.evidence.basis == "claimed" for record in records):
        yield "claimed"
    if offers.as_of and any(record.finding == "absent" for record in records):
        yield "disputed"
    if any(is_stale(record, table) for record in records) or (
        offers.as_of and any(level.valid_for for level in table.levels.values())
    ):
        yield "stale"
    if any(record.place.kind == "region" for record in records):
        yield "region"
    if offers.as_of and any(level.is_capability for level in table.levels.values()):
        yield "able"


def _draw_switch(joined: LocalisedTable, looks: Looks, group: str, *, is_ticked: bool, is_crowded: bool) -> Markup:
    """Return a group's name with what switches it, and its colour for a page whose script is blocked."""
    colour = looks.slots[group].colour
    kind = {"type": "checkbox", "data-group": group} if is_ticked else {"type": "radio", "name": "view"}
    checked = {"checked": ""} if is_ticked and group in joined.shown else {}
    chip = tag("svg", {"class": "swatch", "width": "12", "height": "12", "aria-hidden": "true"},
               tag("rect", {"width": "12", "height": "12", "fill": colour}))  # fmt: skip
    name, short = name_group(joined, group), joined.table.groups[group].short
    said = tag("span", {}, name)
    if is_crowded and short != name:
        said = tag("span", {"title": name}, short, " ", tag("small", {}, name))
    return tag("label", {}, tag("input", {**kind, "value": group, **checked}), chip, said)
