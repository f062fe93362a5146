"""What a reader can leave out of the map: boxes beside it, of what would change anything; only a script heeds them."""

from __future__ import annotations

from collections.abc import Mapping

from geo.draw.html import Markup, tag
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import say_filters
from geo.join.filter_offers import name_value
from geo.join.filters import Choices

__all__ = ["draw_filters"]


def draw_filters(joined: LocalisedTable, offers: Mapping[str, tuple[Choices, ...]]) -> Markup:
    """Return a disclosure with a box for each filter, and a place to say what they leave out; nothing without any.

    Each value comes with the sentence that a map made with it says; but of a day, which leaves out nothing but records.
    """
    if not offers:
        return Markup("")
    phrases = joined.phrases
    clear = tag("button", {"class": "plain"}, phrases.say("filter_clear"))
    whole = tag("p", {"class": "region-note"}, phrases.say("filter_rest"))
    boxes = (_draw_box(joined, name, values) for name, values in offers.items())
    summary = tag("summary", {}, phrases.say("filter"))
    return tag(
        "section", {"id": "narrow"},
        tag("details", {}, summary, boxes, clear, whole), tag("p", {"class": "region-note", "role": "status"}),
    )  # fmt: skip


def _draw_box(joined: LocalisedTable, name: str, values: tuple[Choices, ...]) -> Markup:
    phrases = joined.phrases
    options = [tag("option", {"value": ""}, phrases.say("all"))]
    for each in values:
        day = each.as_of and phrases.write_date(each.as_of)
        said = [phrases.say("filter_day", date=day)] if day else say_filters(phrases, joined.table, each)
        look = {"value": name_value(each, name), "data-said": " ".join(said)}
        options.append(tag("option", look, _say_value(joined, each)))
    return tag("label", {}, phrases.say("filter_label", name), " ", tag("select", {"name": name}, options))


def _say_value(joined: LocalisedTable, asked: Choices) -> str:
    phrases = joined.phrases
    if asked.as_of:
        return phrases.write_date(asked.as_of)
    if asked.basis:
        return phrases.join_names([phrases.say("basis", each) for each in asked.basis], "comma")
    if asked.confidence:
        return phrases.say("confidence_value", asked.confidence)
    if asked.level:
        level = joined.table.levels[asked.level]
        return phrases.say("filter_only" if level.rank is None else "filter_above", level=level.name)
    return asked.grade or ""
