"""What a map does not show, at length and in few words, for a picture that has little room: no number is lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from geo.draw.wording.captions import find_missing, list_regions, say_missing, say_who_draws, write_region_notes
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import (
    describe_estimate,
    find_off_map,
    list_off_map,
    name_counted,
    say_finding,
)
from geo.model import Record

__all__ = ["list_off_map_ways", "list_reading_ways"]


def list_off_map_ways(joined: LocalisedTable, groups: Collection[str] | None) -> list[str]:
    """List ways to say what cannot be placed, the fullest first: in sentences, each place and finding once, undated.

    It is of ``groups`` where a map is of those.
    """
    phrases = joined.phrases
    whole = [said for _, said in list_off_map(joined, groups)]
    brief = (_say_briefly(joined, groups, dated=dated) for dated in (True, False))
    ways = (phrases.say("semicolon").join(dict.fromkeys(items)) for items in (whole, *brief))
    return [phrases.say("compare_off_map", items=items) if items else "" for items in dict.fromkeys(ways)]


def _say_briefly(joined: LocalisedTable, groups: Collection[str] | None, *, dated: bool) -> Iterator[str]:
    """Say each place and finding once, with all groups of which that is said.

    Where sources of several dates do not say the same of a group they may be dated, as one would contradict the other.
    """
    phrases, sources = joined.phrases, joined.table.sources
    dates: dict[str, dict[Where, list[str]]] = {}
    for _, record, told in find_off_map(joined, groups):
        date = sources[record.evidence.source].date if record.evidence.source else None
        for group in told:
            if where := _say_where(joined, record):
                when = dates.setdefault(group, {}).setdefault(where, [])
                when += [phrases.write_date(date)] if date else []
    names: dict[tuple[Where, str], list[str]] = {}
    for group, found in dates.items():
        differs = dated and len({frozenset(when) for when in found.values()}) > 1
        for where, when in found.items():
            said = phrases.say("comma").join(dict.fromkeys(when)) if differs else ""
            names.setdefault((where, said), []).append(joined.table.groups[group].short)
    for ((kind, units, finding), said), shorts in names.items():
        first = phrases.say("off_map_brief", kind, groups=phrases.join_names(shorts), units=units)
        more = phrases.say("semicolon").join(filter(None, (finding, said)))
        yield phrases.say("in_brackets", first=first, second=more) if more else first


Where = tuple[str, str, str]


def _say_where(joined: LocalisedTable, record: Record) -> Where | None:
    """Return the kind of place, how many units that are, and what was found there; None where it is on the map."""
    finding, place = say_finding(joined.phrases, record, joined.table.levels), record.place
    if place.kind == "nationwide":
        return place.kind, "", finding
    if place.kind != "unlocated" or not place.count:
        return None
    units = name_counted(joined.gazetteer.counted, place.count)
    number = describe_estimate(joined.phrases, place.count)
    return place.kind, joined.phrases.say("number_of", n=number, what=units), finding


def list_reading_ways(joined: LocalisedTable, groups: Collection[str]) -> list[str]:
    """List ways to say which units have no shape and whose reading some groups' regions are, the fullest first."""
    phrases, missing = joined.phrases, len(find_missing(joined))
    lacks = phrases.say_count("missing_brief", missing) if missing else ""
    briefly = [*_say_readings(joined, groups)]
    ways = (
        [say_missing(joined), *write_region_notes(joined, groups)], [lacks, *briefly],
        [lacks, phrases.say("regions_read")] if briefly else [],
    )  # fmt: skip
    return [*dict.fromkeys(" ".join(filter(None, each)) for each in ways if each)]


def _say_readings(joined: LocalisedTable, groups: Collection[str]) -> Iterator[str]:
    phrases = joined.phrases
    drawn: dict[str, list[str]] = {}
    for region in list_regions(joined, groups):
        drawn.setdefault(say_who_draws(region, joined), []).append(region)
    for author, regions in drawn.items():
        yield phrases.say_count("region_brief", len(regions), regions=phrases.join_names(regions), author=author)
