"""The page of two sources: where they contradict each other, where one is silent, and both claims of every cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import folium

from geo.draw.compose.compose_page import compose_page
from geo.draw.compose.data_block import tell_classes
from geo.draw.compose.page_content import MapView, PageContent, Section
from geo.draw.html import Markup, tag
from geo.draw.marks.legend import count_classes, describe_class, find_looks
from geo.draw.marks.map_classes import Fill, LegendRow, MapClass, Solid, Texture
from geo.draw.marks.palette import BOTH, CLASH, FIRST, INK, PAPER, SECOND
from geo.draw.marks.textures import GAP_TEXTURES
from geo.draw.pages.table_page import PageScript, describe_table, list_table_sections
from geo.draw.sections.source_comparison import draw_cells, draw_off_map_pair, name_cell, name_sources
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.localised_names import LocalisedTable, localise
from geo.draw.wording.presence import name_group
from geo.join.joined_table import JoinedTable
from geo.join.source_comparison import CLASSES, SourceComparison, compare_sources
from geo.model import Topology

__all__ = ["describe_source_comparison", "draw_two_sources"]


def _fill(size: int, colour: str) -> Markup:
    return tag("rect", {"width": str(size), "height": str(size), "fill": colour})


def _stroke(path: str, colour: str, width: str = "1.6") -> Markup:
    return tag("path", {"d": path, "stroke": colour, "stroke-width": width, "fill": "none"})


TEXTURES = {
    name: Texture(f"fill-{name}", size, turn, marks)
    for name, (size, turn, marks) in {
        "contradict": (14, 0, (_fill(14, CLASH), _stroke("M4 4l6 6m0-6l-6 6", PAPER, "2"))),
        "levels": (10, 45, (_fill(10, BOTH), _stroke("M0 2h10", CLASH, "2.4"))),
        "looked": (12, 0, (_fill(12, BOTH), _stroke("M3.5 3.5l5 5m0-5l-5 5", INK, "1.2"))),
        "part": (8, 45, (_fill(8, BOTH), tag("circle", {"cx": "4", "cy": "4", "r": "1.7", "fill": INK}))),
        "each": (14, -45, (_fill(14, FIRST), tag("rect", {"y": "7", "width": "14", "height": "7", "fill": SECOND}))),
    }.items()
}
"""The colour of agreement lies below whatever both speak of; where each names what the other does not, both hues."""

FILLS: Mapping[str, Fill] = {
    "contradict": TEXTURES["contradict"], "levels": TEXTURES["levels"], "inconclusive": TEXTURES["looked"],
    "region": TEXTURES["part"], "each": TEXTURES["each"], "first": Solid(FIRST), "second": Solid(SECOND),
    "agree": Solid(BOTH), "capability": GAP_TEXTURES["capability"], "region-only": GAP_TEXTURES["region"],
    "neither": GAP_TEXTURES["none"],
}  # fmt: skip
"""By class of :mod:`geo.join.source_comparison`."""


def draw_two_sources(
    joined: JoinedTable, topology: Topology, first: str, second: str, *, standalone: bool = True
) -> folium.Map:
    """Draw where two sources differ in presence or level, and what only one of them names.

    Examples
    --------
    >>> from geo.api import join_table
    >>> records = "[{group: a, in: Kabul, source: s}, {group: a, in: Logar, source: t}]"
    >>> known = "sources: {s: {title: S}, t: {title: T}}, groups: {a: {name: A}}"
    >>> joined, topology = join_table(f"{{{known}, presence: {records}}}")
    >>> page = draw_two_sources(joined, topology, "s", "t").get_root().render()
    >>> "Only A names it; B has no record of it" in page
    True
    """
    told = localise(joined)
    content = describe_source_comparison(told, first, second)
    return compose_page(content, told, topology, standalone=standalone)


def describe_source_comparison(joined: LocalisedTable, first: str, second: str) -> PageContent:
    """Say all that the page says."""
    choices, phrases, looks = joined.choices, joined.phrases, find_looks(joined)
    found = compare_sources(
        joined.table, joined.report.units, first, second, groups=choices.groups, roll_up=choices.roll_up
    )
    known = _list_classes(joined, first, second)
    besides = {code: describe_class(joined, looks, gap) for code, gap in joined.besides.items()}
    # Where neither counts, of what is left out it is not true that neither has it.
    left = {code: besides.get(code, known["neither"]) for code in found.classes}
    classes = {code: left[code] if each == "neither" else known[each] for code, each in found.classes.items()}
    view = MapView(
        name="sources",
        classes=classes,
        rows=_list_rows(joined, known, classes),
        headline=_write_headline(joined, found),
        summary=_write_summary(joined, found),
        note=_write_note(joined, found),
        colours={**looks.list_colours(), **{each.key: each.fill.paint for each in known.values()}},
        textures=tuple(TEXTURES.values()),
        has_large_signs=True,
    )
    sections = [
        Section("off-map", phrases.say("off_map"), draw_off_map_pair(joined, found)),
        Section("disagreement", phrases.say("nav_disagreement"), draw_cells(joined, found)),
        *list_table_sections(joined, looks).values(),
    ]
    content = describe_table(
        joined, looks, view, sections,
        PageScript("sources", ("sources",), ("precomputed_classes.js", "source_comparison.js")),
    )  # fmt: skip
    records = [
        number for number, record in enumerate(joined.table.records, 1) if record.evidence.source in (first, second)
    ]
    given = tell_classes(view, _describe_units(joined, found, left), records)
    return replace(content, data={**content.data, "given": given}, note=Markup(""))


def _list_classes(joined: LocalisedTable, first: str, second: str) -> dict[str, MapClass]:
    """List all classes by kind, in the order of the legend; it says of what date each source is."""
    phrases = joined.phrases
    signs = _list_signs(phrases)
    names = {
        side: _date_letter(joined, source, phrases.say(f"source_{side}"))
        for side, source in (("first", first), ("second", second))
    }
    return {
        kind: MapClass(
            f"between:{kind}", phrases.say("between", kind, **names), FILLS[kind], signs.get(kind, ""), (0, at)
        )
        for at, kind in enumerate(CLASSES)
    }


def _date_letter(joined: LocalisedTable, source: str, letter: str) -> str:
    date = joined.table.sources[source].date
    return joined.phrases.say("source_dated", letter=letter, date=joined.phrases.write_date(date)) if date else letter


def _list_rows(
    joined: LocalisedTable, known: Mapping[str, MapClass], classes: Mapping[str, MapClass]
) -> list[LegendRow]:
    standing = [each for kind, each in known.items() if kind != "capability"]
    return count_classes(joined, dict.fromkeys([*standing, *classes.values()]), classes.values(), ())


def _list_signs(phrases: Catalogue) -> dict[str, str]:
    """Return what stands under the names, so that no class hangs on its look alone."""
    first, second = phrases.say("source_first"), phrases.say("source_second")
    return {"contradict": "≠", "levels": "±", "inconclusive": "?", "region": "~", "each": f"{first} {second}",
            "first": first, "second": second, "agree": "="}  # fmt: skip


def _write_note(joined: LocalisedTable, found: SourceComparison) -> str:
    phrases = joined.phrases
    letters = phrases.say("source_first"), phrases.say("source_second")
    names = name_sources(phrases, joined.table, found.first, found.second)
    said = [
        phrases.say("sources_head", letter=letter, source=name) for letter, name in zip(letters, names, strict=True)
    ]
    return " ".join([*(phrases.say("stop", said=each) for each in said), phrases.say("between_order")])


def _write_headline(joined: LocalisedTable, found: SourceComparison) -> str:
    phrases = joined.phrases
    names = name_sources(phrases, joined.table, found.first, found.second)
    letters = (phrases.say("source_first"), phrases.say("source_second"))
    first, second = (
        phrases.say("sources_head", letter=letter, source=name) for letter, name in zip(letters, names, strict=True)
    )
    count, both = sum(each == "contradict" for each in found.classes.values()), found.list_units("first", "second")
    if count:
        values = {"n": phrases.write_number(count), "total": phrases.write_number(len(found.classes))}
        return phrases.say("headline_sources", first=first, second=second, **values)
    if not both:
        return phrases.say("headline_sources_apart", first=first, second=second)
    key = "headline_sources_none" if len(both) > 1 else "headline_sources_none_one"
    return phrases.say(key, first=first, second=second, n=phrases.write_number(len(both)))


def _write_summary(joined: LocalisedTable, found: SourceComparison) -> str:
    phrases = joined.phrases
    dates = {joined.table.sources[each].date for each in (found.first, found.second)}
    counts = {
        "first_count": phrases.write_number(len(found.list_units("first"))),
        "second_count": phrases.write_number(len(found.list_units("second"))),
        "both": phrases.write_number(len(found.list_units("first", "second"))),
        "total": phrases.write_number(len(found.classes)),
    }
    said = [phrases.say("sources_summary", **counts), phrases.say("sources_silence")]
    return " ".join([*said, phrases.say("sources_dates")] if len(dates) > 1 else said)


def _describe_units(
    joined: LocalisedTable, found: SourceComparison, left: Mapping[str, MapClass]
) -> dict[str, tuple[str, ...]]:
    """Say what the sources say of each unit; of one of which they say nothing, what class it is left in."""
    lines: dict[str, list[str]] = {code: [] for code in found.classes}
    for cell in found.cells:
        name = name_cell(joined, cell.kind)
        said = joined.phrases.say("summary_one", group=name_group(joined, cell.group), rest=name)
        lines[cell.unit].append(said)
    return {code: tuple(said) or (left[code].label,) for code, said in lines.items()}
