"""The written half of a page: table of units, records, groups, ties, sources and what is not on the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from geo.draw.html import escape, frame_wide, is_right_to_left, tag
from geo.draw.marks.palette import Slot
from geo.draw.relations.diagram import draw_ties_diagram
from geo.draw.sections.strengths import draw_strength_ranges
from geo.draw.wording.captions import describe_reading
from geo.draw.wording.catalogue import capitalise, join_names, name_finding, say, word, write_number
from geo.draw.wording.comparison import say_off_map
from geo.draw.wording.evidence import draw_evidence, draw_record_evidence
from geo.draw.wording.relations import Tie, describe_tie, list_ties
from geo.draw.wording.sentences import (
    describe_date,
    describe_estimate,
    describe_off_map,
    describe_strength,
    describe_unit,
    say_all_on_map,
)
from geo.draw.wording.table_date import say_age
from geo.join.join_table import JoinedTable
from geo.join.overlap import is_peopled, measure_units
from geo.model import Group, Record, Source, Strength

__all__ = [
    "draw_cite",
    "draw_groups",
    "draw_method",
    "draw_off_map",
    "draw_records",
    "draw_source",
    "draw_sources",
    "draw_ties",
    "draw_units",
]

MOST_LINKS = 100
MOST_IN_ROW = 5
"""Links to records in a row of the table of units; whoever wants all of them chooses the unit on the map."""

Lines = Mapping[str, Sequence[str]]

LANGUAGE = {"name_fa": {"lang": "fa", "dir": "rtl"}}


def say_name(text: str, lang: str = "") -> str:
    """Return a name that keeps its own direction of writing, and is read out in its language where that is known."""
    right_to_left = {"dir": "rtl"} if is_right_to_left(lang) else {}
    return tag("bdi", {"lang": lang, **right_to_left} if lang else {}, escape(text))


def draw_table(joined: JoinedTable, *, filtered: bool = False, linked: bool = True, lines: Lines | None = None) -> str:
    """Return the section with the table of all units, its download and, if wanted, boxes to search and filter it.

    With ``lines``, they stand for what is said of each unit: what differs there from another table.
    """
    button = tag("button", {"id": "download-csv", "class": "plain", "type": "button"}, escape(word("download")))
    tools = _draw_filters(joined) if filtered else ""
    noun = joined.gazetteer.noun
    heading = tag("h2", {}, escape(say(noun, "all_units")))
    table = draw_units(joined, lines, linked=linked)
    body = (heading, tools, button, frame_wide(say(noun, "table_of_units"), table))
    return tag("section", {"id": "table", "class": "text"}, body)


def _draw_filters(joined: JoinedTable) -> str:
    def choose(name: str, label: str, names: Mapping[str, str]) -> str:
        options = [tag("option", {"value": ""}, escape(word("all")))]
        options += [tag("option", {"value": key}, escape(each)) for key, each in names.items()]
        return tag("label", {}, escape(word(label)), " ", tag("select", {"id": name}, options))

    table = joined.table
    search = tag("label", {}, escape(word("search")), " ", tag("input", {"id": "filter-text", "type": "search"}))
    groups = choose("filter-group", "group", {group: table.groups[group].name for group in joined.footprints})
    levels = choose("filter-level", "level", {level.id: level.name for level in table.levels.values()})
    return tag(
        "div", {"class": "filters"}, search, groups, levels, tag("span", {"id": "filter-count", "role": "status"})
    )


def draw_units(joined: JoinedTable, lines: Lines | None = None, *, linked: bool = True) -> str:
    """Return the table of all units: the map in words; ``linked`` to the records, where the page lists them."""
    columns, noun = _choose_columns(joined), joined.gazetteer.noun
    said = word("changes_here" if lines else "records_say")
    heads = (noun.forms["Unit"], *columns.values(), said, *([word("records")] if linked else []))
    head = tag("tr", {}, (tag("th", {"scope": "col"}, escape(text)) for text in heads))
    by_unit: dict[str, list[int]] = {}
    for claim in joined.table.claims:
        if claim.unit:
            by_unit.setdefault(claim.unit, []).append(claim.record + 1)
    codes = sorted(joined.report.units, key=lambda code: joined.gazetteer.units[code].name)
    rows = "".join(
        _draw_unit(
            joined, code, columns, sorted(set(by_unit.get(code, ()))) if linked else None, (lines or {}).get(code)
        )
        for code in codes
    )
    said = say(noun, "units_caption_change" if lines else "units_caption", n=write_number(len(codes)))
    caption = tag("caption", {}, escape(said))
    return tag("table", {"id": "units"}, caption, tag("thead", {}, head), tag("tbody", {}, rows))


def _choose_columns(joined: JoinedTable) -> dict[str, str]:
    """Name the columns of a unit's other names and codes, of which a user's own units may have none."""
    units = [joined.gazetteer.units[code] for code in joined.report.units]
    heads = {"name_fa": word("dari"), "code": word("code"), "pcode": word("pcode")}
    return {key: head for key, head in heads.items() if any(getattr(unit, key) for unit in units)}


def _draw_unit(
    joined: JoinedTable, code: str, columns: Iterable[str], records: list[int] | None, lines: Sequence[str] | None
) -> str:
    unit = joined.gazetteer.units[code]
    said = tag("br").join(escape(line) for line in lines or describe_unit(joined, code))
    cells = [
        tag("th", {"scope": "row"}, tag("a", {"href": f"#unit={code}"}, escape(unit.name))),
        *(tag("td", LANGUAGE.get(column, {}), escape(getattr(unit, column))) for column in columns),
        tag("td", {}, said),
        *([] if records is None else [tag("td", {}, _link_records(records, MOST_IN_ROW))]),
    ]
    return tag("tr", {}, cells)


def _link_records(numbers: list[int], most: int = MOST_LINKS) -> str:
    """Link to records; where they are more than anyone follows one by one, to the first of them."""
    shown = numbers[:most] if len(numbers) > 2 * most else numbers
    links = " ".join(tag("a", {"href": f"#record-{number}"}, write_number(number)) for number in shown)
    return links + (" " + word("and_more", n=write_number(len(numbers) - most)) if len(shown) < len(numbers) else "")


@lru_cache(maxsize=1)  # All pages of a run hold the same.
def draw_records(joined: JoinedTable) -> str:
    """Return every record of the table as written, numbered, with its evidence."""
    items = (
        tag("li", {"id": f"record-{number}"}, _draw_record(record, joined))
        for number, record in enumerate(joined.table.records, 1)
    )
    heading = tag("h2", {}, escape(word("records_held")))
    return tag("section", {"id": "claims", "class": "text"}, heading, tag("ol", {"id": "records"}, items))


def _draw_record(record: Record, joined: JoinedTable) -> str:
    names = join_names([say_name(joined.table.groups[group].name) for group in record.groups])
    finding = name_finding(record.finding)
    known = joined.table.levels[record.level]
    level = escape(word("semicolon").join(filter(None, [known.name, finding, (known.note or "").rstrip(".")])))
    said = word("record", groups=tag("strong", {}, names), level=level, place=_say_place(record, joined))
    what = tag("p", {"class": "what"}, said)
    return what + draw_record_evidence(record, joined.table)


def _say_place(record: Record, joined: JoinedTable) -> str:
    place = record.place
    names = escape(join_names([joined.gazetteer.units[code].name for code in place.units]))
    if place.kind == "in":
        return names
    if place.kind == "region":
        reading = escape(describe_reading(place.region or "", joined))
        return word("region_units", region=escape(place.region or ""), units=names, reading=reading)
    if place.kind == "nationwide":
        return escape(say(joined.gazetteer.noun, "place_nationwide"))
    count = describe_estimate(place.count) if place.count else ""
    return escape(say(joined.gazetteer.counted, "place_unlocated", count=count))


def draw_off_map(joined: JoinedTable, *, linked: bool = True, undated: str = "") -> str:
    """Return what fills nothing, nationwide and unlocated records; ``linked`` where the page lists all records.

    What is said of records that stand at no step follows the list: they are off the map as well.
    """
    items = [
        tag(
            "li",
            {},
            escape(said),
            " " + tag("a", {"href": f"#record-{number}"}, escape(word("record_number", n=write_number(number))))
            if linked
            else "",
        )
        for number, record in enumerate(joined.table.records, 1)
        if (said := describe_off_map(record, joined))
    ]
    is_step = bool(undated) and joined.choices.groups is None
    none = say(joined.gazetteer.noun, "step_all") if is_step else say_all_on_map(joined)
    body = tag("ul", {}, items) if items else tag("p", {}, escape(none))
    note = tag("p", {"class": "region-note"}, escape(undated)) if undated else ""
    return tag("section", {"id": "off-map"}, tag("h2", {}, escape(word("off_map"))), body, note)


def draw_groups(joined: JoinedTable, slots: Mapping[str, Slot], *, charts: bool = False) -> str:
    """Return each group with its kind, names, strengths and statements, below a chart of strengths if wanted."""
    ranges = draw_strength_ranges(joined.table) if charts else ""
    entries = (_draw_group(group, joined, slots) for group in joined.table.groups.values())
    return tag("section", {"id": "groups", "class": "text"}, tag("h2", {}, escape(word("groups"))), ranges, entries)


def _draw_group(group: Group, joined: JoinedTable, slots: Mapping[str, Slot]) -> str:
    slot = slots.get(group.id)
    square = tag("rect", {"width": "10", "height": "10", "fill": slot.colour}) if slot else ""
    key = tag("svg", {"class": "key", "viewBox": "0 0 10 10", "aria-hidden": "true"}, square) if slot else ""
    also = [*map(say_name, group.aliases), *(say_name(name, lang) for lang, name in group.names.items())]
    lines = [
        escape(capitalise(word(f"kind_{group.kind}"))),
        word("also", names=word("comma").join(also)) if also else "",
        escape(group.note or ""),
        _count_footprint(group.id, joined),
    ]
    items = [tag("li", {}, _draw_strength(strength, joined)) for strength in group.strengths]
    if group.part_of:
        whole = say_name(joined.table.groups[group.part_of.group].name)
        items.insert(
            0, tag("li", {}, word("part_of", whole=whole), draw_evidence(group.part_of.evidence, joined.table))
        )
    for statement in group.statements:
        about = join_names([say_name(joined.table.groups[each].name) for each in statement.about])
        text = escape(statement.text) + (" " + word("about", groups=about) if about else "")
        items.append(tag("li", {}, text, draw_evidence(statement.evidence, joined.table)))
    body = (tag("p", {}, line) for line in lines if line)
    return tag("h3", {}, key, say_name(group.name)) + "".join(body) + (tag("ul", {}, items) if items else "")


def _count_footprint(group: str, joined: JoinedTable) -> str:
    footprint, noun = joined.footprints.get(group), joined.gazetteer.noun
    said = say(noun, "on_no_map")
    if footprint:
        region = say(noun, "summary_region", n=write_number(len(footprint.region))) if footprint.region else ""
        counts = {"n": write_number(len(footprint.named)), "total": write_number(len(joined.report.units))}
        said = word("stop", said=say(noun, "footprint", **counts) + region)
    return escape(f"{said} {say_off_map(joined, {group})}".strip())


def _draw_strength(strength: Strength, joined: JoinedTable) -> str:
    parts = "".join(
        tag("li", {}, "" if part.is_share else escape(word("of_these")) + " ", _draw_strength(part, joined))
        for part in strength.of_which
    )
    said = escape(describe_strength(strength, joined.table.groups)) + draw_evidence(strength.evidence, joined.table)
    return said + (tag("ul", {}, parts) if parts else "")


def draw_ties(joined: JoinedTable, slots: Mapping[str, Slot] | None = None, *, diagram: bool = False) -> str:
    """Return the ties between groups as sentences with their evidence, below a diagram if wanted."""
    table = joined.table
    ties = list_ties(table)
    picture = draw_ties_diagram(table, slots or {}) if ties and diagram else ""
    items = [tag("li", {"data-groups": ",".join(tie.groups)}, _draw_tie(tie, joined)) for tie in ties]
    note = tag("p", {}, escape(word("ties_note")))
    body = tag("ol", {}, items) if items else tag("p", {}, escape(word("no_tie")))
    return tag("section", {"id": "ties", "class": "text"}, tag("h2", {}, escape(word("ties"))), note, picture, body)


def _draw_tie(tie: Tie, joined: JoinedTable) -> str:
    said = describe_tie(tie, lambda group: tag("strong", {}, say_name(joined.table.groups[group].name)))
    return said + draw_evidence(tie.evidence, joined.table)


def draw_method(joined: JoinedTable) -> str:
    """Return how the page comes about and how not to read it."""
    is_counted = is_peopled(measure_units(joined.units, joined.gazetteer))
    people = word("method_people") if is_counted else ""
    noun, keys = joined.gazetteer.noun, ("presence", "silence", "region", "footprint", "kinds")
    paragraphs = (say(noun, f"method_{key}", people=people) for key in keys)
    body = (tag("p", {}, escape(text)) for text in paragraphs)
    return tag(
        "section", {"id": "method", "class": "text"}, tag("h2", {}, escape(word("method"))), body, draw_whose(joined)
    )


def draw_whose(joined: JoinedTable) -> str:
    """Return whose reading each region of the table is."""
    regions = dict.fromkeys(record.place.region for record in joined.table.records if record.place.region)
    return "".join(
        tag("p", {}, escape(word("region_note", region=region, reading=describe_reading(region, joined))))
        for region in regions
        if region
    )


def draw_cite(joined: JoinedTable, data_hash: str) -> str:
    """Return how to cite the page: author, title, date of the data, and the data's hash."""
    table = joined.table
    made = word("made_with", dated=say_age(table), data=data_hash[:12])
    said = " ".join([*(word("stop", said=each) for each in (table.byline, table.title) if each), made])
    note = tag("p", {"class": "region-note"}, escape(word("cite_note")))
    body = (tag("h2", {}, escape(word("cite"))), tag("p", {"id": "citation"}, escape(said)), note)
    return tag("section", {"id": "cite", "class": "text"}, body)


