"""The page of a table of claims, whatever its map shows: words above and below, sections, data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geo.draw.compose.dataset import describe_data
from geo.draw.compose.page_content import MapView, PageContent, Section
from geo.draw.html import Markup, tag
from geo.draw.marks.chips import MOST_CHIPS
from geo.draw.marks.legend import Looks, fold_alone, list_nets
from geo.draw.marks.textures import weave_nets
from geo.draw.pages.claims_data import build_claims_data, measure
from geo.draw.pages.filter_data import add_filters
from geo.draw.sections.compare import draw_pair_form
from geo.draw.sections.filters import draw_filters
from geo.draw.sections.grid import style_grid
from geo.draw.sections.group_rows import draw_group_rows, tells_alone
from geo.draw.sections.groups import draw_groups, draw_ties
from geo.draw.sections.records import draw_off_map, draw_records
from geo.draw.sections.sources import draw_sources
from geo.draw.sections.timeline import draw_slider, say_undated
from geo.draw.sections.units import draw_table
from geo.draw.wording.captions import (
    end_sentence,
    find_own_words,
    write_about,
    write_kicker,
    write_lede,
    write_legend_note,
    write_stamp,
)
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import describe_choices, describe_off_map
from geo.join.filter_offers import FilterOffers, find_offers
from geo.join.timeline import Timeline, find_left_out

__all__ = ["CLAIMS", "PageScript", "TableInTime", "describe_table", "list_table_sections"]

OF_GROUPS = ("claims", "report")
"""Pages that show where groups are named, as does the map that a table's author describes."""


CLAIMS = ("claims.js", "claims_panel.js")
"""What the scripts of every page of a table stand on."""
NO_OFFERS = FilterOffers()


def _list_grid_scripts(groups: Sequence[str], *, has_tools: bool) -> tuple[str, ...]:
    """Return what writes the table of units anew, and what searches and sorts it where it is looked at by itself."""
    listed = ["grid_list.js"] if len(groups) > MOST_CHIPS else []
    return ("grid.js", *listed, *(["grid_tools.js"] if has_tools else []))


def _list_claim_scripts(whole: LocalisedTable) -> Iterator[str]:
    """List what only tables need in which a group speaks for itself, or somebody is located who is no group."""
    table = whole.table
    if any(each.evidence.basis == "claimed" for each in table.records):
        yield "some_tables/own_claims.js"
    if any(table.groups[group].kind != "group" for group in whole.footprints):
        yield "some_tables/uncounted_kinds.js"


@dataclass(frozen=True)
class PageScript:
    """Which of the kinds in the browser it is, what its reader can switch to, that of the map first, and its files."""

    kind: str
    views: tuple[str, ...]
    files: tuple[str, ...] = ()
    is_filtered: bool = False
    """Whether its reader can leave out what is below a level, a grade and the like, where that changes anything."""


@dataclass(frozen=True, eq=False)
class TableInTime:
    """A table of which a page shows one step after the other.

    Parameters
    ----------
    whole : LocalisedTable
        With all records.
    timeline : Timeline
        At which steps they stand.
    steps : Timeline
        Those that the page shows; perhaps with one more, at which all records stand.
    """

    whole: LocalisedTable
    timeline: Timeline
    steps: Timeline

    @property
    def undated(self) -> str:
        """What is said of records that stand at no step, where no step shows all."""
        return "" if self.steps.with_all else say_undated(self.whole.phrases, self.timeline)

    @property
    def last(self) -> str:
        """What the last step is called, at which the page opens."""
        phrases, steps = self.whole.phrases, self.steps
        return phrases.say("step_now") if steps.with_all else phrases.write_date(steps.steps[-1])


