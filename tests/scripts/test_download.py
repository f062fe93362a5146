"""The table that a page offers for download has the columns and the rows of what commands export."""

from __future__ import annotations

import pytest

from geo.api import join_table, load_boundaries
from geo.draw.pages.diff import draw_diff
from geo.draw.pages.events import draw_events
from geo.draw.pages.source_comparison import draw_two_sources
from geo.export.events import list_counts
from geo.export.unit_sheets import list_claims
from geo.join.diff import find_changes
from tests.pages import read_sketch, sketch_page
from tests.scripts.node import Node
from tests.scripts.tables import make_activity
from tests.scripts.test_views import FIXED, join_fixed

WITHOUT = ("no record", "not counted")


@pytest.mark.parametrize("name", [*FIXED, "default"])
def test_the_download_is_the_export_of_claims(name: object, node: Node) -> None:
    joined = join_fixed(name)
    head, *rows = node.load(sketch_page("overlay", joined)).ask("() => kind.rows()")
    exported = list_claims(joined)
    assert head == list(exported.columns)
    claims = [["" if value is None else str(value) for value in row] for row in rows if row[3] not in WITHOUT]
    assert sorted(claims) == sorted(map(list, exported.rows))
    without = {row[0] for row in rows if row[3] in WITHOUT}
    assert without == set(joined.units.index) - {row[0] for row in exported.rows}


@pytest.mark.parametrize("kind", ["timeline", "report", "compare", "choropleth"])
def test_every_page_of_a_table_offers_the_same(kind: str, node: Node) -> None:
    joined = join_fixed("default")
    rows = node.load(sketch_page(kind, joined)).ask("() => kind.rows()")
    assert rows == node.load(sketch_page("overlay", joined)).ask("() => kind.rows()")


def test_the_download_of_two_sources_is_the_same(node: Node) -> None:
    joined = join_fixed("default")
    first, second, *_ = joined.table.sources
    rows = node.load(draw_two_sources(joined, read_sketch(), first, second)).ask("() => kind.rows()")
    assert rows == node.load(sketch_page("overlay", joined)).ask("() => kind.rows()")


@pytest.mark.parametrize("seed", range(4))
def test_the_download_of_events_begins_with_the_columns_of_counts(seed: int, node: Node) -> None:
    known, activity = load_boundaries(), make_activity(seed)
    page = draw_events(known.frame, known.gazetteer, read_sketch(), activity)
    head, *rows = node.load(page).ask("() => kind.rows()")
    counts = list_counts(activity, known.gazetteer)
    own = len(counts.columns)
    assert head == [*counts.columns, "pcode", "population"]
    assert sorted(["" if cell is None else str(cell) for cell in row[:own]] for row in rows) == sorted(
        map(list, counts.rows)
    )
    units = known.gazetteer.units
    assert {tuple(row[own:]) for row in rows} <= {(unit.pcode, unit.population) for unit in units.values()}


def test_the_download_of_a_diff_has_ids_and_names(node: Node) -> None:
    (old, new) = (
        join_table(f"{{groups: {{g: {{name: Group}}}}, presence: [{{group: g, in: [{names}]}}]}}")[0]
        for names in ("Kabul", "Kabul, Logar")
    )
    page = draw_diff(old, new, read_sketch(), find_changes(old.table, new.table))
    head, row = node.load(page).ask("() => kind.rows()")
    told = dict(zip(head, row, strict=False))
    assert [told[key] for key in ("code", "pcode", "province", "change", "group", "group_name")] == [
        "AF-LOG", "AF05", "Logar", "named", "g", "Group",
    ]  # fmt: skip
