"""The join as a whole: frames, report, and what does not fit."""

import geopandas as gpd
import pytest
from shapely import box

from geo.api import Job, join_table
from geo.errors import BoundaryError
from geo.join.filters import Choices
from geo.join.joined_table import JoinedTable, join_presence
from geo.model import Claim, Evidence, Gazetteer, Group, Level, Moment, Place, Record, Table
from geo.read.boundaries.bundled import read_boundaries
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence

SQUARES = gpd.GeoDataFrame(geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1)], index=["K", "G"], crs=4326)


def make_table(unit: str) -> Table:
    record = Record(("a",), Place("in", (unit,)), "seen", Evidence())
    groups = {"a": Group("a", "A", "A")}
    return Table("t", {"seen": Level("seen", "Seen", 1)}, {}, groups, (record,), (Claim("a", unit, 0),))


def join_text(text: str, **choices: object) -> JoinedTable:
    gazetteer = read_gazetteer()
    table, _ = parse_presence(text.encode(), "t.yaml", gazetteer)
    return join_presence(table, gazetteer, read_boundaries(), Choices(**choices))  # type: ignore[arg-type]


def test_units_keep_their_geometry_and_claims_get_theirs() -> None:
    joined = join_presence(make_table("G"), Gazetteer({}, {}, ""), SQUARES)
    assert joined.units.geometry.equals(SQUARES.geometry)
    assert joined.units["groups"].to_dict() == {"K": 0, "G": 1}
    assert joined.claims[["code", "group", "named"]].values.tolist() == [["G", "a", True]]
    assert joined.claims.geometry.iloc[0].equals(SQUARES.loc["G", "geometry"])


def test_a_code_that_the_boundaries_lack_is_refused_by_name() -> None:
    with pytest.raises(BoundaryError, match="no unit has the code 'X'"):
        join_presence(make_table("X"), Gazetteer({}, {}, ""), SQUARES)


def test_a_code_on_two_units_is_refused() -> None:
    twice = gpd.GeoDataFrame(geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1)], index=["K", "K"], crs=4326)
    with pytest.raises(BoundaryError, match="'K' stands on two units"):
        join_presence(make_table("K"), Gazetteer({}, {}, ""), twice)


TABLE = """
groups: {a: {name: A}, b: {name: B}, many: {name: Many, kind: coalition}}
levels: {seen: {name: Seen, rank: 1}}
presence:
  - {group: a, in: [Kabul, Logar], level: seen}
  - {group: b, in: Kabul, level: seen}
  - {group: many, in: [Kabul, Herat], level: seen}
  - {group: b, region: Eastern, level: seen}
  - {group: b, in: Ghor, level: seen, finding: absent}
  - {group: a, nationwide: true, level: seen}
  - {group: b, unlocated: 4, level: seen}
"""


def test_every_record_is_accounted_for() -> None:
    report = join_text(TABLE).report
    assert set(report.named) == {"AF-KAB", "AF-LOG", "AF-HER"}
    assert set(report.region_only) == {"AF-KNR", "AF-LAG", "AF-NAN", "AF-NUR"}
    assert report.uncounted == ("AF-GHO",)
    assert len(report.uncovered) == 34 - 3 - 4 - 1
    assert (report.nationwide, report.unlocated) == ((5,), (6,))


def test_a_coalition_is_drawn_in_the_overlay_and_never_counted() -> None:
    units = join_text(TABLE).units
    assert units.loc["AF-KAB", ["groups", "count_class", "group_class"]].tolist() == [2, "n:2", "a+b+many"]
    assert units.loc["AF-HER", ["groups", "count_class", "group_class"]].tolist() == [0, "gap:other", "many"]


@pytest.mark.parametrize(
    ("groups", "nationwide", "unlocated", "hidden"),
    [
        (None, (5,), (6,), {}),
        (("a", "b", "many"), (5,), (6,), {}),
        (("b",), (), (6,), {"group": 3}),
        (("a",), (5,), (), {"group": 5}),
        (("many",), (), (), {"group": 6}),
    ],
)
def test_groups_limit_what_is_off_the_map_as_well(
    groups: tuple[str, ...] | None,
    nationwide: tuple[int, ...],
    unlocated: tuple[int, ...],
    hidden: dict[str, int],
) -> None:
    report = join_text(TABLE, groups=groups).report
    assert (report.nationwide, report.unlocated, report.hidden) == (nationwide, unlocated, hidden)


def test_a_group_that_is_not_shown_leaves_its_units_covered() -> None:
    joined = join_text(TABLE, groups=("b",))
    assert joined.units.loc["AF-LOG", "group_class"] == "gap:other"
    assert joined.shown == ("b",)


def test_records_split_or_joined_give_the_same_map() -> None:
    whole = join_text(
        "presence: [{group: [a, b], in: [Kabul, Ghor], level: reported}]\ngroups: {a: {name: A}, b: {name: B}}"
    )
    parts = "\n".join(
        f"  - {{group: {group}, in: {place}, level: reported}}" for place in ("Ghor", "Kabul") for group in "ba"
    )
    split = join_text(f"groups: {{a: {{name: A}}, b: {{name: B}}}}\npresence:\n{parts}")
    assert whole.units["group_class"].equals(split.units["group_class"])
    assert whole.footprints == split.footprints


LEFT_OUT = """
sources: {s: {title: S, date: 2021}, u: {title: U}}
levels: {l: {name: L}}
groups: {a: {name: A}, b: {name: B}}
presence:
- {group: a, in: Kabul, level: l, source: s, confidence: high}
- {group: b, in: Herat, level: l, source: u, confidence: low}
- {group: b, in: Kunar, level: l, source: s, confidence: low}
- {group: b, region: Eastern, level: l, source: s}
"""


@pytest.mark.parametrize(
    ("choices", "herat", "kunar", "laghman"),
    [
        (Choices(), "b", "b", "b~"),
        (Choices(confidence="high"), "gap:other", "gap:other", "gap:other"),
        (Choices(as_of=Moment(2021)), "gap:other", "b", "b~"),
        (Choices(as_of=Moment(2021), confidence="low"), "gap:other", "b", "gap:other"),
        (Choices(confidence="high", groups=("a",)), "gap:other", "gap:other", "gap:other"),
    ],
)
def test_what_is_left_out_is_no_silence(choices: Choices, herat: str, kunar: str, laghman: str) -> None:
    joined, _ = join_table(LEFT_OUT, Job(choices))
    classes = joined.units["group_class"]
    assert list(classes[["AF-HER", "AF-KNR", "AF-LAG"]]) == [herat, kunar, laghman]
    assert classes["AF-GHO"] == "gap:none"
    other = {code for code, key in classes.items() if key == "gap:other"}
    assert set(joined.report.uncounted) == other
    assert not other & set(joined.report.uncovered)


def test_what_was_published_later_is_silence_as_of_a_day() -> None:
    joined, _ = join_table(LEFT_OUT.replace("{title: U}", "{title: U, date: 2022}"), Job(Choices(as_of=Moment(2021))))
    assert joined.units["group_class"]["AF-HER"] == "gap:none"
