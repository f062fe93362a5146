"""The gazetteer: 34 provinces whose codes and names cannot be mistaken for one another."""

import subprocess
import sys
from collections import Counter

import pytest

from geo.errors import BoundaryError
from geo.read.boundaries.gazetteer import COLUMNS, parse_gazetteer, read_gazetteer

ISO_3166_2 = """
    BAL BAM BDG BDS BGL DAY FRA FYB GHA GHO HEL HER JOW KAB KAN KAP KDZ
    KHO KNR LAG LOG NAN NIM NUR PAN PAR PIA PKA SAM SAR TAK URU WAR ZAB
"""
HEAD = ",".join(COLUMNS)
ROW = "AF-KAB,AF01,AF.KB,Kabul,کابل,Cabul;Kabol,Capital,Kabul,34.52813,69.17233,5029850"


def fold(name):
    """Fold harder than the matcher may, so that no rule of folding can make two provinces one."""
    letters = {"ي": "ی", "ك": "ک", "ۍ": "ی", "ګ": "گ", "ړ": "ر"}
    return "".join(letters.get(letter, letter) for letter in name.casefold() if letter.isalpha())


def test_holds_the_34_codes_of_iso_3166_2():
    assert sorted(read_gazetteer().units) == [f"AF-{code}" for code in ISO_3166_2.split()]
    assert all(code == unit.code for code, unit in read_gazetteer().units.items())


@pytest.mark.parametrize("field", ["pcode", "hasc", "name", "name_fa", "capital"])
def test_no_two_provinces_share(field):
    values = [getattr(unit, field) for unit in read_gazetteer().units.values()]
    assert len(set(values)) == 34


def test_p_codes_are_the_34_of_ocha():
    assert sorted(unit.pcode for unit in read_gazetteer().units.values()) == [f"AF{n:02d}" for n in range(1, 35)]


@pytest.mark.parametrize(
    ("code", "pcode", "name", "name_fa"),
    [
        ("AF-PIA", "AF13", "Paktia", "پکتیا"),
        ("AF-PKA", "AF12", "Paktika", "پکتیکا"),
        ("AF-PAN", "AF08", "Panjshir", "پنجشیر"),
        ("AF-PAR", "AF03", "Parwan", "پروان"),
        ("AF-DAY", "AF24", "Daykundi", "دایکندی"),
        ("AF-URU", "AF25", "Uruzgan", "ارزگان"),
        ("AF-KAB", "AF01", "Kabul", "کابل"),
    ],
)
def test_provinces_that_are_often_mistaken(code, pcode, name, name_fa):
    unit = read_gazetteer().units[code]
    assert (unit.pcode, unit.name, unit.name_fa) == (pcode, name, name_fa)


def test_every_spelling_means_one_province():
    spellings = {
        (fold(name), unit.code)
        for unit in read_gazetteer().units.values()
        for name in (unit.name, unit.name_fa, *unit.aliases)
    }
    counts = Counter(name for name, _ in spellings)
    assert [name for name, count in counts.items() if count > 1] == []
    assert "" not in counts


def test_paktya_is_paktia_and_not_paktika():
    units = read_gazetteer().units
    assert {"Paktya", "Paktiya"} <= set(units["AF-PIA"].aliases)
    assert units["AF-PKA"].aliases == ()


def test_regions_are_ochas_and_hold_each_province_once():
    gazetteer = read_gazetteer()
    assert gazetteer.region_author == "OCHA"
    assert gazetteer.regions["Eastern"] == ("AF-KNR", "AF-LAG", "AF-NAN", "AF-NUR")
    members = [code for codes in gazetteer.regions.values() for code in codes]
    assert sorted(members) == sorted(gazetteer.units)
    assert {name: len(codes) for name, codes in gazetteer.regions.items()} == {
        "Capital": 6, "Central Highland": 2, "Eastern": 4, "North Eastern": 4, "Northern": 5,
        "South Eastern": 4, "Southern": 5, "Western": 4,
    }  # fmt: skip