def draw_sources(joined: JoinedTable, *, linked: bool = True) -> str:
    """Return the sources, each with the records that rest on it; ``linked`` where the page lists them."""
    table = joined.table
    carried, quoted = _list_by_source(table.records if linked else ())
    items = (
        tag("li", {"id": f"source-{number}"}, draw_source(source, carried.get(id_, []), quoted.get(id_, [])))
        for number, (id_, source) in enumerate(table.sources.items(), 1)
    )
    unsourced = carried.get(None, [])
    rest = tag("p", {}, word("unsourced_records", records=_link_records(unsourced))) if unsourced else ""
    return tag(
        "section",
        {"id": "sources", "class": "text"},
        tag("h2", {}, escape(word("sources"))),
        tag("ol", {}, items),
        rest,
    )


def _list_by_source(records: Iterable[Record]) -> tuple[dict[str | None, list[int]], dict[str | None, list[int]]]:
    """Number the records that rest on each source, and those that quote it through another."""
    carried: dict[str | None, list[int]] = {}
    quoted: dict[str | None, list[int]] = {}
    for number, record in enumerate(records, 1):
        carried.setdefault(record.evidence.source, []).append(number)
        quoted.setdefault(record.evidence.via, []).append(number)
    return carried, quoted


def draw_source(source: Source, records: list[int], quoted: list[int]) -> str:
    """Return one source, with links to the records that rest on it and to those that quote it through another."""
    parts = [
        say_name(source.author) if source.author else "",
        tag("cite", {}, say_name(source.title)),
        escape(source.publisher or ""),
        describe_date(source.date) if source.date else word("undated"),
        _link_out(word("online"), source.url)
        + (" " if source.archived else "")
        + _link_out(word("archived"), source.archived),
        word("source_graded", grade=escape(source.grade)) if source.grade else "",
    ]
    said = word("stop", said=word("comma").join(filter(None, parts)))
    said += " " + word("carries", records=_link_records(records)) if records else ""
    said += " " + word("quoted_in", records=_link_records(quoted)) if quoted else ""
    return said + (tag("p", {"class": "evidence"}, escape(source.note)) if source.note else "")


def _link_out(text: str, address: str | None) -> str:
    if not address:
        return ""
    return tag("a", {"href": address, "rel": "noopener noreferrer"}, text)
