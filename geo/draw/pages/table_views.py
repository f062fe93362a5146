"""What the map of a table shows at first, in each of its views."""

from __future__ import annotations

from collections.abc import Sequence

from geo.draw.marks.legend import Looks, describe_classes, find_disputed, list_rows
from geo.draw.pages.page_content import MapView
from geo.draw.wording.captions import VIEW_KINDS
from geo.draw.wording.compare import say_off_map, write_comparison, write_comparison_headline
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import choose_headline, write_summary
from geo.join.classes import class_by_group
from geo.join.overlap import compare_footprints, measure_units

__all__ = ["view_comparison", "view_counts", "view_groups"]


def view_groups(joined: LocalisedTable, looks: Looks) -> MapView:
    """Show which groups are named in each unit: the overlay."""
    return _view(joined, looks, "overlay")


def view_counts(joined: LocalisedTable, looks: Looks) -> MapView:
    """Show how many groups are named in each unit: the choropleth."""
    return _view(joined, looks, "count")


def _view(joined: LocalisedTable, looks: Looks, name: str) -> MapView:
    classes = joined.group_classes if name == "overlay" else joined.count_classes
    headline, ours = choose_headline(joined)
    return MapView(
        name=name,
        classes=describe_classes(joined, looks, classes, name),
        rows=list_rows(joined, looks, classes, name),
        headline=headline,
        summary=f"{ours} {write_summary(joined, kinds=VIEW_KINDS[name])}".strip(),
        own_headline=ours,
        disputed=find_disputed(joined, name),
        colours=looks.list_colours(),
    )


def view_comparison(joined: LocalisedTable, looks: Looks, compared: Sequence[str]) -> MapView:
    """Show where only one, only the other and both of two groups are named, or the combinations of three."""
    shown = [group for group in joined.footprints if group in compared]
    classes = class_by_group(joined.report.units, joined.footprints, shown, joined.besides)
    overlap = compare_footprints(joined.footprints, compared, measure_units(joined.units, joined.gazetteer))
    return MapView(
        name="compare",
        classes=describe_classes(joined, looks, classes, "compare"),
        rows=list_rows(joined, looks, classes, "compare"),
        headline=write_comparison_headline(joined, overlap),
        summary=f"{write_comparison(joined, overlap)} {say_off_map(joined, compared)}".strip(),
        disputed=find_disputed(joined, "compare"),
        colours=looks.list_colours(),
    )
