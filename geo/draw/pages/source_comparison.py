"""The page of two sources: where they contradict each other, where one is silent, and both claims of every cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial

import folium

from geo.draw.html import Markup, tag
from geo.draw.marks.legend import LegendRow
from geo.draw.marks.palette import INK, PAPER
from geo.draw.marks.textures import Textures
from geo.draw.pages.compose import draw_view
from geo.draw.pages.page_plan import SOURCES, Section
from geo.draw.pages.precomputed_classes import PrecomputedClasses
from geo.draw.sections.source_comparison import draw_cells, draw_off_map_pair, name_cell, name_sources
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.localised_names import LocalisedTable, localise
from geo.draw.wording.presence import name_group
from geo.join.joined_table import JoinedTable
from geo.join.source_comparison import CLASSES, SourceComparison, compare_sources
from geo.model import Topology

__all__ = ["draw_two_sources"]

DEEP, MIDDLE, LIGHT, CALM = "#593352", "#c59a8c", "#f4ebe2", "#abd9cd"
"""No hue of a group: the more they differ, the darker; where they agree, another hue."""


def _fill(size: int, colour: str) -> Markup:
    return tag("rect", {"width": str(size), "height": str(size), "fill": colour})


def _stroke(path: str, colour: str, width: str = "1.6") -> Markup:
    return tag("path", {"d": path, "stroke": colour, "stroke-width": width, "fill": "none"})


TEXTURES: Textures = {
    "contradict": (14, 0, (_fill(14, DEEP), _stroke("M4 4l6 6m0-6l-6 6", PAPER, "2"))),
    "levels": (9, 45, (_fill(9, MIDDLE), _stroke("M0 2h9", INK, "2"))),
    "looked": (12, 0, (_fill(12, MIDDLE), _stroke("M3.5 3.5l5 5m0-5l-5 5", INK, "1.2"))),
    "part": (8, 45, (_fill(8, MIDDLE), tag("circle", {"cx": "4", "cy": "4", "r": "1.7", "fill": INK}))),
    "each": (8, 0, (_fill(8, LIGHT), _stroke("M0 2h8M2 0v8", DEEP, "1.2"))),
    "first": (8, 0, (_fill(8, LIGHT), _stroke("M0 2h8", DEEP, "1.2"))),
    "second": (8, 0, (_fill(8, LIGHT), _stroke("M2 0v8", DEEP, "1.2"))),
}
"""Lines lie for the first source and stand for the second; where each names what the other does not, they cross."""

LOOKS = {
    "contradict": "url(#fill-contradict)", "levels": "url(#fill-levels)", "inconclusive": "url(#fill-looked)",
    "region": "url(#fill-part)", "each": "url(#fill-each)", "first": "url(#fill-first)",
    "second": "url(#fill-second)", "agree": CALM, "region-only": "url(#fill-region)", "neither": "url(#fill-none)",
}  # fmt: skip


def draw_two_sources(
    joined: JoinedTable, topology: Topology, first: str, second: str, *, standalone: bool = True
) -> folium.Map:
    """Draw where two sources differ in presence or level, and what only one of them names.

    Parameters
    ----------
    joined : JoinedTable
        From :func:`geo.join.joined_table.join_presence`; of its choices, groups and roll-up are honoured.
    topology : Topology
        Thinned boundaries for display.
    first, second : str
        Ids of the two sources.
    standalone : bool
        See :func:`geo.draw.pages.overlay.draw_overlay`.

    Returns
    -------
    folium.Map
        Inside our page.

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
    return draw_view(
        localise(joined), topology, SOURCES, give=partial(_give, first=first, second=second), standalone=standalone
    )


