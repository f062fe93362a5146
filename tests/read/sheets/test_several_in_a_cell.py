"""One source or level a record: several in one cell are refused or asked about, and a title with "and" stays one."""

from __future__ import annotations

import pytest

from tests.read.sheets.test_import_cases import explain, list_claims, list_told, take

HEAD = "group,in,level,source\n"
KNOWN = f"{HEAD}Red,Kabul,Camps,UN report\nBlue,Kabul,Cells,AAN\n"


def quote_cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


@pytest.mark.parametrize("sign", ["; ", ";", " and ", " & ", "/", " / ", ", ", " + "])
def test_several_sources_or_levels_in_one_text_are_refused(sign: str) -> None:
    for cells, place, kind, parts in (
        (f'Camps,"UN report{sign}AAN"', "D4", "source", ("UN report", "AAN")),
        (f'"Camps{sign}Cells",AAN', "C4", "level", ("Camps", "Cells")),
    ):
        both = sign.join(parts)
        assert explain(f"{KNOWN}Red,Khost,{cells}\n") == [
            f"error t:{place}: {both!r}, several {kind}s in one text; "
            f"expected a row for each of {parts[0]!r}, {parts[1]!r}; or the text in quotes if it is one"
        ]


def test_a_semicolon_parts_what_stands_nowhere_else() -> None:
    [first, second] = explain(f"{HEAD}Red,Khost,Camps; Cells,UN report; AAN\n")
    assert "C2: 'Camps; Cells', several levels" in first
    assert "D2: 'UN report; AAN', several sources" in second


def test_what_a_semicolon_parts_is_known_elsewhere() -> None:
    said = explain(f"{HEAD}Red,Khost,Camps,UN report; AAN\nRed,Herat,Camps,UN report and AAN\n")
    assert [each.split()[1] for each in said] == ["t:D2:", "t:D3:"]


@pytest.mark.parametrize("cell", ["Camps; Cells", "Camps / Cells", "Camps and Cells"])
def test_several_levels_in_a_cell_of_units_by_groups(cell: str) -> None:
    [said] = explain(f"province,Red,Blue\nKabul,Camps,Cells\nKhost,{cell},Camps\n")
    assert said.startswith(f"error t:B3: {cell!r}, several levels in one text; expected a row for each of 'Camps', ")
    rows = "Khost,Camps,Camps\nKhost,Cells,\n"
    assert len(list_claims(f"province,Red,Blue\nKabul,Camps,Cells\n{rows}")) == 5


def test_a_row_for_each_is_taken() -> None:
    table = take(f"{KNOWN}Red,Khost,Camps,UN report\nRed,Khost,Cells,UN report\nRed,Khost,Camps,AAN\n").table
    assert [*table.sources] == ["un-report", "aan"]
    assert len(table.records) == 5


@pytest.mark.parametrize("text", ["War; and Peace", "UN report and AAN", "UN report; AAN"])
def test_in_quotes_it_is_one(text: str) -> None:
    for column, cells in ((-1, f"Camps,{quote_cell(quote_cell(text))}"), (-2, f"{quote_cell(quote_cell(text))},AAN")):
        table = take(f"{KNOWN}Red,Khost,{cells}\n").table
        kept = [each.title for each in table.sources.values()] if column == -1 else [
            each.name for each in table.levels.values()]  # fmt: skip
        assert text in kept
        assert len(kept) == 3


@pytest.mark.parametrize("sign", [" and ", " & ", "/"])
def test_one_of_them_that_stands_elsewhere_is_asked_about(sign: str) -> None:
    text = f"UN report{sign}AAN"
    assert list_told(f"{HEAD}Red,Khost,Camps,UN report\nBlue,Khost,Camps,{text}\n") == [
        f"t:D3: {text!r}, taken for one source; expected a row for each of 'UN report', 'AAN', if they are several"
    ]


@pytest.mark.parametrize(
    "text",
    ["War and Peace", "Reuters/AFP", "Smith & Sons, 2020", "UN report, p. 12", "https://example.org/a/b&c",
     'A report, "Camps and Cells"'],
)  # fmt: skip
def test_a_title_with_such_signs_is_left_alone(text: str) -> None:
    data = f"{KNOWN}Red,Khost,Camps,{quote_cell(text)}\n"
    assert list_told(data) == []
    assert text in [each.title for each in take(data).table.sources.values()]


@pytest.mark.parametrize("level", ["Camps and bases", "Training, recruiting", "Hit-and-run", "Bases/Offices"])
def test_a_level_with_such_signs_is_left_alone(level: str) -> None:
    known = KNOWN.replace("Camps", "Sleepers")
    assert list_told(f"{known}Red,Khost,{quote_cell(level)},AAN\n") == []
