"""What stands around a map in words, on the page and in a figure alike: plain text, not yet markup."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from geo.attribution import shorten_hash
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.evidence import DOT
from geo.draw.wording.localised_names import LocalisedTable, LocalisedUnits
from geo.draw.wording.presence import (
    choose_headline,
    describe_choices,
    describe_span,
    find_shown_as,
    is_part,
    write_summary,
)
from geo.draw.wording.table_date import say_day, say_title
from geo.join.corroboration import Voices, count_voices
from geo.sentences import is_ended

__all__ = [
    "VIEW_KINDS", "MapHead", "describe_reading", "end_sentence", "find_missing", "find_own_words", "list_regions",
    "say_disclaimer", "say_missing", "say_who_draws", "write_about", "write_credit", "write_head",
    "write_kicker", "write_lede", "write_legend_note", "write_region_notes", "write_rights", "write_stamp",
]  # fmt: skip

VIEW_KINDS = {
    "overlay": ("group", "coalition", "population"),
    "count": ("group",),
    "compare": ("group", "coalition", "population"),
}
"""Which kinds of group a view counts: a coalition or a population is not one group more."""


@dataclass(frozen=True)
class MapHead:
    """What stands above a map: its headline, and the deck below that.

    ``ours`` is what begins the deck where the table has a headline of its own.
    """

    headline: str
    deck: str
    ours: str = ""


def write_head(joined: LocalisedTable) -> MapHead:
    """Write headline and deck of a map of all that the choices show, be it of groups or of their number."""
    headline, ours = choose_headline(joined)
    summary = write_summary(joined, with_off_map=False)
    return MapHead(headline, f"{ours} {summary}".strip(), ours)


MOST_AUTHORS = 3
"""Named below a map; the report names all."""


def write_lede(joined: LocalisedTable) -> str:
    """Write title, date, subtitle and byline of the table, and what the user left out."""
    said = (
        end_sentence(joined.phrases, say_title(joined.phrases, joined.table)),
        write_about(joined),
        describe_choices(joined),
    )
    return " ".join(filter(None, said))


def find_own_words(joined: LocalisedTable) -> str:
    """Return the author's own words for the map of all that the table says; empty where something else is shown."""
    if not joined.table.alt or is_part(joined.choices):
        return ""
    return " ".join(filter(None, [end_sentence(joined.phrases, joined.table.alt), describe_choices(joined)]))


def write_kicker(joined: LocalisedTable, *, with_title: bool = True) -> str:
    """Write what stands above a headline: title and date of the table, and the number of its sources."""
    phrases, table = joined.phrases, joined.table
    sources = _count_sources(phrases, count_voices(table)) if table.sources else phrases.say("unsourced")
    dated = say_title(phrases, table) if with_title else say_day(phrases, table).rstrip(".")
    return DOT.join(filter(None, (dated, sources)))


def _count_sources(phrases: Catalogue, voices: Voices) -> str:
    """Say how many sources speak, how many of these do not rest on one another, and how many others they quote."""
    number = len(voices.speaking)
    said = phrases.say_count("source_count", number)
    if voices.independent < number:
        said = phrases.say_count("sources_voices", voices.independent, sources=said)
    return phrases.say_count("sources_quoting", len(voices.quoted), sources=said) if voices.quoted else said


def write_about(joined: LocalisedTable) -> str:
    """Write subtitle and byline of the table."""
    table = joined.table
    said = [table.subtitle or "", joined.phrases.say("by", byline=table.byline) if table.byline else ""]
    return " ".join(end_sentence(joined.phrases, each) for each in said if each)


def end_sentence(phrases: Catalogue, said: str) -> str:
    """End a sentence that has no end."""
    return said if not said or is_ended(said) else phrases.say("stop", said=said)


def say_disclaimer(phrases: Catalogue) -> str:
    """Say what a map of presence does not show."""
    return f"{phrases.say('foot_strong')} {phrases.say('foot_silence')}"


def describe_reading(region: str, joined: LocalisedTable) -> str:
    """Say whose reading a region's list of units is."""
    return joined.phrases.say("region_reading", author=say_who_draws(region, joined))


def say_who_draws(region: str, joined: LocalisedTable) -> str:
    """Say who says which units a region has."""
    whose = joined.gazetteer.region_author
    if region in joined.table.regions:
        return joined.phrases.say("region_own")
    return joined.phrases.say("region_drawn", author=whose) if whose else joined.phrases.say("region_of_file")


