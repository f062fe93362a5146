"""What the map of a table shows at first, in each of its views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo.draw.compose.page_content import MapView
from geo.draw.marks.chips import MOST_CHIPS
from geo.draw.marks.legend import (
    Looks,
    choose_chips,
    class_groups,
    describe_classes,
    find_disputed,
    list_compared_rows,
    list_rows,
)
from geo.draw.wording.captions import write_head
from geo.draw.wording.compare import write_comparison, write_comparison_headline
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import MOST_NAMES
from geo.join.classes import UnitClass, class_by_group
from geo.join.overlap import compare_footprints, measure_units

__all__ = ["view_comparison", "view_counts", "view_groups"]


def view_groups(joined: LocalisedTable, looks: Looks, shown: Sequence[str] | None = None) -> MapView:
    """Show which groups are named in each unit: the overlay; ``shown`` are those of a table in time as a whole.

    Chips say with each name which they are, so that no colour says it alone; of more groups than bands tell apart the
    colour is a shade for how many are named.
    """
    shown = joined.shown if shown is None else shown
    classes = class_groups(joined, shown)
    view = _view(joined, looks, "overlay", classes)
    if len(shown) > MOST_CHIPS:
        return view
    return replace(view, signs={}, chips=choose_chips(joined, looks, classes, shown))


def view_counts(joined: LocalisedTable, looks: Looks) -> MapView:
    """Show how many groups are named in each unit: the choropleth."""
    return _view(joined, looks, "count", joined.count_classes)


def _view(joined: LocalisedTable, looks: Looks, name: str, classes: Mapping[str, UnitClass]) -> MapView:
    head = write_head(joined)
    return MapView(
        name=name,
        classes=describe_classes(joined, looks, classes, name),
        rows=list_rows(joined, looks, classes, name),
        headline=head.headline,
        summary=head.deck,
        own_headline=head.ours,
        disputed=find_disputed(joined),
        colours=looks.list_colours(),
    )


def view_comparison(joined: LocalisedTable, looks: Looks, compared: Sequence[str]) -> MapView:
    """Show where only one, only the other and both of two groups are named, or the combinations of three."""
    joined = replace(joined, shown=tuple(group for group in joined.footprints if group in compared))
    classes = class_by_group(joined.report.units, joined.footprints, joined.shown, joined.besides)
    overlap = compare_footprints(joined.footprints, compared, measure_units(joined.units, joined.gazetteer))
    return MapView(
        name="compare",
        classes=describe_classes(joined, looks, classes, "compare"),
        rows=list_compared_rows(joined, looks, classes, compared),
        headline=write_comparison_headline(joined, overlap),
        summary=write_comparison(joined, overlap, most=MOST_NAMES),
        disputed=find_disputed(joined),
        colours=looks.list_colours(),
        chips=choose_chips(joined, looks, classes, joined.shown),
    )
