"""What a page consists of: the view it opens with, the views it offers, its sections and scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from geo.draw.html import Markup, chain, tag, tag_section
from geo.draw.marks.palette import Slot
from geo.draw.sections.compare import draw_comparison
from geo.draw.sections.groups import draw_groups, draw_ties
from geo.draw.sections.records import draw_records
from geo.draw.sections.sources import draw_cite, draw_method, draw_sources
from geo.draw.sections.timeline import draw_steps
from geo.draw.sections.units import draw_table
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.localised_names import LocalisedTable
from geo.join.timeline import Timeline

__all__ = [
    "CHOROPLETH",
    "COMPARE",
    "CORROBORATION",
    "OVERLAY",
    "REPORT",
    "SOURCES",
    "TIMELINE",
    "PagePlan",
    "Section",
    "Timed",
    "link_sections",
    "list_sections",
]  # fmt: skip


@dataclass(frozen=True)
class PagePlan:
    """One kind of page.

    Parameters
    ----------
    view : str
        What it opens with: ``"overlay"``, ``"count"``, ``"compare"``, ``"change"`` or ``"sources"``.
    views : tuple of str
        What its reader can switch to; ``"level"`` stands for one view per group.
    sections : tuple of str
        Ids of what follows the map, in order.
    tabbed : bool
        Show one section at a time on screen; paper shows all.
    timed : bool
        Have a slider of steps in time.
    given : bool
        Its classes are worked out here, not by its script.
    """

    view: str
    views: tuple[str, ...]
    sections: tuple[str, ...]
    tabbed: bool = False
    timed: bool = False
    given: bool = False

    @property
    def scripts(self) -> tuple[str, ...]:
        """Names of the scripts it needs beyond what every page has, before the one that starts it."""
        compares = self.tabbed or "compare" in self.views
        needed = {
            "small_maps.js": compares or self.timed, "compare.js": compares, "report.js": self.tabbed,
            "slider.js": self.timed, "timeline.js": self.timed, "diff.js": self.view == "change",
            "precomputed_classes.js": self.given, "source_comparison.js": self.view == "sources",
        }  # fmt: skip
        return tuple(name for name, wanted in needed.items() if wanted)


_BASE = ("table", "claims", "groups", "ties", "sources")
CHOROPLETH = PagePlan("count", ("count", "level"), _BASE)
OVERLAY = PagePlan("overlay", ("overlay",), _BASE)
COMPARE = PagePlan("compare", ("compare",), ("compare", *_BASE))
TIMELINE = PagePlan("overlay", ("overlay", "count", "level"), ("timeline", *_BASE), timed=True)
CORROBORATION = PagePlan("count", ("count",), _BASE, given=True)
SOURCES = PagePlan("sources", ("sources",), _BASE, given=True)
REPORT = PagePlan(
    "overlay",
    ("overlay", "count", "level", "compare"),
    ("compare", "multiples", "timeline", "table", "groups", "ties", "claims", "sources", "method", "cite"),
    tabbed=True,
)


@dataclass(frozen=True, eq=False)
class Timed:
    """What a time line adds to a page: all records, joined, the steps at which they stand, and those that are shown."""

    joined: LocalisedTable
    timeline: Timeline
    shown: Timeline


@dataclass(frozen=True)
class Section:
    """A part of a page below the map: its anchor, its name in the navigation, its markup."""

    id: str
    label: str
    markup: Markup


def link_sections(sections: Iterable[Section]) -> Markup:
    """Return the navigation of a page."""
    return chain(tag("li", {}, tag("a", {"href": f"#{each.id}"}, each.label)) for each in sections)


def list_sections(
    plan: PagePlan,
    joined: LocalisedTable,
    slots: dict[str, Slot],
    compared: Sequence[str],
    data_hash: str,
    timed: Timed | None = None,
) -> list[Section]:
    """Draw the sections of a page; a comparison only where there are two groups to compare.

    On a time line the table of units is that of the last step, and all else is of all records.
    """
    phrases = joined.phrases
    now = joined
    joined = timed.joined if timed else joined
    table, linked = joined.table, "claims" in plan.sections
    makers: dict[str, tuple[str, Callable[[], Markup]]] = {
        "compare": (phrases.say("nav_compare"), lambda: draw_comparison(joined, compared, slots)),
        "multiples": (phrases.say("group_by_group"), lambda: _draw_multiples(phrases)),
        "timeline": (
            phrases.say("nav_time"),
            lambda: draw_steps(joined, timed.timeline, slots) if timed else Markup(""),
        ),
        "table": (phrases.say("nav_table"), lambda: draw_table(now, filtered=plan.tabbed, linked=linked)),
        "claims": (
            phrases.say("nav_records", n=phrases.write_number(len(table.records))),
            lambda: draw_records(joined),
        ),
        "groups": (phrases.say("groups"), lambda: draw_groups(joined, slots, charts=plan.tabbed)),
        "ties": (phrases.say("nav_ties"), lambda: draw_ties(joined, slots, diagram=plan.tabbed)),
        "sources": (
            phrases.say("nav_sources", n=phrases.write_number(len(table.sources))),
            lambda: draw_sources(joined, linked=linked),
        ),
        "method": (phrases.say("nav_method"), lambda: draw_method(joined)),
        "cite": (phrases.say("cite"), lambda: draw_cite(joined, data_hash)),
    }
    # A comparison of one group, or a time line of one step, says nothing.
    empty = {"compare": len(compared) < 2, "timeline": timed is None}
    wanted = [section for section in plan.sections if not empty.get(section)]
    return [Section(section, makers[section][0], makers[section][1]()) for section in wanted]


def _draw_multiples(phrases: Catalogue) -> Markup:
    note = tag("p", {"class": "no-script"}, phrases.say("multiples_note"))
    maps = tag("div", {"id": "multiples-maps", "class": "small-maps"})
    legend = tag("ul", {"id": "multiples-legend"})
    return tag_section("multiples", phrases.say("group_by_group"), note, legend, maps)
