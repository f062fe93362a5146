"""A comparison of footprints in words and numbers, as the page's script also writes it for any other groups."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import describe_off_map, find_shown_as, hedge_headline, name_group, say_open
from geo.join.overlap import Overlap, is_peopled, measure_units

__all__ = [
    "MeasureRow", "list_measures", "name_shared", "say_off_map", "write_comparison", "write_comparison_headline",
    "write_counts", "write_share",
]  # fmt: skip


@dataclass(frozen=True)
class MeasureRow:
    """One figure of a comparison: over the units named, and what if regions counted too."""

    key: str
    label: str
    named: str
    what_if: str


def write_comparison_headline(joined: LocalisedTable, overlap: Overlap) -> str:
    """Say in one line where all of the groups are named, of all units that any of them is named in.

    Of groups that nothing names any more, as a page may show them after a filter, it says that.
    """
    phrases, shared, union = joined.phrases, len(overlap.shared), len(overlap.union)
    groups = phrases.join_names([name_group(joined, group) for group in overlap.groups])
    if not union:
        return phrases.say("headline_compare_empty", groups=groups)
    if shared == union:
        return _hedge_shared(joined, phrases.say_count("headline_compare_same", shared, groups=groups), overlap)
    counts = {"n": phrases.write_number(shared), "total": phrases.write_number(union)}
    key = "headline_compare" if shared else "headline_compare_none"
    return _hedge_shared(joined, phrases.say(key, groups=groups, **counts, **_say_together(phrases, overlap)), overlap)


def _hedge_shared(joined: LocalisedTable, said: str, overlap: Overlap) -> str:
    """Say of which units that the groups share one is named by its own claims alone, or disputed."""
    return hedge_headline(joined, said, sorted(overlap.shared), overlap.groups, overlap.groups, len(overlap.union))


def write_comparison(joined: LocalisedTable, overlap: Overlap, *, most: int | None = None) -> str:
    """Say how many units each group is named in, and which name all: of more than ``most`` only how many.

    What is disputed, or rests on a group's own claim alone, is said as well.
    """
    phrases, said = joined.phrases, write_counts(joined, overlap.groups)
    if overlap.shared:
        names = sorted(joined.gazetteer.units[unit].name for unit in overlap.shared)
        is_short = most is None or len(names) <= most
        where = phrases.join_names(names) if is_short else phrases.write_number(len(names))
        said = phrases.say("compare_together", counts=said, where=where, **_say_together(phrases, overlap))
    elif overlap.union:
        said = phrases.say("compare_apart", counts=said, **_say_together(phrases, overlap))
    prints = [joined.footprints[group] for group in overlap.groups if group in joined.footprints]
    if claimed := frozenset[str]().union(*(each.claimed for each in prints)):
        said += phrases.say_count("compare_claimed", len(claimed))
    if disputed := frozenset[str]().union(*(each.disputed for each in prints)):
        said += phrases.say_count("summary_disputed", len(disputed))
    if (
        stale := frozenset[str]()
        .union(*(each.stale for each in prints))
        .difference(overlap.union, *(each.region for each in prints))
    ):
        said += phrases.say_count("compare_stale", len(stale))
    return phrases.say("stop", said=said + say_open(joined, overlap.groups))


def write_counts(joined: LocalisedTable, groups: Sequence[str]) -> str:
    """Say how many units each of some groups is named in."""
    return joined.phrases.say("comma").join(_count_units(joined, group, place) for place, group in enumerate(groups))


def _count_units(joined: LocalisedTable, group: str, place: int) -> str:
    """Say how many units a group is named in: of the first of some in full."""
    phrases, name, footprint = joined.phrases, name_group(joined, group), joined.footprints.get(group)
    number = len(footprint.named) if footprint else 0
    if not footprint or not number:
        return phrases.say("compare_next_none" if place else "compare_first_none", group=name)
    said = phrases.write_number(number)
    said = phrases.say("at_least_in", places=said) if footprint.is_open else said
    if place:
        return phrases.say("compare_next", group=name, n=said)
    return phrases.say_count("compare_first", number, group=name, n=said)


def _say_together(phrases: Catalogue, overlap: Overlap) -> dict[str, str]:
    """Return what all of two or three groups are called, and any of them."""
    all_of, any_of = ("both", "either") if len(overlap.groups) < 3 else ("all_three", "any_of_three")
    return {"all": phrases.say(all_of), "any": phrases.say(any_of)}


def name_shared(phrases: Catalogue, overlap: Overlap) -> str:
    """Return what the units are called in which all groups are named."""
    return phrases.say("measure_shared", **_say_together(phrases, overlap))


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


def list_measures(joined: LocalisedTable, named: Overlap, what_if: Overlap) -> list[MeasureRow]:
    """List the figures of a comparison, of the same groups without and with the units of regions."""
    phrases = joined.phrases
    together, both = _say_together(phrases, named), (named, what_if)

    def row(key: str, label: str, *values: str) -> MeasureRow:
        return MeasureRow(key, label, *values)

    def count(key: str, label: str, sets: Iterable[Collection[str]]) -> MeasureRow:
        return row(key, label, *(phrases.write_number(len(each)) for each in sets))

    rows = [count("shared", name_shared(phrases, named), (each.shared for each in both))]
    for group in named.groups:
        label = phrases.say("measure_only", group=name_group(joined, group))
        rows.append(count(f"only:{group}", label, (each.only[group] for each in both)))
    # Plain shares first, indices after.
    shares = [("area", "the_area", [each.area_share for each in both])]
    if is_peopled(measure_units(joined.units, joined.gazetteer)):
        shares.append(("population", "the_people", [each.population_share for each in both]))
    for key, what, values in shares:
        ways = zip(("share_of", "share_of_if"), both, values, strict=True)
        said = (_say_share_of(phrases, each, what, share, way) for way, each, share in ways)
        rows.append(row(key, phrases.say(f"measure_{key}"), *said))
    fractions = (_write_fraction(phrases, each) for each in both)
    smaller = (_write_smaller(joined, each, each is what_if) for each in both)
    return [
        *rows,
        row("jaccard", phrases.say("measure_jaccard", **together), *fractions),
        row("coefficient", phrases.say("measure_coefficient", **together), *smaller),
    ]


def _write_fraction(phrases: Catalogue, overlap: Overlap) -> str:
    if overlap.jaccard is None:
        return phrases.say("undefined")
    return phrases.write_fraction(len(overlap.shared), len(overlap.union), overlap.jaccard)


def _write_smaller(joined: LocalisedTable, overlap: Overlap, what_if: bool) -> str:
    if overlap.coefficient is None:
        return joined.phrases.say("undefined")
    prints = [joined.footprints[group] for group in overlap.groups]
    smallest = min(len(each.named | each.region) if what_if else len(each.named) for each in prints)
    return joined.phrases.write_fraction(len(overlap.shared), smallest, overlap.coefficient)


def _say_share_of(phrases: Catalogue, overlap: Overlap, what: str, share: float | None, key: str) -> str:
    if share is None:
        return phrases.say("undefined")
    said, together = write_share(phrases, share), _say_together(phrases, overlap)
    return phrases.say_count(key, len(overlap.union), share=said, what=phrases.say(what), **together)


def write_share(phrases: Catalogue, share: float | None) -> str:
    """Write a share (0..1) in whole per cent, never a little as nothing or most of it as all.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> [write_share(read_catalogue("en"), share) for share in (0.202, 0.004, 0.996, 0, 1, None)]
    ['20 %', 'under 1 %', 'over 99 %', '0 %', '100 %', 'not defined']
    """
    if share is None:
        return phrases.say("undefined")
    if 0 < share < 0.01 or 0.99 < share < 1:
        return phrases.say("share_under" if share < 0.5 else "share_over")
    return phrases.write_fixed(share * 100, 0) + phrases.say("percent")
