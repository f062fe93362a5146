"""The steps of a time line in words and strips: how many units are named for each group, and where records grow old."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from geo.draw.html import Markup, frame_wide, say_name, tag, tag_row, tag_section, tag_table
from geo.draw.marks.palette import CELL, INK, PAPER, SOFT, Slot
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.evidence import DOT
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import name_group
from geo.join.timeline import StepChange, StepCount, Timeline, count_speaking, count_units, find_changes

__all__ = [
    "HEIGHT", "WIDTH", "draw_slider", "draw_steps", "frame_strip", "say_change", "say_undated", "tag_slider",
    "tag_strips",
]  # fmt: skip

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
    if timeline.with_all:
        said, change = phrases.say("step_now"), ""
    else:
        said = phrases.write_date(timeline.steps[last])
        change = say_change(phrases, find_changes(timeline)[last], timeline.by)
    return tag_slider(phrases, phrases.say("steps_by", timeline.by), (said, change), last, last)


def tag_slider(phrases: Catalogue, label: str, said: tuple[str, str], value: int, last: int) -> Markup:
    """Build a slider from 0 to the last step with the button that plays the steps.

    ``said`` is of the step at which it stands: when that is, and what it changes.
    """
    when, change = tag("strong", {}, said[0]), tag("small", {}, said[1]) if said[1] else ""
    text = DOT.join(filter(None, said))
    slider = {"id": "step", "type": "range", "min": "0", "max": str(last), "value": str(value), "aria-valuetext": text}
    play = {"id": "play", "type": "button", "title": phrases.say("play"), "aria-label": phrases.say("play")}
    icon = tag("svg", {"viewBox": "0 0 16 16", "aria-hidden": "true"}, tag("path", {"d": "M4 2l9 6-9 6z"}))
    return tag(
        "div", {"id": "time"},
        tag("button", play, icon),
        tag(
            "p", {"id": "step-said"},
            tag("label", {"for": "step"}, label), " ",
            tag("output", {"id": "when", "for": "step"}, when, change),
        ),
        tag("input", slider),
    )  # fmt: skip


def say_change(phrases: Catalogue, change: StepChange, by: str) -> str:
    """Say what a step changes, in a few words; empty where it changes nothing.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> say_change(phrases, StepChange(3, 1, 0), "published"), say_change(phrases, StepChange(0, 0, 2), "observed")
    ('3 new records, 1 grows old', '2 records end')
    """
    numbers = {by: change.begun, "aged": change.aged, "ended": change.ended}
    said = [(which, number) for which, number in numbers.items() if number]
    return phrases.say("comma").join(
        phrases.say_count("step_change", number, f"{which}_too" if place else which)
        for place, (which, number) in enumerate(said)
    )


def draw_steps(joined: LocalisedTable, timeline: Timeline, slots: Mapping[str, Slot]) -> Markup:
    """Return the section that tells of all steps: notes, strips, counts, and room for small maps."""
    phrases = joined.phrases
    counts = count_units(joined.table, timeline, joined.choices)
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


Counts = Mapping[str, Sequence[StepCount]]


def _draw_strips(joined: LocalisedTable, timeline: Timeline, counts: Counts, slots: Mapping[str, Slot]) -> Markup:
    phrases = joined.phrases
    places = _place_steps(timeline)
    most = max(((count.named or 0) + count.old for each in counts.values() for count in each), default=0) or 1
    heard = count_speaking(joined.table, timeline)
    speaking, loudest = [StepCount(each) for each in heard], max(heard, default=0) or 1
    reported = _draw_strip(speaking, places, loudest, SOFT, _say_strip(phrases, speaking, timeline))
    strips = (
        (
            name_group(joined, group),
            _draw_strip(each, places, most, slots[group].colour, _say_strip(phrases, each, timeline)),
        )
        for group, each in counts.items()
    )
    ends = (phrases.write_date(timeline.steps[place]) for place in (0, -1))
    # What is reported comes first: where it rises with a group's strip, more is told, and perhaps no more is there.
    sources = phrases.say("strips_sources", n=phrases.write_number(loudest))
    return tag_strips([(sources, reported), *strips], ends, phrases.say("strips_caption", n=phrases.write_number(most)))


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


def _draw_strip(counts: Sequence[StepCount], places: Sequence[float], most: int, colour: str, said: str) -> Markup:
    """Draw bars where units are named, a line where none is, and a pale field where no record stands.

    Behind them hollow bars, higher by the units of which only records speak that are out of date.
    """
    named, old = [count.named or 0 for count in counts], [count.old for count in counts]
    heights: dict[str, Sequence[float]] = {
        "old": [one + other if any(old) else 0 for one, other in zip(named, old, strict=True)],
        colour: named,
        INK: [most / HEIGHT if (count.named, count.old) == (0, 0) else 0 for count in counts],
        CELL: [most if (count.named, count.old) == (None, 0) else 0 for count in counts],
    }
    looks = {fill: {"fill": fill} for fill in heights} | {"old": {"fill": PAPER, "stroke": colour}}
    outlines = {fill: _trace_bars([HEIGHT * each / most for each in tall], places) for fill, tall in heights.items()}
    return frame_strip(said, (tag("path", {"d": line, **looks[fill]}) for fill, line in outlines.items() if line))


def _trace_bars(heights: Sequence[float], places: Sequence[float]) -> str:
    """Trace the outlines of bars that stand beside each other, from where each begins to where the next does.

    Examples
    --------
    >>> _trace_bars([0, 34, 34, 17.25], [0, 10, 20, 30, 40])
    'M10 34V0H30V16.8H40V34z'
    """
    drawn = ""
    for place, height in enumerate(heights):
        if height == (heights[place - 1] if place else 0):
            continue
        if not height:
            drawn += f"H{places[place]:.4g}V{HEIGHT}z"
        elif place and heights[place - 1]:
            drawn += f"H{places[place]:.4g}V{HEIGHT - height:.3g}"
        else:
            drawn += f"M{places[place]:.4g} {HEIGHT}V{HEIGHT - height:.3g}"
    return drawn + (f"H{places[-1]:.4g}V{HEIGHT}z" if heights and heights[-1] else "")


def frame_strip(said: str, marks: Iterable[Markup]) -> Markup:
    """Return the picture of a strip, which is read out as is said."""
    view = {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "preserveAspectRatio": "none", "role": "img", "aria-label": said}
    return tag("svg", view, marks)


MOST_SAID = 8


def _say_strip(phrases: Catalogue, counts: Sequence[StepCount], timeline: Timeline) -> str:
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


def _say_count(phrases: Catalogue, count: StepCount, both: str = "step_old") -> str:
    old = phrases.write_number(count.old)
    if count.named is None:
        return phrases.say("step_only_old", n=old) if count.old else phrases.say("gap")
    named = phrases.write_number(count.named)
    return phrases.say(both, named=named, n=old) if count.old else named


def _draw_counts(joined: LocalisedTable, timeline: Timeline, counts: Counts) -> Markup:
    phrases = joined.phrases
    shorts = (joined.table.groups[group].short for group in counts)
    heads = [phrases.say("steps_by", timeline.by), phrases.say("step_changes"), phrases.say("step_sources"), *shorts]
    rows = (
        tag_row(
            tag("a", {"href": f"#as_of={step}"}, phrases.write_date(step)),
            [
                say_change(phrases, change, timeline.by),
                phrases.write_number(heard),
                *(_say_count(phrases, each[place], "step_cell") for each in counts.values()),
            ],
        )
        for place, (step, change, heard) in enumerate(
            zip(timeline.steps, find_changes(timeline), count_speaking(joined.table, timeline), strict=True)
        )
    )
    is_old = any(count.old for each in counts.values() for count in each)
    caption = phrases.say("steps_caption_old" if is_old else "steps_caption")
    return tag_table({"id": "steps"}, map(say_name, heads), rows, caption)
