"""The records as written, numbered, and those that are on no map."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from geo.draw.html import Markup, chain, say_name, tag, tag_section
from geo.draw.wording.captions import describe_reading
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.evidence import draw_record_evidence
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import list_off_map, say_all_on_map, say_finding
from geo.draw.wording.records import say_place
from geo.draw.wording.shown_quotes import ShownQuotes
from geo.model import Record

__all__ = ["draw_off_map", "draw_records", "link_record", "link_records"]

MOST_LINKS = 100
MOST_OPEN = 40
"""A longer list can be folded, so that what follows it is found."""


@lru_cache(maxsize=1)  # All pages of a run hold the same.
def draw_records(joined: LocalisedTable) -> Markup:
    """Return every record of the table as written, numbered, with its evidence."""
    quotes = ShownQuotes(joined.phrases, joined.table, joined.checked)
    items = (
        tag(
            "li",
            {"id": f"record-{number}"},
            _draw_record(record, joined, quotes),
            quotes.show_shared(record.evidence, number),
        )
        for number, record in enumerate(joined.table.records, 1)
    )
    number, listed = len(joined.table.records), tag("ol", {"id": "records"}, items)
    if number > MOST_OPEN:
        summary = tag("summary", {}, joined.phrases.say("records_all", n=joined.phrases.write_number(number)))
        listed = tag("details", {"open": ""}, summary, listed)
    return tag_section("claims", joined.phrases.say("records_held"), listed)


def _draw_record(record: Record, joined: LocalisedTable, quotes: ShownQuotes) -> Markup:
    phrases = joined.phrases
    names = phrases.mark_up_names([say_name(joined.table.groups[group].name) for group in record.groups])
    finding = say_finding(phrases, record, joined.table.levels)
    known = joined.table.levels[record.level]
    level = phrases.say("semicolon").join(filter(None, [known.name, finding, (known.note or "").rstrip(".")]))
    region = record.place.region
    place = say_place(phrases, record, joined.gazetteer, describe_reading(region, joined) if region else "")
    said = phrases.mark_up("record", groups=tag("strong", {}, names), level=level, place=place)
    return tag("p", {"class": "what"}, said) + draw_record_evidence(
        phrases, record, joined.table, tell=quotes.tell_record
    )


def draw_off_map(
    joined: LocalisedTable, *, linked: bool = True, undated: str = "", groups: Collection[str] | None = None
) -> Markup:
    """Return what fills nothing, nationwide and unlocated records; ``linked`` where the page lists all records.

    Of ``groups`` where those are all that the map is of, and of each that no record locates: no map can choose it.

    What is said of records that stand at no step follows the list: they are off the map as well.
    """
    phrases = joined.phrases
    told = None if groups is None else {*groups, *(joined.table.groups.keys() - joined.footprints.keys())}
    items = [
        tag("li", {}, said, (" ", link_record(phrases, number)) if linked else "")
        for number, said in list_off_map(joined, told)
    ]
    is_step = bool(undated) and joined.choices.groups is None
    all_on_map = say_all_on_map(joined) if groups is None else phrases.say("all_on_map_chosen")
    none = phrases.say("step_all") if is_step else all_on_map
    body = tag("ul", {}, items) if items else tag("p", {}, none)
    note = tag("p", {"class": "region-note"}, undated) if undated else ""
    look = {} if items or undated else {"class": "nothing"}
    return tag(
        "section", {"id": "off-map", "data-avoid": "", **look}, tag("h2", {}, phrases.say("off_map")), body, note
    )


def link_record(phrases: Catalogue, number: int) -> Markup:
    """Link to a record by its number."""
    return tag("a", {"href": f"#record-{number}"}, phrases.say("record_number", n=phrases.write_number(number)))


def link_records(phrases: Catalogue, numbers: list[int], most: int = MOST_LINKS) -> Markup:
    """Link to records; where they are more than anyone follows one by one, to the first of them."""
    shown = numbers[:most] if len(numbers) > 2 * most else numbers
    links: list[str] = [tag("a", {"href": f"#record-{number}"}, phrases.write_number(number)) for number in shown]
    links += [phrases.say("and_more", n=phrases.write_number(len(numbers) - most))] if len(shown) < len(numbers) else []
    return chain(links, " ")
