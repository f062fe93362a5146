"""Two sources claim by claim: the table of all cells, what is on no map, and who quotes whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from geo.draw.html import Markup, chain, frame_wide, tag, tag_row, tag_section, tag_table
from geo.draw.sections.records import link_record
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.evidence import draw_record_evidence
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import describe_off_map, name_group, name_source, say_all_on_map, say_finding
from geo.join.source_comparison import CLASSES, ClaimPair, SourceComparison
from geo.model import Source, Table

__all__ = ["draw_cells", "draw_off_map_pair", "name_cell", "name_sources"]

MOST_WITH_EVIDENCE = 1000
"""In a table of more cells each claim leads to its record, whose evidence then stands on the page once."""


MOST_LINKS = 100


def name_sources(phrases: Catalogue, table: Table, first: str, second: str) -> tuple[str, str]:
    """Name two sources so that they can be told apart.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> sources = {each: Source(each, f"Report {each}", author="UN") for each in "ab"}
    >>> name_sources(phrases, Table("t", {}, sources, {}, (), ()), "a", "b")
    ('Report a', 'Report b')
    """
    pair = table.sources[first], table.sources[second]
    ways: tuple[Callable[[Source], str], ...] = (lambda each: name_source(phrases, each), lambda each: each.title)
    for way in ways:
        one, other = map(way, pair)
        if one != other:
            return one, other
    return f"{pair[0].title} [{first}]", f"{pair[1].title} [{second}]"


def name_cell(joined: LocalisedTable, kind: str) -> str:
    """Say how two claims about one group in one unit compare."""
    return joined.phrases.say("cell", kind)


def draw_cells(joined: LocalisedTable, found: SourceComparison) -> Markup:
    """Return the section with every group and unit that either source speaks of, both claims beside each other."""
    phrases = joined.phrases
    noun = joined.gazetteer.noun
    heads = (
        noun.forms["Unit"],
        phrases.say("group"),
        phrases.say("sources_what"),
        *_head_sources(joined, found),
    )
    names = {code: unit.name for code, unit in joined.gazetteer.units.items()}
    cells = sorted(found.cells, key=lambda cell: (_rank(cell), names[cell.unit]))
    rows = (_draw_cell(joined, cell, is_full=len(cells) <= MOST_WITH_EVIDENCE) for cell in cells)
    caption = phrases.say("sources_caption", n=phrases.write_number(len(cells)))
    notes = (phrases.say(key) for key in ("sources_note", "sources_rest"))
    return tag_section(
        "disagreement", phrases.say("sources_heading"),
        (tag("p", {}, note) for note in notes),
        _draw_quotes(joined, found),
        frame_wide(phrases.say("sources_heading"), tag_table({"id": "cells"}, heads, rows, caption)),
    )  # fmt: skip


def _rank(cell: ClaimPair) -> int:
    return CLASSES.index("region-only" if cell.kind.endswith("-region") else cell.kind)


def _head_sources(joined: LocalisedTable, found: SourceComparison) -> list[str]:
    phrases = joined.phrases
    letters = phrases.say("source_first"), phrases.say("source_second")
    names = name_sources(phrases, joined.table, found.first, found.second)
    return [
        phrases.say("sources_head", letter=letter, source=name) for letter, name in zip(letters, names, strict=True)
    ]


def _draw_cell(joined: LocalisedTable, cell: ClaimPair, *, is_full: bool) -> Markup:
    unit = tag("a", {"href": f"#unit={cell.unit}"}, joined.gazetteer.units[cell.unit].name)
    group = tag("bdi", {}, name_group(joined, cell.group))
    claims = (_draw_claims(joined, records, is_full=is_full) for records in (cell.first, cell.second))
    marks = {"data-unit": cell.unit, "data-group": cell.group, "data-kind": cell.kind}
    return tag_row(unit, (group, name_cell(joined, cell.kind), *claims), marks)


def _draw_claims(joined: LocalisedTable, records: Iterable[int], *, is_full: bool) -> str:
    said = chain(_draw_claim(joined, index, is_full=is_full) for index in records)
    return said or joined.phrases.say("sources_silent")


def _draw_claim(joined: LocalisedTable, index: int, *, is_full: bool) -> Markup:
    phrases = joined.phrases
    record = joined.table.records[index]
    level = joined.table.levels[record.level]
    parts = [say_finding(phrases, record, joined.table.levels), level.name]
    if record.place.region:
        parts.append(phrases.say("claim_region_short", region=record.place.region))
    what = tag("strong", {}, phrases.say("comma").join(filter(None, parts)))
    # Its words stand with the record, to which the number leads.
    evidence = draw_record_evidence(phrases, record, joined.table, tell=lambda _: ()) if is_full else ""
    return tag("div", {"class": "claim"}, what, " ", link_record(phrases, index + 1), evidence)


def _draw_quotes(joined: LocalisedTable, found: SourceComparison) -> str:
    """Return whose claims rest on whom: what one source quotes of another is not counted twice."""
    phrases = joined.phrases
    sources, pair = joined.table.sources, {found.first, found.second}
    items = [tag("li", {}, phrases.say("sources_one_document"))] if found.is_one_document else []
    for quote in found.quotes:
        key = "sources_quote" if quote.source not in pair else "sources_one_voice"
        if quote.via not in pair:
            key = "sources_shared"
        names = {
            "source": name_source(phrases, sources[quote.source]),
            "via": name_source(phrases, sources[quote.via]),
        }
        links = (link_record(phrases, record + 1) for record in quote.records[:MOST_LINKS])
        items.append(tag("li", {}, phrases.say(key, **names), " ", phrases.mark_up("comma").join(links)))
    return tag("ul", {"id": "quotes"}, items) if items else ""


def draw_off_map_pair(joined: LocalisedTable, found: SourceComparison) -> Markup:
    """Return what both sources say that fills nothing, side by side."""
    phrases = joined.phrases
    row = tag_row(None, (_draw_list(joined, records) for records in found.off_map))
    return tag_section(
        "off-map", phrases.say("off_map"),
        tag("p", {}, phrases.say("sources_off_map")),
        frame_wide(phrases.say("off_map"), tag_table({}, _head_sources(joined, found), [row])),
    )  # fmt: skip


def _draw_list(joined: LocalisedTable, records: Iterable[int]) -> Markup:
    items = [
        tag(
            "li",
            {},
            describe_off_map(joined.table.records[index], joined) or "",
            " ",
            link_record(joined.phrases, index + 1),
        )
        for index in records
    ]
    return tag("ul", {}, items) if items else tag("p", {}, say_all_on_map(joined))
