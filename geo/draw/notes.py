"""What stands around a map in words, on the page and in a figure alike: plain text, not yet markup."""

from __future__ import annotations

from geo.draw.sentences import describe_choices, describe_date
from geo.draw.words import join_names
from geo.join.presence import Joined

__all__ = ["VIEW_KINDS", "describe_reading", "write_credit", "write_lede", "write_legend_note", "write_stamp"]

VIEW_KINDS = {
    "overlay": ("group", "coalition", "population"),
    "count": ("group",),
    "compare": ("group", "coalition", "population"),
}
"""Which kinds of group a view counts: a coalition or a population is not one group more."""


def write_lede(joined: Joined) -> str:
    """Write title, date, subtitle and byline of the table, and what the user left out."""
    table = joined.table
    dated = f", as of {describe_date(table.as_of)}" if table.as_of else ", undated"
    said = [f"{table.title}{dated}", table.subtitle or "", f"By {table.byline}" if table.byline else ""]
    return " ".join(
        [*(each if each[-1] in ".!?…" else f"{each}." for each in said if each), describe_choices(joined)]
    ).strip()


def describe_reading(region: str, joined: Joined) -> str:
    """Say whose reading a region's list of units is."""
    own = region in joined.table.regions
    author = "as this table defines it" if own else f"as {joined.gazetteer.region_author} draws it"
    return f"{author}; that the source means these {joined.gazetteer.noun.many} is the table author’s reading"


def write_legend_note(joined: Joined) -> str:
    """Say which units cannot be drawn, whose reading each region is, and how the levels are ordered."""
    regions = dict.fromkeys(record.place.region for record in joined.table.records if record.place.kind == "region")
    notes = [f"Region {region}: {describe_reading(region, joined)}." for region in regions if region]
    levels = sorted(joined.table.levels.values(), key=lambda level: level.rank or 0)
    ranked, own = ([level.name for level in levels if (level.rank is None) == kind] for kind in (False, True))
    notes += [f"Levels, weaker to stronger: {', '.join(ranked)}."] if len(ranked) > 1 else []
    notes += [f"Of {'its' if len(own) == 1 else 'their'} own kind: {', '.join(own)}."] if own else []
    if joined.gazetteer.parts:
        notes.insert(0, joined.gazetteer.noun.fill("{A_unit} is coloured where a record names any part of it."))
    known = joined.gazetteer.units
    if missing := [known[code].name for code in known if code not in joined.units.index]:
        # Otherwise a hole in the map would be taken for a unit of which nothing is known.
        notes.insert(0, f"The boundaries have no shape for {join_names(missing)}: not on this map.")
    return " ".join(notes)


def write_credit(joined: Joined) -> str:
    """Say whose the boundaries are."""
    return f"Boundaries: {joined.gazetteer.credit or 'of no named origin'}; thinned for display."


def write_stamp(joined: Joined, data_hash: str) -> str:
    """Write date, sources and the head of the data hash, as one cites a map."""
    table = joined.table
    dated = f"As of {describe_date(table.as_of)}. " if table.as_of else "Undated. "
    cite = join_names([source.author or source.title for source in table.sources.values()])
    return f"{dated}Sources: {cite or 'none given'}. Data {data_hash[:12]}."
