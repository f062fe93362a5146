"""The table that a page offers for download has the columns and the rows of `presence export --of units`."""

from __future__ import annotations

import pytest

from geo.export.unit_sheets import list_claims
from tests.pages import sketch_page
from tests.scripts.node import Node
from tests.scripts.test_views import FIXED, join_fixed

WITHOUT = ("no record", "not counted")


@pytest.mark.parametrize("name", [*FIXED, "default"])
def test_the_download_is_the_export_of_claims(name: object, node: Node) -> None:
    joined = join_fixed(name)
    head, *rows = node.load(sketch_page("overlay", joined)).ask("csvRows")
    exported = list_claims(joined)
    assert head == list(exported.columns)
    claims = [["" if value is None else str(value) for value in row] for row in rows if row[3] not in WITHOUT]
    assert sorted(claims) == sorted(map(list, exported.rows))
    without = {row[0] for row in rows if row[3] in WITHOUT}
    assert without == set(joined.units.index) - {row[0] for row in exported.rows}
