"""The steps of a time line in words and strips: how many units are named for each group, and where nothing stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from geo.draw.html import Markup, frame_wide, say_name, tag, tag_row, tag_section, tag_table
from geo.draw.marks.palette import INK, Slot
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import name_group
from geo.join.timeline import Timeline, count_named

__all__ = ["HEIGHT", "WIDTH", "draw_slider", "draw_steps", "frame_strip", "tag_slider", "tag_strips"]

WIDTH, HEIGHT = 720, 34
"""Pixels of a strip."""


def draw_slider(phrases: Catalogue, timeline: Timeline) -> Markup:
    """Return the slider of steps, at the last, with the button that plays them.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> from geo.model import Moment
    >>> 'max="1"' in draw_slider(phrases, Timeline("published", (Moment(2020), Moment(2021)), ()))
    True
    """
    last = len(timeline.steps) - (not timeline.with_all)
    said = phrases.say("step_now") if timeline.with_all else phrases.write_date(timeline.steps[last])
    return tag_slider(phrases, phrases.say("steps_by", timeline.by), said, last, last)


def tag_slider(phrases: Catalogue, label: str, said: str, value: int, last: int) -> Markup:
    """Build a slider from 0 to the last step, which says where it stands, with the button that plays the steps."""
    slider = {"id": "step", "type": "range", "min": "0", "max": str(last), "value": str(value), "aria-valuetext": said}
    return tag(
        "div", {"id": "time"},
        tag("button", {"id": "play", "type": "button"}, phrases.say("play")),
        tag("label", {"for": "step"}, label),
        tag("input", slider),
        tag("output", {"id": "when", "for": "step"}, said),
    )  # fmt: skip


def draw_steps(joined: LocalisedTable, timeline: Timeline, slots: Mapping[str, Slot]) -> Markup:
    """Return the section that tells of all steps: notes, strips, counts, and room for small maps."""
    phrases = joined.phrases
    counts = count_named(joined.table, timeline, joined.choices)
    counts = {group: counts[group] for group in counts if group in joined.shown}
    notes = filter(
        None,
        (
            phrases.say("time_line", timeline.by),
            phrases.say("time_gap"),
            say_undated(phrases, timeline),
        ),
    )
    return tag_section(
        "timeline", phrases.say("nav_time"),
        (tag("p", {"class": "region-note"}, note) for note in notes),
        frame_wide(phrases.say("strips"), _draw_strips(joined, timeline, counts, slots)),
        frame_wide(phrases.say("steps"), _draw_counts(joined, timeline, counts)),
        _make_room(phrases),
    )  # fmt: skip


def say_undated(phrases: Catalogue, timeline: Timeline) -> str:
    """Say how many records stand at no step; empty where all do."""
    number = timeline.undated
    return phrases.say_count("time_undated", number) if number else ""


def _make_room(phrases: Catalogue) -> Markup:
    heading = tag("h3", {}, phrases.say("periods"))
    note = tag("p", {"class": "no-script"}, phrases.say("periods_note"))
    return heading + note + tag("div", {"id": "periods", "class": "small-maps"})


def _draw_strips(
    joined: LocalisedTable, timeline: Timeline, counts: Mapping[str, Sequence[int | None]], slots: Mapping[str, Slot]
) -> Markup:
    phrases = joined.phrases
    places = _place_steps(timeline)
    most = max((count or 0 for each in counts.values() for count in each), default=0) or 1
    strips = (
        (
            name_group(joined, group),
            _draw_strip(each, places, most, slots[group].colour, _say_strip(phrases, each, timeline)),
        )
        for group, each in counts.items()
    )
    ends = (phrases.write_date(timeline.steps[place]) for place in (0, -1))
    return tag_strips(strips, ends, phrases.say("strips_caption", n=phrases.write_number(most)))


def tag_strips(strips: Iterable[tuple[str, Markup]], ends: Iterable[str], caption: str) -> Markup:
    """Build a table of names with their strips, and an axis that says where these begin and end."""
    rows = (tag_row(say_name(name), [strip]) for name, strip in strips)
    axis = tag_row(None, ["", tag("div", {}, (tag("span", {}, end) for end in ends))], {"class": "axis"})
    return tag_table({"class": "strips"}, (), (*rows, axis), caption)


def _place_steps(timeline: Timeline) -> list[float]:
    """Return where each step begins, and where the last ends, from 0 to the width of a strip, true to the calendar."""
    last = timeline.by == "published"
    days = [(step.last if last else step.first).toordinal() for step in timeline.steps]
    length = max(days[-1] - days[0], 1)
    end = days[-1] + max(length / 12, 1)  # what stands at the last step stands on; a twelfth of the strip shows it
    return [(day - days[0]) / (end - days[0]) * WIDTH for day in [*days, end]]


def _draw_strip(counts: Sequence[int | None], places: Sequence[float], most: int, colour: str, said: str) -> Markup:
    """Draw bars where units are named, a line where none is, and hatches where no record stands."""
    paths: dict[str, list[str]] = {colour: [], INK: [], "url(#fill-none)": []}
    start = 0
    for end in range(1, len(counts) + 1):
        if end < len(counts) and counts[end] == counts[start]:
            continue
        count = counts[start]
        height = HEIGHT if count is None else max(HEIGHT * count / most, 1)
        left, right = (f"{places[each]:.1f}" for each in (start, end))
        fill = "url(#fill-none)" if count is None else colour if count else INK
        paths[fill].append(f"M{left} {HEIGHT}V{HEIGHT - height:.1f}H{right}V{HEIGHT}")
        start = end
    marks = (tag("path", {"d": "".join(each), "fill": fill}) for fill, each in paths.items() if each)
    return frame_strip(said, marks)


def frame_strip(said: str, marks: Iterable[Markup]) -> Markup:
    """Return the picture of a strip, which is read out as is said."""
    view = {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "preserveAspectRatio": "none", "role": "img", "aria-label": said}
    return tag("svg", view, marks)


MOST_SAID = 8


def _say_strip(phrases: Catalogue, counts: Sequence[int | None], timeline: Timeline) -> str:
    """Say a strip where it changes, if that is not too often to listen to; a table holds every step."""
    changes = [place for place, count in enumerate(counts) if not place or count != counts[place - 1]]
    told = changes if len(changes) <= MOST_SAID else [changes[0], changes[-1]]
    said = [
        phrases.say(
            "step_said", date=phrases.write_date(timeline.steps[place]), count=_say_count(phrases, counts[place])
        )
        for place in told
    ]
    return phrases.say("semicolon").join([*said, *([phrases.say("strip_rest")] if len(told) < len(changes) else [])])


def _say_count(phrases: Catalogue, count: int | None) -> str:
    return phrases.say("gap") if count is None else phrases.write_number(count)


def _draw_counts(joined: LocalisedTable, timeline: Timeline, counts: Mapping[str, Sequence[int | None]]) -> Markup:
    phrases = joined.phrases
    heads = [phrases.say("steps_by", timeline.by), *(joined.table.groups[group].short for group in counts)]
    rows = (
        tag_row(
            tag("a", {"href": f"#as_of={step}"}, phrases.write_date(step)),
            (_say_count(phrases, each[place]) for each in counts.values()),
            {"data-step": str(place)},
        )
        for place, step in enumerate(timeline.steps)
    )
    return tag_table({"id": "steps"}, map(say_name, heads), rows, phrases.say("steps_caption"))
