"""The written half of the page of recorded events: every unit, what was left out and why, actors, sources."""

from __future__ import annotations

from collections.abc import Sequence

from geo.draw.html import FIGURE, Markup, chain, frame_wide, say_name, tag, tag_row, tag_section, tag_table
from geo.draw.sections.event_periods import MOST_COLUMNS
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.events import count_undated, say_source, word_rate, write_deaths, write_rate
from geo.draw.wording.localised_names import LocalisedUnits
from geo.join.event_classes import ClassedActivity, SumKey
from geo.model import Activity, EventSource

__all__ = ["draw_actors", "draw_event_sources", "draw_event_table", "draw_left_out"]

MOST_ACTORS = 50
GAP = "–"
"""Where nothing is recorded or known, which is not nought."""


def draw_event_table(drawn: LocalisedUnits, classed: ClassedActivity, codes: Sequence[str]) -> Markup:
    """Return the section with the table of all units, of the whole time: the map in words."""
    phrases = drawn.phrases
    groups = classed.activity.groups
    columns = tuple(groups) if len(groups) <= MOST_COLUMNS else ()
    button = tag("button", {"id": "download-csv", "class": "plain", "type": "button"}, phrases.say("download"))
    note = tag("p", {"class": "region-note"}, phrases.say("events_columns", n=phrases.write_number(MOST_COLUMNS)))
    return tag_section(
        "table", phrases.say("all_units"),
        button,
        "" if columns or not groups else note,
        frame_wide(phrases.say("table_of_units"), _draw_units(drawn, classed, codes, columns)),
    )  # fmt: skip


def _draw_units(
    drawn: LocalisedUnits, classed: ClassedActivity, codes: Sequence[str], columns: Sequence[str]
) -> Markup:
    phrases = drawn.phrases
    noun, activity = drawn.gazetteer.noun, classed.activity
    heads = [noun.forms["Unit"], phrases.say("events_count")]
    heads += [phrases.say("events_population"), word_rate(phrases, "events_rate")] if classed.people else []
    heads += [phrases.say("events_deaths")] if _is_stated(activity) else []
    heads += [activity.groups[group] for group in columns]
    heads += [phrases.say("events_left_out")] if classed.left else []
    rows = (_draw_unit(drawn, classed, code, columns) for code in codes)
    caption = phrases.say("events_caption", n=phrases.write_number(len(codes)))
    return tag_table({"id": "units"}, map(say_name, heads), rows, caption)


def _is_stated(activity: Activity) -> bool:
    return any(count.deaths is not None for count in activity.counts)


def _draw_unit(drawn: LocalisedUnits, classed: ClassedActivity, code: str, columns: Sequence[str]) -> Markup:
    phrases = drawn.phrases
    cell = SumKey(None, code)
    found, rate, people = classed.find_sum(cell), classed.find_rate(cell), classed.people.get(code)
    figures = [_write(phrases, found.events)]
    if classed.people:
        figures += [_write(phrases, people), write_rate(phrases, rate, classed.decimals) if rate else GAP]
    if _is_stated(classed.activity):
        figures.append(GAP if found.deaths is None else write_deaths(phrases, found))
    figures += [_write(phrases, classed.find_sum(SumKey(group, code)).events) for group in columns]
    figures += [_write(phrases, classed.left.get((code, None)))] if classed.left else []
    name = tag("a", {"href": f"#unit={code}"}, drawn.gazetteer.units[code].name)
    return tag_row(name, ((FIGURE, each) for each in figures))


def _write(phrases: Catalogue, number: int | None) -> str:
    return phrases.write_number(number) if number else GAP


def draw_left_out(phrases: Catalogue, activity: Activity) -> Markup:
    """Return how many events were read and counted, and why others were not.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> activity = Activity("t", "all", {}, (), (), (), {"read": 5, "counted": 4, "undated": 1})
    >>> made = draw_left_out(read_catalogue("en"), activity)
    >>> "<td>without a date of a known form</td>" in made
    True
    """
    undated = count_undated(activity)
    heads = (phrases.say("events_reason"), phrases.say("events_number"))
    rows = (
        tag_row(None, [phrases.say("tally", key), (FIGURE, phrases.write_number(number))], {"data-reason": key})
        for key, number in activity.tally.items()
        if number or key in ("read", "counted")
    )
    note = phrases.say_count("events_note_undated", undated) if undated else ""
    return tag_section(
        "left-out", phrases.say("events_left"),
        tag_table({"class": "narrow"}, heads, rows, phrases.say("events_left_caption")),
        tag("p", {}, note) if note else "",
    )  # fmt: skip


def draw_actors(phrases: Catalogue, activity: Activity) -> Markup:
    """Return the actors that belong to no group, with their events: the first, and how many more there are."""
    shown, rest = activity.unmapped[:MOST_ACTORS], activity.unmapped[MOST_ACTORS:]
    heads = (phrases.say("events_actor"), phrases.say("events_count"))
    rows = (tag_row(None, [say_name(name), (FIGURE, phrases.write_number(number))]) for name, number in shown)
    more = phrases.say(
        "events_more", n=phrases.write_number(len(rest)), events=phrases.write_number(sum(number for _, number in rest))
    )
    return tag_section(
        "actors", phrases.say("events_actors"),
        tag("p", {}, phrases.say("events_actors_note")),
        tag_table({"class": "narrow"}, heads, rows),
        tag("p", {}, more) if rest else "",
    )  # fmt: skip


def draw_event_sources(phrases: Catalogue, activity: Activity) -> Markup:
    """Return whose events these are: citation, licence, address, files, and how precisely they had to be placed."""
    shown = activity.places is not None
    items = (tag("li", {"id": f"source-{number}"}, _draw_source(phrases, source, shown=shown))
             for number, source in enumerate(activity.sources, 1))  # fmt: skip
    return tag_section("sources", phrases.say("sources"), tag("ol", {}, items))


MOST_FILES = 20


def _list_files(phrases: Catalogue, files: Sequence[str]) -> str:
    """List the first files by name; a store may hold thousands."""
    more = len(files) - MOST_FILES
    rest = [phrases.say("and_more", n=phrases.write_number(more))] if more > 0 else []
    return phrases.say("comma").join([*files[:MOST_FILES], *rest])


def _draw_source(phrases: Catalogue, source: EventSource, *, shown: bool) -> Markup:
    is_address = (source.url or "").lower().startswith(("https://", "http://"))
    link = {"href": source.url or "", "rel": "noopener noreferrer"}
    title = tag("cite", {}, say_name(source.title))
    lines = [
        say_source(phrases, source),
        phrases.say("events_note_limit", limit=source.limit) if source.limit else "",
        phrases.say("events_files", files=_list_files(phrases, source.files)) if source.files else "",
        "" if source.passes_on else phrases.say("events_with_leave" if shown else "events_no_rows"),
    ]
    head = [title, *((phrases.say("comma"), tag("a", link, phrases.say("online"))) if is_address else ())]
    return chain([*head, *(tag("p", {"class": "evidence"}, line) for line in lines if line)])
