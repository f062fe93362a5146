"""Recorded events over time: the slider of periods, a strip of bars for each group, and a table of all periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo.draw.html import FIGURE, Markup, chain, frame_wide, say_name, tag, tag_row, tag_section, tag_table
from geo.draw.sections.timeline import HEIGHT, WIDTH, frame_strip, tag_slider, tag_strips
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.events import name_view, say_step
from geo.join.event_classes import ClassedActivity, SumKey
from geo.model import Moment

__all__ = ["MOST_COLUMNS", "draw_event_slider", "draw_periods"]

MOST_COLUMNS = 8
"""Groups with a column of their own; with more, no row of a table could be read across."""

MOST_ROWS = 400

Totals = Mapping[str | None, Sequence[int]]


def draw_event_slider(phrases: Catalogue, classed: ClassedActivity) -> Markup:
    """Return the slider, at the whole time, with the button that plays the periods.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> from geo.join.event_classes import class_activity
    >>> from geo.model import Activity
    >>> years = (Moment(2019), Moment(2020))
    >>> 'max="2"' in draw_event_slider(phrases, class_activity(Activity("t", "year", {}, (), years, (), {}), {}))
    True
    """
    last = len(classed.steps) - 1
    said = say_step(phrases, None), say_cover(phrases, classed, None)
    return tag_slider(phrases, phrases.say("events_time"), said, 0, last) if last else Markup("")


def say_cover(phrases: Catalogue, classed: ClassedActivity, step: Moment | None) -> str:
    """Say that a step is covered in part or not at all; nothing where it is whole."""
    cover = classed.activity.find_cover(step)
    return "" if cover == "whole" else phrases.say("events_step", cover)


def draw_periods(phrases: Catalogue, classed: ClassedActivity) -> Markup:
    """Return the section that tells of all periods, each with a link to its map."""
    periods = [step for step in classed.steps if step]
    totals = {group: _count_periods(classed, group, periods) for group in classed.groups}
    more, is_grey = len(periods) > MOST_ROWS, any(_is_uncovered(classed, period) for period in periods)
    grey = tag("p", {"class": "region-note"}, phrases.say("events_grey")) if is_grey else ""
    note = tag("p", {"class": "region-note"}, phrases.say("events_periods_more", n=phrases.write_number(MOST_ROWS)))
    table = "" if more else frame_wide(phrases.say("events_periods"), _draw_table(phrases, classed, totals, periods))
    return tag_section(
        "timeline", phrases.say("nav_time"),
        frame_wide(phrases.say("strips"), _draw_strips(phrases, classed, totals, periods)), grey,
        note if more else table,
    )  # fmt: skip


def _is_uncovered(classed: ClassedActivity, period: Moment) -> bool:
    return classed.activity.find_cover(period) == "none"


def _count_periods(classed: ClassedActivity, group: str | None, periods: Sequence[Moment]) -> list[int]:
    return [sum(classed.find_sum(SumKey(group, code, period)).events for code in classed.units) for period in periods]


def _draw_strips(phrases: Catalogue, classed: ClassedActivity, totals: Totals, periods: Sequence[Moment]) -> Markup:
    most = max((count for each in totals.values() for count in each), default=0)
    grey = [place for place, period in enumerate(periods) if _is_uncovered(classed, period)]
    strips = (
        (
            name_view(phrases, classed.activity, group),
            _draw_strip(counts, grey, most, _say_strip(phrases, counts, periods)),
        )
        for group, counts in totals.items()
    )
    ends = (say_step(phrases, periods[place]) for place in (0, -1))
    return tag_strips(strips, ends, phrases.say("events_strips", n=phrases.write_number(most)))


def _draw_strip(counts: Sequence[int], grey: Sequence[int], most: int, said: str) -> Markup:
    """Draw a bar where events are recorded, nothing where none is, and a grey field where nothing is covered."""
    wide = WIDTH / len(counts)
    bars = (
        f"M{place * wide:.1f} {HEIGHT}v-{max(HEIGHT * count / most, 1):.1f}h{max(wide - 1, wide * 0.8):.1f}V{HEIGHT}z"
        for place, count in enumerate(counts)
        if count
    )
    fields = "".join(f"M{place * wide:.1f} 0h{wide:.1f}V{HEIGHT}h-{wide:.1f}z" for place in grey)
    field = [tag("path", {"d": fields, "class": "uncovered"})] if fields else []
    return frame_strip(said, [*field, tag("path", {"d": "".join(bars), "class": "bars"})])


def _say_strip(phrases: Catalogue, counts: Sequence[int], periods: Sequence[Moment]) -> str:
    most = max(counts)
    if not most:
        return phrases.say("events_strip_none")
    return phrases.say(
        "events_strip_said", when=say_step(phrases, periods[counts.index(most)]), n=phrases.write_number(most)
    )


def _draw_table(phrases: Catalogue, classed: ClassedActivity, totals: Totals, periods: Sequence[Moment]) -> Markup:
    shown = [group for group in totals if group is None or len(classed.activity.groups) <= MOST_COLUMNS]
    heads = [phrases.say("events_period"), *(name_view(phrases, classed.activity, group) for group in shown)]
    rows = (
        tag_row(
            _name_period(phrases, classed, period),
            (
                (FIGURE, _write_count(phrases, totals[group][place], is_covered=not _is_uncovered(classed, period)))
                for group in shown
            ),
            {"data-step": str(place + 1)},
        )
        for place, period in enumerate(periods)
    )
    return tag_table({"id": "steps"}, map(say_name, heads), rows, phrases.say("events_periods_caption"))


def _name_period(phrases: Catalogue, classed: ClassedActivity, period: Moment) -> Markup:
    """Name a period with a link to its map, and say where it is covered in part."""
    link = tag("a", {"href": f"#period={period}"}, say_step(phrases, period))
    partly = classed.activity.find_cover(period) == "part"
    return chain([link, tag("small", {}, say_cover(phrases, classed, period))]) if partly else link


def _write_count(phrases: Catalogue, count: int, *, is_covered: bool) -> str:
    """Write a count; a dash where nothing is recorded, which is not nought, and words where nothing is covered."""
    return phrases.write_number(count) if count else "–" if is_covered else phrases.say("events_step", "none")