def _give(joined: LocalisedTable, first: str, second: str) -> PrecomputedClasses:
    phrases = joined.phrases
    choices = joined.choices
    found = compare_sources(
        joined.table, joined.report.units, first, second, groups=choices.groups, roll_up=choices.roll_up
    )
    signs = _list_signs(phrases)
    classes = {code: _find_key(joined, code, each) for code, each in found.classes.items()}
    off_map = Section("off-map", phrases.say("off_map"), draw_off_map_pair(joined, found))
    cells = Section("disagreement", phrases.say("nav_disagreement"), draw_cells(joined, found))
    return PrecomputedClasses(
        view="sources",
        classes=classes,
        rows=_list_rows(joined, classes),
        headline=_write_headline(joined, found),
        summary=_write_summary(joined, found),
        note=phrases.say("between_order"),
        colours={f"between:{each}": look for each, look in LOOKS.items()},
        textures=TEXTURES,
        signs={code: signs.get(each, "") for code, each in found.classes.items()},
        lines=_describe_units(joined, found),
        records=tuple(number for number, record in enumerate(joined.table.records, 1)
                      if record.evidence.source in (first, second)),
        sections=(off_map, cells),
        off_map=Markup(""),
    )  # fmt: skip


BESIDES = ("gap:other", "gap:na")


def _find_key(joined: JoinedTable, code: str, kind: str) -> str:
    """Return the class of a unit; where neither counts, of what is left out it is not true that neither has it."""
    key = f"between:{kind}"
    return joined.besides.get(code, key) if kind == "neither" else key


def _list_rows(joined: LocalisedTable, classes: Mapping[str, str]) -> tuple[LegendRow, ...]:
    counts = Counter(classes.values())
    rows = [
        LegendRow(f"between:{kind}", joined.phrases.say("between", kind), counts[f"between:{kind}"]) for kind in CLASSES
    ]
    rows += [LegendRow(key, joined.phrases.say(f"class_{key[4:]}"), counts[key]) for key in BESIDES if key in counts]
    return tuple(rows)


def _list_signs(phrases: Catalogue) -> dict[str, str]:
    """Return what stands under the names, so that no class hangs on its look alone."""
    first, second = phrases.say("source_first"), phrases.say("source_second")
    return {"contradict": "≠", "levels": "±", "inconclusive": "?", "region": "~", "each": f"{first} {second}",
            "first": first, "second": second, "agree": "="}  # fmt: skip


def _write_headline(joined: LocalisedTable, found: SourceComparison) -> str:
    phrases = joined.phrases
    count = sum(each == "contradict" for each in found.classes.values())
    first, second = name_sources(phrases, joined.table, found.first, found.second)
    values = {"n": phrases.write_number(count), "total": phrases.write_number(len(found.classes))} if count else {}
    return phrases.say("headline_sources" if count else "headline_sources_none", first=first, second=second, **values)


def _write_summary(joined: LocalisedTable, found: SourceComparison) -> str:
    phrases = joined.phrases
    dates = {joined.table.sources[each].date for each in (found.first, found.second)}
    first, second = name_sources(phrases, joined.table, found.first, found.second)
    counts = {
        "first_count": phrases.write_number(len(found.list_units("first"))),
        "second_count": phrases.write_number(len(found.list_units("second"))),
        "both": phrases.write_number(len(found.list_units("first", "second"))),
        "total": phrases.write_number(len(found.classes)),
    }
    said = [
        phrases.say("sources_summary", first=first, second=second, **counts),
        phrases.say("sources_silence"),
    ]
    return " ".join([*said, phrases.say("sources_dates")] if len(dates) > 1 else said)


def _describe_units(joined: LocalisedTable, found: SourceComparison) -> dict[str, tuple[str, ...]]:
    phrases = joined.phrases
    lines: dict[str, list[str]] = {code: [] for code in found.classes}
    for cell in found.cells:
        said = phrases.say("summary_one", group=name_group(joined, cell.group), rest=name_cell(joined, cell.kind))
        lines[cell.unit].append(said)
    neither = phrases.say("between", "neither")
    besides = {key: phrases.say(f"class_{key[4:]}") for key in BESIDES}
    return {
        code: tuple(said) or (besides.get(_find_key(joined, code, "neither"), neither),) for code, said in lines.items()
    }
