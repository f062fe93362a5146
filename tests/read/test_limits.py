"""Every limit of a table: refused with the limit named beyond it, read up to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from geo.api import check_table, render_maps
from geo.errors import TableError
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table import reader
from tests.daily import IS_WHOLE

RECORDS = 100_000
GROUPS = [f"g{number}" for number in range(50)]


def write_records(number: int) -> Iterator[str]:
    """Write so many entries; too many are refused before one is looked at."""
    yield "presence: [" + "x," * number + "]"


def write_wide(years: int) -> Iterator[str]:
    """Write few and short records of 50 groups in 34 provinces each: 1,700 claims a line."""
    yield "groups: {" + ", ".join(f"{group}: {{name: {group}}}" for group in GROUPS) + "}\n"
    yield f"regions: {{All: [{', '.join(read_gazetteer().units)}]}}\npresence:\n"
    groups = ", ".join(GROUPS)
    yield from (f"- {{group: [{groups}], region: All, observed: {1400 + year}}}\n" for year in range(years))


def write_short(groups: int) -> Iterator[str]:
    yield "presence:\n"
    yield from (f" g{number}: [Kabul]\n" for number in range(groups))


def fill_up(size: int) -> Iterator[str]:
    begun = "presence: {A: [Kabul]}\n"
    yield begun
    yield "#" * (size - len(begun))


def nest(levels: int) -> Iterator[str]:
    """Nest lists in a mapping, which is a level itself."""
    yield "internal: " + "[" * (levels - 1) + "]" * (levels - 1)


def write_values(number: int) -> Iterator[str]:
    yield "title: [" + "a," * number + "]"


BEYOND = [
    (fill_up, 16_000_001, "t.yaml: the file is larger than 16 MB; expected a smaller table"),
    (nest, 21, "t.yaml:1:30: more than 20 levels of nesting; expected a flatter table"),
    (write_records, RECORDS + 1, "a list of 100,001; expected a list of records, at most 100,000"),
    (write_short, RECORDS + 1, "a short form of 100,001 groups; expected group names, at most 100,000"),
    (write_wide, 589, "records that make 1,001,300 claims (each group in each unit); expected at most 1,000,000"),
]
WITHIN = [(fill_up, 16_000_000), (write_wide, 20)]


if IS_WHOLE:  # takes long; test_parse.py has the same with a smaller limit
    BEYOND.append((write_values, 2_000_000, "more than 2,000,000 values; expected a smaller table"))


@pytest.mark.parametrize(("write", "number", "says"), BEYOND)
def test_a_table_beyond_a_limit_is_refused_with_the_limit_named(
    write: Callable[[int], Iterator[str]], number: int, says: str, tmp_path: Path
) -> None:
    (tmp_path / "t.yaml").write_text("".join(write(number)), "utf-8")
    with pytest.raises(TableError) as caught:
        check_table(tmp_path / "t.yaml")
    assert says in str(caught.value)


@pytest.mark.parametrize(("write", "number"), WITHIN)
def test_a_table_up_to_a_limit_is_read(write: Callable[[int], Iterator[str]], number: int, tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text("".join(write(number)), "utf-8")
    assert check_table(tmp_path / "t.yaml").table.claims


def test_twenty_levels_are_not_too_many(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text("".join(nest(20)), "utf-8")
    with pytest.raises(TableError) as caught:
        check_table(tmp_path / "t.yaml")
    assert "nesting" not in str(caught.value)


def test_claims_are_counted_to_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t.yaml").write_text("presence: {A: [Kabul, Kunar], B: [Kabul]}", "utf-8")
    monkeypatch.setattr(reader, "MOST_CLAIMS", 3)
    assert len(check_table(tmp_path / "t.yaml").table.claims) == 3
    monkeypatch.setattr(reader, "MOST_CLAIMS", 2)
    with pytest.raises(TableError, match="records that make 3 claims"):
        check_table(tmp_path / "t.yaml")


@pytest.mark.parametrize("name", ["compare", "report"])
def test_more_groups_than_a_page_of_all_pairs_has_room_for(name: str, tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text("".join(write_short(51)), "utf-8")
    way = "figure compare" if name == "compare" else "overlay"
    says = rf"51 groups are too many .* at most 50; 'presence {way} \S+t.yaml --group ID( --group ID)?' draws"
    with pytest.raises(TableError, match=says):
        render_maps(tmp_path / "t.yaml", [name])
    (tmp_path / "t.yaml").write_text("".join(write_short(50)), "utf-8")
    assert render_maps(tmp_path / "t.yaml", [name]).pages[name]


def test_a_table_wrong_everywhere_is_told_so_without_delay(tmp_path: Path) -> None:
    """Each mistake looks among all sources for the one that is meant: a look at each would take minutes."""
    sources = "".join(f" s{number}: {{title: T}}\n" for number in range(5_000))
    records = "".join(f"- {{group: g, in: Kabul, source: x{number}}}\n" for number in range(5_000))
    (tmp_path / "t.yaml").write_text(f"groups: {{g: {{name: G}}}}\nsources:\n{sources}presence:\n{records}", "utf-8")
    with pytest.raises(TableError, match="and 4950 more") as caught:
        check_table(tmp_path / "t.yaml")
    assert "nearest: s1" in str(caught.value)
