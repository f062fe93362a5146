"""The written half of the page of recorded events: every unit, what was left out and why, actors, sources."""

from __future__ import annotations

from collections.abc import Sequence

from geo.draw.html import escape, frame_wide, tag
from geo.draw.sections.event_periods import MOST_COLUMNS
from geo.draw.wording.catalogue import NO_NOUN, choose_form, say, word, write_number
from geo.draw.wording.events import count_undated, say_source, word_rate, write_rate
from geo.join.event_classes import Cell, ClassedActivity
from geo.join.join_table import JoinedTable
from geo.model import Activity, EventSource, UnitNoun

__all__ = ["draw_actors", "draw_event_sources", "draw_event_table", "draw_left_out"]

MOST_ACTORS = 50
GAP = "–"
"""Where nothing is recorded or known, which is not nought."""


def draw_event_table(joined: JoinedTable, classed: ClassedActivity, codes: Sequence[str]) -> str:
    """Return the section with the table of all units, of the whole time: the map in words."""
    noun, groups = joined.gazetteer.noun, classed.activity.groups
    columns = tuple(groups) if len(groups) <= MOST_COLUMNS else ()
    button = tag("button", {"id": "download-csv", "class": "plain", "type": "button"}, escape(word("download")))
    note = tag("p", {"class": "region-note"}, escape(word("events_columns", n=write_number(MOST_COLUMNS))))
    return tag(
        "section", {"id": "table", "class": "text"},
        tag("h2", {}, escape(say(noun, "all_units"))),
        button,
        "" if columns or not groups else note,
        frame_wide(say(noun, "table_of_units"), _draw_units(joined, classed, codes, columns)),
    )  # fmt: skip


def _draw_units(joined: JoinedTable, classed: ClassedActivity, codes: Sequence[str], columns: Sequence[str]) -> str:
    noun, activity = joined.gazetteer.noun, classed.activity
    heads = [noun.forms["Unit"], word("events_count")]
    heads += [word("events_population"), word_rate("events_rate")] if classed.people else []
    heads += [word("events_deaths")] if _is_stated(activity) else []
    heads += [activity.groups[group] for group in columns]
    head = tag("tr", {}, (tag("th", {"scope": "col"}, tag("bdi", {}, escape(each))) for each in heads))
    rows = (_draw_unit(joined, classed, code, columns) for code in codes)
    caption = tag("caption", {}, escape(say(noun, "events_caption", n=write_number(len(codes)))))
    return tag("table", {"id": "units"}, caption, tag("thead", {}, head), tag("tbody", {}, rows))


def _is_stated(activity: Activity) -> bool:
    return any(count.deaths is not None for count in activity.counts)


def _draw_unit(joined: JoinedTable, classed: ClassedActivity, code: str, columns: Sequence[str]) -> str:
    cell = Cell(None, code)
    found, rate, people = classed.find_sum(cell), classed.find_rate(cell), classed.people.get(code)
    figures = [_write(found.events)]
    if classed.people:
        figures += [_write(people), write_rate(rate, classed.decimals) if rate else GAP]
    if _is_stated(classed.activity):
        figures.append(GAP if found.deaths is None else write_number(found.deaths))
    figures += [_write(classed.find_sum(Cell(group, code)).events) for group in columns]
    name = tag("a", {"href": f"#unit={code}"}, escape(joined.gazetteer.units[code].name))
    cells = (tag("td", {"class": "figure"}, escape(each)) for each in figures)
    return tag("tr", {}, tag("th", {"scope": "row"}, name), cells)


def _write(number: int | None) -> str:
    return write_number(number) if number else GAP


def draw_left_out(activity: Activity, noun: UnitNoun) -> str:
    """Return how many events were read and counted, and why others were not.

    Examples
    --------
    >>> made = draw_left_out(Activity("t", "all", {}, (), (), (), {"read": 5, "counted": 4, "undated": 1}), UnitNoun())
    >>> "<td>without a date of a known form</td>" in made
    True
    """
    undated = count_undated(activity)
    heads = (word("events_reason"), word("events_number"))
    head = tag("tr", {}, (tag("th", {"scope": "col"}, escape(each)) for each in heads))
    rows = (
        tag("tr", {"data-reason": key},
            tag("td", {}, escape(say(noun, f"tally_{key}"))),
            tag("td", {"class": "figure"}, write_number(number)))
        for key, number in activity.tally.items()
        if number or key in ("read", "counted")
    )  # fmt: skip
    caption = tag("caption", {}, escape(word("events_left_caption")))
    note = NO_NOUN.fill(choose_form("events_note_undated", undated), n=write_number(undated)) if undated else ""
    return tag(
        "section", {"id": "left-out", "class": "text"},
        tag("h2", {}, escape(word("events_left"))),
        tag("table", {"class": "narrow"}, caption, tag("thead", {}, head), tag("tbody", {}, rows)),
        tag("p", {}, escape(note)) if note else "",
    )  # fmt: skip


def draw_actors(activity: Activity) -> str:
    """Return the actors that belong to no group, with their events: the first, and how many more there are."""
    shown, rest = activity.unmapped[:MOST_ACTORS], activity.unmapped[MOST_ACTORS:]
    heads = (word("events_actor"), word("events_count"))
    head = tag("tr", {}, (tag("th", {"scope": "col"}, escape(each)) for each in heads))
    rows = (
        tag("tr", {}, tag("td", {}, tag("bdi", {}, escape(name))), tag("td", {"class": "figure"}, write_number(number)))
        for name, number in shown
    )
    more = word("events_more", n=write_number(len(rest)), events=write_number(sum(number for _, number in rest)))
    return tag(
        "section", {"id": "actors", "class": "text"},
        tag("h2", {}, escape(word("events_actors"))),
        tag("p", {}, escape(word("events_actors_note"))),
        tag("table", {"class": "narrow"}, tag("thead", {}, head), tag("tbody", {}, rows)),
        tag("p", {}, escape(more)) if rest else "",
    )  # fmt: skip


def draw_event_sources(activity: Activity) -> str:
    """Return whose events these are: citation, licence, address, files, and how precisely they had to be placed."""
    shown = activity.places is not None
    items = (tag("li", {"id": f"source-{number}"}, _draw_source(source, shown=shown))
             for number, source in enumerate(activity.sources, 1))  # fmt: skip
    heading = tag("h2", {}, escape(word("sources")))
    return tag("section", {"id": "sources", "class": "text"}, heading, tag("ol", {}, items))


def _draw_source(source: EventSource, *, shown: bool) -> str:
    is_address = (source.url or "").lower().startswith(("https://", "http://"))
    link = {"href": source.url or "", "rel": "noopener noreferrer"}
    title = tag("cite", {}, tag("bdi", {}, escape(source.title)))
    lines = [
        say_source(source),
        word("events_note_limit", limit=source.limit) if source.limit else "",
        word("events_files", files=word("comma").join(source.files)) if source.files else "",
        "" if source.passes_on else word("events_with_leave" if shown else "events_no_rows"),
    ]
    head = title + (f"{word('comma')}{tag('a', link, escape(word('online')))}" if is_address else "")
    return head + "".join(tag("p", {"class": "evidence"}, escape(line)) for line in lines if line)