def test_the_population_is_the_sum_of_the_source():
    assert sum(unit.population or 0 for unit in read_gazetteer().units.values()) == 30_725_560


def test_parses_a_row():
    unit = parse_gazetteer(f"{HEAD}\n{ROW}\n\n", "g.csv").units["AF-KAB"]
    assert (unit.aliases, unit.capital_lat, unit.population) == (("Cabul", "Kabol"), 34.52813, 5_029_850)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "g.csv:1:1: columns none; expected columns code, pcode"),
        ("code,name\n", "g.csv:1:1: columns code, name; expected columns code, pcode"),
        (f"{HEAD}\n{ROW},more", "g.csv:2:1: 12 values"),
        (f"{HEAD}\n{ROW}\n{ROW}", "g.csv:3:1: code AF-KAB again"),
        (f"{HEAD}\n{ROW.replace('AF01', '').replace('Capital', '')}", "g.csv:2:1: no pcode, no region"),
        (f"{HEAD}\n{ROW.replace('5029850', 'many')}", "g.csv:2:1: .*'many'"),
        (f"{HEAD}\n{ROW.replace('34.52813', 'north')}", "g.csv:2:1: .*'north'"),
        (f"{HEAD}\n{ROW.replace('34.52813', 'nan')}", "g.csv:2:1: capital_lat 'nan'"),
        (f"{HEAD}\n{ROW.replace('34.52813', '1e9')}", "g.csv:2:1: capital_lat '1e9'"),
        (f"{HEAD}\n{ROW.replace('34.52813', '90.1')}", "g.csv:2:1: capital_lat '90.1'"),
        (f"{HEAD}\n{ROW.replace('5029850', '-1')}", "g.csv:2:1: population '-1'"),
        (f"{HEAD}\n{ROW.replace('5029850', '5_0')}", "g.csv:2:1: population '5_0'"),
        (f"{HEAD}\n{ROW.replace('Cabul', 'Ca' + chr(0x202E))}", "g.csv:2:1: an unprintable character in aliases"),
        (f"{HEAD}\n{ROW.replace('Cabul', 'Ca' + chr(7))}", "g.csv:2:1: an unprintable character in aliases"),
        (f"{HEAD}\n{ROW.replace('Cabul', chr(34) + 'Ca' + chr(10) + chr(34))}", "g.csv:3:1: an unprintable character"),
        (f"{HEAD}\n{ROW.replace('AF01', ' ')}", "g.csv:2:1: no pcode"),
        (f"{HEAD}\n{ROW}\n" + "x" * 200_000, "g.csv:3:1: no CSV: field larger"),
        (f"{HEAD}\n{ROW}\na\rb\n".replace("\r", "\x00\r"), "g.csv:"),
    ],
)
def test_says_what_is_wrong_with_a_gazetteer(text, message):
    with pytest.raises(BoundaryError, match=message):
        parse_gazetteer(text, "g.csv")


@pytest.mark.parametrize(
    "text", ["\x1b[2Jcode", "\u202ecode", "code," * 9000, f"{HEAD}\n" + f"{'x' * 9000}{ROW}\n" * 2]
)
def test_a_message_is_short_and_plays_no_tricks_on_a_terminal(text):
    with pytest.raises(BoundaryError) as caught:
        parse_gazetteer(text, "g.csv")
    assert not set(str(caught.value)) & {"\x1b", "\u202e"}
    assert len(str(caught.value)) < 500


def test_says_everything_that_is_wrong():
    with pytest.raises(BoundaryError) as caught:
        parse_gazetteer(f"{HEAD}\nAF-X\n{ROW}\nAF-Y\n", "g.csv")
    assert [problem.position and problem.position.line for problem in caught.value.problems] == [2, 4]


def test_reads_without_the_heavy_libraries():
    code = (
        "import sys; from geo.read.boundaries.gazetteer import read_gazetteer; read_gazetteer(); "
        "print({'geopandas', 'shapely', 'pandas', 'numpy', 'folium'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
