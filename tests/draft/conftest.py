"""What tests of drafts share with those of commands."""

from __future__ import annotations

import pytest

from geo.draft import whole_text
from geo.draft.known_names import NameIndex, index_names
from geo.model import Gazetteer, Table
from tests.cli.conftest import here, run

KNOWN: dict[int, NameIndex] = {}


@pytest.fixture(autouse=True)
def names_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """List the names of a table once for all texts, which takes longer than to read a short one."""

    def index(table: Table, gazetteer: Gazetteer) -> NameIndex:
        mark = hash((table.title, *table.groups, len(table.records), len(table.regions)))
        return KNOWN.setdefault(mark, KNOWN.get(mark) or index_names(table, gazetteer))

    monkeypatch.setattr(whole_text, "index_names", index)


__all__ = ["here", "run"]