def describe_table(
    joined: LocalisedTable,
    looks: Looks,
    view: MapView,
    sections: Sequence[Section],
    script: PageScript,
    *,
    compared: Sequence[str] = (),
    time: TableInTime | None = None,
    tabbed: bool = False,
) -> PageContent:
    """Say all that the page of a table says, whose map shows ``joined`` at first: of a time its last step."""
    whole = replace(time.whole, left_out=find_left_out(time.whole, time.timeline)) if time else joined
    told, undated = _choose_told(joined, time), time.undated if time else ""
    left_out = f"{describe_choices(told)} {undated}".strip()
    listed = any(section.id == "evidence" for section in sections)
    offers = find_offers(whole.table, whole.choices, dated=not time) if script.is_filtered else NO_OFFERS
    groups = draw_group_rows(whole, joined, looks, script.views, offers)
    notes = view.note, write_legend_note(whole)
    if "level" in script.views:
        view = replace(view, textures=[*view.textures, *weave_nets(list_nets(whole, looks))])
    data = build_claims_data(
        whole, looks, script.views, compared=compared, timeline=time.steps if time else None, listed=listed or not time,
        tabbed=tabbed,
    )  # fmt: skip
    data = add_filters(data, whole, offers) if offers else data
    data |= {"own_headline": view.own_headline} if view.own_headline else {}
    return PageContent(
        kind=script.kind,
        view=view,
        title=joined.table.title,
        kicker=write_kicker(told),
        about=write_about(joined),
        left_out=left_out,
        description=(find_own_words(told) if script.kind in OF_GROUPS else "")
        or " ".join(
            [end_sentence(joined.phrases, view.headline), write_lede(told), view.summary, *_say_off_map(joined)]
        ),
        # The line below the map stays as it is at each step.
        stamp=joined.phrases.say("stamp_whole", stamp=write_stamp(whole)) if time else write_stamp(whole),
        sections=sections,
        data=data,
        scripts=(
            *CLAIMS,
            *(["some_views/numbers_and_levels.js"] if {"count", "level"} & {*script.views} else []),
            *_list_claim_scripts(whole),
            *_list_grid_scripts(list(whole.footprints), has_tools=tabbed or bool(time)),
            *script.files,
            *_list_filter_scripts(offers),
        ),
        style=style_grid(whole.phrases.say("chip", "silent"), looks.slots, list(whole.footprints)),
        legend_note=" ".join(filter(None, notes)),
        rows=fold_alone(joined.phrases, view.rows) if groups and tells_alone(whole) else None,
        groups=groups,
        filters=draw_filters(whole, offers.list_choices()),
        note=draw_off_map(joined, linked=listed, undated=undated, groups=compared if view.name == "compare" else None),
        slider=draw_slider(joined.phrases, time.steps) if time else Markup(""),
        has_bar=len(script.views) > 1 and "overlay" in script.views,
        pair_form=draw_pair_form(joined, compared) if compared else Markup(""),
        unit_facts=measure(joined) if compared else {},
        is_tabbed=tabbed,
        dataset=describe_data(whole),
    )


def _list_filter_scripts(offers: FilterOffers) -> tuple[str, ...]:
    """List what filters need: little where only levels are left out, which every page of claims can do."""
    return (*(["filters_panel.js"] if offers else []), *(["filters.js"] if offers.of_records else []))


def _say_off_map(joined: LocalisedTable) -> list[str]:
    """Say what no map can show, each record in a sentence, for whoever does not see the note beside the map."""
    said = (describe_off_map(record, joined) for record in joined.table.records if not record.place.units)
    return [joined.phrases.say("stop", said=each) for each in said if each]


def list_table_sections(
    joined: LocalisedTable, looks: Looks, *, time: TableInTime | None = None, listed: bool = True,
    tabbed: bool = False,
) -> dict[str, Section]:  # fmt: skip
    """Draw the sections that every page of a table has, by anchor: units of ``joined``, all else of the whole.

    A page of tabs has search, charts and a diagram besides.
    """
    whole, phrases = time.whole if time else joined, joined.phrases
    units = draw_table(whole, joined, filtered=tabbed or bool(time), when=time.last if time else "")
    sources = draw_sources(whole, linked=listed)
    groups = (
        draw_groups(whole, looks.slots, charts=tabbed, listed=listed),
        draw_ties(whole, looks.slots, diagram=tabbed, listed=listed),
    )
    sections = [
        Section("table", phrases.say("nav_table"), units),
        Section("groups-and-ties", phrases.say("nav_groups"), tag("section", {"id": "groups-and-ties"}, *groups)),
        Section(
            "evidence", phrases.say("nav_evidence"), tag("section", {"id": "evidence"}, draw_records(whole), sources)
        )
        if listed
        else Section("sources", phrases.say("sources"), sources),
    ]
    return {section.id: section for section in sections}


def _choose_told(joined: LocalisedTable, time: TableInTime | None) -> LocalisedTable:
    """Return what the head of a page speaks of; that of a time line counts nothing that changes with the step."""
    if time is None or time.steps.with_all:
        return joined
    # By observation a step is no day of the table: what is known of it is known as of the table's own.
    day = joined.table.as_of if time.timeline.by == "published" else time.whole.table.as_of
    return replace(joined, table=replace(joined.table, as_of=day), report=replace(joined.report, stale=0))