def list_regions(joined: LocalisedTable, groups: Collection[str] | None = None) -> list[str]:
    """List the regions that records name, or those of some groups."""
    return list(dict.fromkeys(
        record.place.region
        for record in joined.table.records
        if record.place.kind == "region" and record.place.region
        and (groups is None or any(find_shown_as(group, joined) in groups for group in record.groups))
    ))  # fmt: skip


def write_region_notes(joined: LocalisedTable, groups: Collection[str] | None = None) -> list[str]:
    """Say of each of them whose reading it is."""
    return [
        joined.phrases.say("region_note", region=region, reading=describe_reading(region, joined))
        for region in list_regions(joined, groups)
    ]


def write_legend_note(joined: LocalisedTable, groups: Collection[str] | None = None) -> str:
    """Say which units cannot be drawn, whose reading each region is, and how the levels are ordered.

    ``groups`` are those shown, where a reader can choose no other.
    """
    phrases = joined.phrases
    notes = write_region_notes(joined, groups)
    levels = sorted(joined.table.levels.values(), key=lambda level: level.rank or 0)
    able = [level.name for level in joined.table.levels.values() if level.is_capability]
    present = [level for level in levels if not level.is_capability]
    ranked, own = ([level.name for level in present if (level.rank is None) == kind] for kind in (False, True))
    notes += [phrases.say("levels_ranked", levels=phrases.say("comma").join(ranked))] if len(ranked) > 1 else []
    notes += [phrases.say("levels_own", levels=phrases.say("comma").join(own))] if own else []
    notes += [phrases.say("levels_capable", levels=phrases.say("comma").join(able))] if able else []
    notes += [
        phrases.say("valid_for", level=level.name, span=describe_span(phrases, level.valid_for))
        for level in levels
        if level.valid_for
    ]
    if joined.gazetteer.parts:
        notes.insert(0, phrases.say("parts_note"))
    return " ".join(filter(None, [say_missing(joined), *notes]))


def say_missing(drawn: LocalisedUnits) -> str:
    """Say which units have no shape: otherwise a hole in the map would be taken for one of which nothing is known."""
    missing = [drawn.gazetteer.units[code].name for code in find_missing(drawn)]
    return drawn.phrases.say("no_shape", units=drawn.phrases.join_names(missing)) if missing else ""


def find_missing(drawn: LocalisedUnits) -> list[str]:
    """Find the units that have no shape."""
    return [code for code in drawn.gazetteer.units if code not in drawn.units.index]


def write_credit(drawn: LocalisedUnits) -> str:
    """Say whose the boundaries are."""
    phrases, known = drawn.phrases, drawn.gazetteer
    credit = known.credit or phrases.say("no_origin")
    if known.file is not None:
        credit = phrases.say("given_file", file=known.file) if known.file else phrases.say("given")
    return phrases.say("boundaries", credit=credit)


def _name_sources(joined: LocalisedTable, voices: Voices) -> str:
    """Name the sources that speak, and apart from them those that they only quote."""
    phrases, known = joined.phrases, joined.table.sources
    told, quoted = (
        phrases.join_names(list(dict.fromkeys(known[each].author or known[each].title for each in ids)))
        for ids in (voices.speaking, voices.quoted)
    )
    return phrases.say("sources_named", sources=told, quoted=quoted) if quoted else told


def write_rights(joined: LocalisedTable) -> str:
    """Write authors, unless the byline names them all, and licence; nothing where the table says neither."""
    phrases, table = joined.phrases, joined.table
    is_named = all(author in (table.byline or "") for author in table.authors)
    names = [] if is_named else [*table.authors]
    some = [*names[:MOST_AUTHORS], phrases.say("and_more", n=phrases.write_number(len(names) - MOST_AUTHORS))]
    said = phrases.join_names(names) if len(names) <= MOST_AUTHORS + 1 else phrases.join_names(some, "comma")
    parts = [phrases.say("authors", authors=said)] if said else []
    parts += [phrases.say("licence", licence=table.licence)] if table.licence else []
    return " ".join(parts)


def write_stamp(joined: LocalisedTable, *, with_day: bool = True, with_names: bool = True) -> str:
    """Write date, rights, sources and the head of the data hash, as one cites a map; or of sources how many there are.

    The date may be left out where it stands above.
    """
    phrases, table = joined.phrases, joined.table
    voices = count_voices(table)
    cite = _name_sources(joined, voices) or phrases.say("none_given")
    sources = cite if with_names else phrases.write_number(len(voices.speaking))
    stamp = phrases.say("stamp", sources=sources, data=shorten_hash(joined.data_hash))
    day = say_day(phrases, table) if with_day else ""
    return " ".join(filter(None, (day, write_rights(joined), stamp)))
