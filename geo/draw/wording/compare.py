"""A comparison of footprints in words and numbers, as the page's script also writes it for any other groups."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import describe_off_map, find_shown_as, name_group
from geo.join.joined_table import JoinedTable
from geo.join.overlap import Overlap, is_peopled, measure_units

__all__ = ["MeasureRow", "list_measures", "say_off_map", "write_comparison", "write_comparison_headline"]


@dataclass(frozen=True)
class MeasureRow:
    """One figure of a comparison: over the units named, and what if regions counted too."""

    key: str
    label: str
    named: str
    what_if: str


def write_comparison(joined: LocalisedTable, overlap: Overlap) -> str:
    """Say how many units each group is named in and which all share; the overlap is over named units."""
    phrases = joined.phrases
    counts = [
        phrases.say(
            "compare_count", group=name_group(joined, group), n=phrases.write_number(_count_units(joined, group))
        )
        for group in overlap.groups
    ]
    shared = [unit for unit in joined.report.units if unit in overlap.shared]
    names = sorted(joined.gazetteer.units[unit].name for unit in shared)
    key = "compare_shared" if shared else "compare_nothing"
    return phrases.say(
        key,
        counts=phrases.join_names(counts),
        n=phrases.write_number(len(shared)),
        names=phrases.join_names(names),
    )


def say_off_map(joined: LocalisedTable, groups: Collection[str]) -> str:
    """Say what is reported of some groups that is on no map; empty where nothing is."""
    wanted = set(groups)
    said = [
        text
        for record in joined.table.records
        if not record.place.units  # asked first, since most records have some
        and wanted & {find_shown_as(group, joined) for group in record.groups}
        and (text := describe_off_map(record, joined, record.groups))
    ]
    return joined.phrases.say("compare_off_map", items=joined.phrases.say("semicolon").join(said)) if said else ""


def _count_units(joined: JoinedTable, group: str) -> int:
    return len(joined.footprints[group].named) if group in joined.footprints else 0


def list_measures(joined: LocalisedTable, named: Overlap, what_if: Overlap) -> list[MeasureRow]:
    """List the figures of a comparison, of the same groups without and with the units of regions."""
    phrases = joined.phrases
    rows = [
        MeasureRow(
            "shared",
            phrases.say("measure_shared"),
            phrases.write_number(len(named.shared)),
            phrases.write_number(len(what_if.shared)),
        )
    ]
    for group in named.groups:
        label = phrases.say("measure_only", group=name_group(joined, group))
        rows.append(
            MeasureRow(
                f"only:{group}",
                label,
                phrases.write_number(len(named.only[group])),
                phrases.write_number(len(what_if.only[group])),
            )
        )
    pairs: Sequence[tuple[str, str, str]] = (
        (
            "jaccard",
            _write_fraction(phrases, named, named.union),
            _write_fraction(phrases, what_if, what_if.union),
        ),
        ("coefficient", _write_smaller(joined, named, False), _write_smaller(joined, what_if, True)),
        ("area", _write_share(phrases, named.area_share), _write_share(phrases, what_if.area_share)),
        (
            "population",
            _write_share(phrases, named.population_share),
            _write_share(phrases, what_if.population_share),
        ),
    )
    if not is_peopled(measure_units(joined.units, joined.gazetteer)):
        pairs = pairs[:-1]
    return rows + [MeasureRow(key, phrases.say(f"measure_{key}"), *values) for key, *values in pairs]


def _write_fraction(phrases: Catalogue, overlap: Overlap, whole: frozenset[str]) -> str:
    if overlap.jaccard is None:
        return phrases.say("undefined")
    return phrases.write_fraction(len(overlap.shared), len(whole), overlap.jaccard)


def _write_smaller(joined: LocalisedTable, overlap: Overlap, what_if: bool) -> str:
    if overlap.coefficient is None:
        return joined.phrases.say("undefined")
    prints = [joined.footprints[group] for group in overlap.groups]
    smallest = min(len(each.named | each.region) if what_if else len(each.named) for each in prints)
    return joined.phrases.write_fraction(len(overlap.shared), smallest, overlap.coefficient)


def _write_share(phrases: Catalogue, share: float | None) -> str:
    return phrases.say("undefined") if share is None else phrases.write_fixed(share * 100, 1) + phrases.say("percent")


def write_comparison_headline(joined: LocalisedTable, overlap: Overlap) -> str:
    """Say in one line how many of the units named for any of the groups, as the overlap has them, are named for all."""
    phrases = joined.phrases
    names = phrases.join_names([name_group(joined, group) for group in overlap.groups])
    counts = {
        "n": phrases.write_number(len(overlap.shared)),
        "total": phrases.write_number(len(overlap.union)),
    }
    return phrases.say("headline_compare", groups=names, **counts)
