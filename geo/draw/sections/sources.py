"""The sources, how the page comes about, and how to cite it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from geo.attribution import list_authors, shorten_hash
from geo.draw.html import Markup, chain, say_name, tag, tag_section
from geo.draw.sections.records import link_records
from geo.draw.wording.captions import describe_reading
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.table_date import say_age
from geo.join.overlap import is_peopled, measure_units
from geo.licences import find_licence
from geo.model import Group, Record, Source

__all__ = ["draw_cite", "draw_licence", "draw_method", "draw_region_readings", "draw_source", "draw_sources"]


def draw_sources(joined: LocalisedTable, *, linked: bool = True) -> Markup:
    """Return the sources, each with the records that rest on it; ``linked`` where the page lists them."""
    phrases = joined.phrases
    table = joined.table
    carried, quoted = _list_by_source(table.records if linked else ())
    items = (
        tag(
            "li",
            {"id": f"source-{number}"},
            draw_source(phrases, source, table.groups, carried.get(id_, []), quoted.get(id_, [])),
        )
        for number, (id_, source) in enumerate(table.sources.items(), 1)
    )
    unsourced = carried.get(None, [])
    rest = (
        tag("p", {}, phrases.mark_up("unsourced_records", records=link_records(phrases, unsourced)))
        if unsourced
        else ""
    )
    return tag_section("sources", phrases.say("sources"), tag("ol", {}, items), rest)


def _list_by_source(records: Iterable[Record]) -> tuple[dict[str | None, list[int]], dict[str | None, list[int]]]:
    """Number the records that rest on each source, and those that quote it through another."""
    carried: dict[str | None, list[int]] = {}
    quoted: dict[str | None, list[int]] = {}
    for number, record in enumerate(records, 1):
        carried.setdefault(record.evidence.source, []).append(number)
        quoted.setdefault(record.evidence.via, []).append(number)
    return carried, quoted


def draw_source(
    phrases: Catalogue, source: Source, groups: Mapping[str, Group], records: list[int], quoted: list[int]
) -> Markup:
    """Return one source, with links to the records that rest on it and to those that quote it through another.

    ``groups`` are those of its table, some of which it may speak for.
    """
    online, archived = _link_out(phrases.say("online"), source.url), _link_out(phrases.say("archived"), source.archived)
    favoured = phrases.mark_up_names([say_name(groups[group].name) for group in source.favours])
    parts = [
        say_name(source.author) if source.author else "",
        tag("cite", {}, say_name(source.title)),
        source.publisher or "",
        phrases.write_date(source.date) if source.date else phrases.say("undated"),
        online + (" " + archived if archived else ""),
        phrases.say("source_graded", grade=source.grade) if source.grade else "",
        phrases.say("flag", "derived") if source.derived else "",
        phrases.mark_up("favours", groups=favoured) if source.favours else "",
    ]
    said = [phrases.mark_up("stop", said=phrases.mark_up("comma").join(filter(None, parts)))]
    said += [phrases.mark_up("carries", records=link_records(phrases, records))] if records else []
    said += [phrases.mark_up("quoted_in", records=link_records(phrases, quoted))] if quoted else []
    return chain(said, " ") + (tag("p", {"class": "evidence"}, tag("bdi", {}, source.note)) if source.note else "")


def _link_out(text: str, address: str | None) -> Markup:
    return tag("a", {"href": address, "rel": "noopener noreferrer"}, text) if address else Markup("")


def draw_method(joined: LocalisedTable) -> Markup:
    """Return how the page comes about and how not to read it."""
    phrases = joined.phrases
    is_counted = is_peopled(measure_units(joined.units, joined.gazetteer))
    people = phrases.say("method_people") if is_counted else ""
    keys = ("presence", "silence", "region", "footprint", "kinds")
    paragraphs = (phrases.say("method_text", key, people=people) for key in keys)
    body = (tag("p", {}, text) for text in paragraphs)
    return tag_section("method", phrases.say("method"), body, draw_region_readings(joined))


def draw_region_readings(joined: LocalisedTable) -> Markup:
    """Return whose reading each region of the table is."""
    regions = dict.fromkeys(record.place.region for record in joined.table.records if record.place.region)
    return chain(
        tag("p", {}, joined.phrases.say("region_note", region=region, reading=describe_reading(region, joined)))
        for region in regions
        if region
    )


def draw_cite(joined: LocalisedTable) -> Markup:
    """Return how to cite the page: author, title, date of the data, and the data's hash."""
    phrases = joined.phrases
    table = joined.table
    made = phrases.say("made_with", dated=say_age(phrases, table), data=shorten_hash(joined.data_hash))
    whose = phrases.join_names(list_authors(table))
    said = " ".join([*(phrases.say("stop", said=each) for each in (whose, table.title) if each), made])
    note = tag("p", {"class": "region-note"}, phrases.say("cite_note"))
    return tag_section("cite", phrases.say("cite"), tag("p", {"id": "citation"}, said), draw_licence(joined), note)


def draw_licence(joined: LocalisedTable) -> Markup:
    """Return under what the table may be used, with a link where its licence is known."""
    if not (licence := joined.table.licence):
        return Markup("")
    address = find_licence(licence)
    linked = _link_out(licence, address) if address else say_name(licence)
    return tag("p", {"id": "licence"}, joined.phrases.mark_up("licence", licence=linked))
