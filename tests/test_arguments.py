"""What a command's options refuse, the library refuses too: one error, which lists what is valid."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely

import geo
from geo.join.joined_table import JoinedTable
from geo.model import Activity, Table
from geo.option_values import LANGUAGES

TABLE: Table = geo.read_presence("presence.yaml")
FRAME = geo.read_boundaries()
JOINED: JoinedTable = geo.join_presence(TABLE)
ACTIVITY = Activity("Events", "all", {}, (), (), (), {})
SPOKEN = ", ".join(map(repr, LANGUAGES))
DISTRICTS = FRAME.assign(region="Here")


def records(**columns: Any) -> pd.DataFrame:
    """Make a frame of one record, some of its columns as given."""
    return pd.DataFrame({"group": ["Red"], "in": ["Kabul"], "source": ["S"], **columns})


def read(source: Any, **words: Any) -> Callable[[], object]:
    return lambda: geo.read_presence(source, **words)


def bound(*words: Any, **named: Any) -> Callable[[], object]:
    return lambda: geo.read_boundaries(*words, **named)


def join(table: Any = TABLE, *words: Any, **named: Any) -> Callable[[], object]:
    return lambda: geo.join_presence(table, *words, **named)


def draw(function: Callable[..., object], joined: Any = JOINED, **words: Any) -> Callable[[], object]:
    return lambda: function(joined, **words)


def compare(groups: Any, joined: Any = JOINED, **words: Any) -> Callable[[], object]:
    return lambda: geo.compare_footprints(joined, groups, **words)


def figure(kind: Any = "overlay", joined: Any = JOINED, **words: Any) -> Callable[[], object]:
    return lambda: geo.draw_figure(joined, kind, **words)


def count(files: Any = ("no.csv",), groups: Any = None, **words: Any) -> Callable[[], object]:
    return lambda: geo.count_events(files, groups, **words)


def events(activity: Any = ACTIVITY, **words: Any) -> Callable[[], object]:
    return lambda: geo.draw_events(activity, **words)


UNDATED = geo.join_presence(geo.read_presence(records()))

REFUSED: list[tuple[Callable[[], object], str]] = [
    # read_presence
    (read("no/such.yaml"), "no/such.yaml: there is no such file"),
    (read({"group": ["Red"]}), "source of type dict; expected the path of a table, or a pandas.DataFrame"),
    (read(None), "source None; expected the path of a table"),
    (read(7), "source 7; expected the path of a table"),
    (read("presence.yaml", allow_empty="no"), "allow_empty 'no'; expected True or False"),
    (read("presence.yaml", boundaries=FRAME), "boundaries without units; expected units= with what one"),
    (read("presence.yaml", units="district"), "units without boundaries; expected boundaries="),
    (read("presence.yaml", boundaries=DISTRICTS, units=7), "units: 7; expected what a unit is called"),
    (read("presence.yaml", boundaries=pd.DataFrame(FRAME), units="district"), "a value of type DataFrame; expected a"),
    (read(records().iloc[:0]), "a table without a record.*expected a record, or allow_empty=True"),
    (read(records(group=[True])), "DataFrame:A2: the truth value True; expected text"),
    (read(records(observed=[pd.Timestamp("2020-05-01", tz="UTC")])), "DataFrame:D2: a time with a time zone"),
    (read(records(observed=[pd.Timestamp("2020-05-01 12:30")])), r"D2: a time of day.*expected a day: column\.dt"),
    (read(records(**{"in": [np.array(["Kabul"])]})), "DataFrame:B2: a value of type ndarray; expected text"),
    (read(records(**{"in": [{"Kabul": 1}]})), "DataFrame:B2: a value of type dict; expected text"),
    (read(records(unlocated=[float("inf")], **{"in": [None]})), "D2: the number inf; expected a number that can be"),
    (read(records().set_axis(["group", "in", "in"], axis=1)), "two columns 'in'; expected one column of each name"),
    (read(records().rename_axis("group")), "two columns 'group'; expected one column of each name"),
    (read(records().T.set_index([0], append=True).T), "columns in 2 levels; expected one row of names"),
    # read_boundaries
    (bound("no/such.shp"), "no/such.shp: there is no such file"),
    (bound(7), "file 7; expected the path of a file"),
    (bound("presence.yaml", layer=0), "layer 0; expected a text"),
    (bound("presence.yaml"), "the file is of no known kind; expected GeoJSON"),
    (bound(key="code"), "words that say how a file is read, without one; expected file="),
    (bound("shapefiles/provinces.shp", name="name"), "name or within without units; expected units="),
    (bound("shapefiles/provinces.shp", key="kode"), "no field 'kode'; expected one of .*code"),
    (bound("shapefiles/provinces.shp", units="county", name="nam"), "no field 'nam'; expected one of .*nearest: name"),
    (bound("shapefiles/provinces.shp", layer="x"), "no layer 'x'; expected layer= with one of its layers: layer"),
    (bound("shapefiles/provinces.shp", units="7"), "units: '7'; expected a word for a kind of area"),
    # join_presence: what is chosen
    (join(groups=["haqani"]), "no group 'haqani'; expected one of haqqani, isis-k, .*nearest: haqqani"),
    (join(groups="haqqani"), r"groups 'haqqani'; expected a list, such as \['haqqani'"),
    (join(groups=[]), "groups \\[\\]; expected some of haqqani, .*or None, which shows all"),
    (join(groups=7), "groups 7; expected a list"),
    (join(groups=[None]), "no group None; expected one of haqqani"),
    (join(level="cell"), "no level 'cell'; expected one of .*nearest: cells"),
    (join(level=2), "no level 2; expected one of"),
    (join(level=["cells"]), "no level of type list; expected one of .*cells"),
    (join(as_of=pd.NaT), "as_of of type NaTType; expected a date as 'YYYY'"),
    (join(basis="reported"), r"basis 'reported'; expected a list, such as \['reported', 'claimed'\]"),
    (join(basis=["said"]), "basis 'said'; expected one of 'reported', 'claimed', 'assessed'"),
    (join(confidence="sure"), "confidence 'sure'; expected one of 'low', 'moderate', 'high'"),
    (join(confidence=["high"]), "confidence of type list; expected one of 'low', 'moderate', 'high'"),
    (join(grade="Z9"), "grade 'Z9'; expected a letter A-E of the source, a digit 1-5"),
    (join(grade=3), "grade 3; expected a letter A-E of the source, a digit 1-5"),
    (join(as_of="June 2020"), "as_of: 'June 2020'; expected a date as YYYY"),
    (join(as_of=2020), "as_of 2020; expected a date as 'YYYY'"),
    (join(as_of=datetime(2020, 6, 14, 12, tzinfo=UTC)), "as_of '2020-06-14 12:.*; expected a day, without a"),
    (join(as_of="1900"), "none of [0-9]+ records is left by what was chosen.*or allow_empty=True"),
    (join(roll_up="yes"), "roll_up 'yes'; expected True or False"),
    (join(groups=["x"], level="y", grade="z"), "(?s)no group 'x'.*no level 'y'.*grade 'z'"),
    # join_presence: tables and shapes
    (join("presence.yaml"), r"table 'presence\.yaml'; expected a table: geo\.read_presence\(FILE\)"),
    (join(records()), "table of type DataFrame; expected a table"),
    (join(TABLE, "x.geojson"), r"a value of type str; expected a GeoDataFrame, such as geo\.read_boundaries"),
    (join(TABLE, pd.DataFrame(FRAME)), "a value of type DataFrame; expected a GeoDataFrame"),
    (join(TABLE, FRAME.geometry), "a value of type GeoSeries; expected a GeoDataFrame"),
    (join(TABLE, FRAME.drop(columns="geometry").pipe(geopandas.GeoDataFrame)), "without a column of shapes"),
    # join_presence: frame-as-boundaries
    (join(TABLE, FRAME.iloc[:0]), "no shape at all; expected polygons"),
    (join(TABLE, FRAME.set_crs(None, allow_override=True)), r"no reference system; expected one: frame\.set_crs"),
    (join(TABLE, FRAME.set_crs(3857, allow_override=True)), "numbers that look like degrees .* a map in metres"),
    (join(TABLE, DISTRICTS.set_crs(3857, allow_override=True), units="county"), "numbers that look like degrees"),
    (join(TABLE, FRAME.to_crs(32642).set_crs(4326, allow_override=True)), "places outside of the world"),
    (join(TABLE, FRAME.assign(geometry=[None, *FRAME.geometry[1:]])), r"shape 1 \(AF-BDS\) has no shape"),
    (join(TABLE, FRAME.assign(geometry=[shapely.Polygon(), *FRAME.geometry[1:]])), r"\(AF-BDS\) has no shape"),
    (join(TABLE, FRAME.assign(geometry=FRAME.representative_point())), "no areas: 34 × Point; expected polygons"),
    (join(TABLE, FRAME.assign(geometry=[FRAME.geometry.iloc[-1], *FRAME.geometry[1:]])), "while Qalat, the capital of"),
    (join(TABLE, FRAME.drop(columns=["name", "name_fa", "pcode"]).reset_index(drop=True)), "by no name or code"),
    (join(TABLE, FRAME.set_index("name", append=True)), "an index in levels"),
    (join(TABLE, FRAME.drop(columns="name"), units="county"), "no column `name`; expected boundaries="),
    # pages
    (draw(geo.draw_overlay, language="xx"), f"language 'xx'; expected one of {SPOKEN}"),
    (draw(geo.draw_overlay, language=None), f"language None; expected one of {SPOKEN}"),
    (draw(geo.draw_overlay, standalone="no"), "standalone 'no'; expected True or False"),
    (draw(geo.draw_overlay, projection="Mercator"), "projection 'Mercator'; expected one of 'equal-area', 'mercator'"),
    (draw(geo.draw_overlay, TABLE), "joined of type Table; expected a joined table: geo.join_presence"),
    (draw(geo.draw_overlay, records()), "joined of type DataFrame; expected a joined table"),
    (draw(geo.draw_choropleth, "presence.yaml"), "joined 'presence.yaml'; expected a joined table"),
    (draw(geo.draw_choropleth, count="group"), "count 'group'; expected one of 'groups', 'sources'; nearest: groups"),
    (draw(geo.draw_timeline, by="month"), "by 'month'; expected one of 'published', 'observed'"),
    (draw(geo.draw_timeline, UNDATED), "no record has a date.*`date` on the sources"),
    (draw(geo.draw_timeline, UNDATED, by="observed"), "no record.*`observed` on records"),
    (draw(geo.draw_timeline, FRAME), "joined of type GeoDataFrame; expected a joined table"),
    # figures
    (figure("heatmap"), "kind 'heatmap'; expected one of 'choropleth', 'overlay', 'compare', "),
    (figure(None), "kind None; expected one of 'choropleth'"),
    (figure(size="a5"), "size 'a5'; expected one of 'a4', 'half-page', 'slide'"),
    (figure(labels="ps"), "labels 'ps'; expected one of 'en', 'fa', 'code'"),
    (figure(language="german"), f"language 'german'; expected one of {SPOKEN}"),
    (figure(joined=TABLE), "joined of type Table; expected a joined table"),
    # comparisons
    (compare("haqqani"), "groups 'haqqani'; expected a list"),
    (compare(["haqqani"]), "1 to compare; expected at least two groups for which a record names a province: haqqani"),
    (compare([]), "0 to compare; expected at least two"),
    (compare(["haqqani", "haqqani"]), "group 'haqqani' twice; expected different groups of haqqani, isis-k"),
    (compare(["haqqani", "isiss-k"]), "no group 'isiss-k'; expected one of .*nearest: isis-k"),
    (compare(["haqqani", "taliban"]), "group 'taliban', for which none does; expected groups for which a record names"),
    (compare(["haqqani", "let"], TABLE), "joined of type Table; expected a joined table"),
    (compare(["haqqani", "let"], what_if=1), "what_if 1; expected True or False"),
    (lambda: geo.compare_all("presence.yaml"), "joined 'presence.yaml'; expected a joined table"),  # type: ignore[arg-type]
    # events
    (count("events.csv"), r"files 'events\.csv'; expected a list, such as \['events\.csv'\]"),
    (count([7]), "a file 7; expected the path of a file"),
    (count(by="decade"), "by 'decade'; expected one of 'all', 'year', 'quarter', 'month', 'week', 'day'"),
    (count(since="May"), "since: 'May'; expected a date as YYYY"),
    (count(until=2020), "until 2020; expected a date as 'YYYY'"),
    (count(places="yes"), "places 'yes'; expected True or False"),
    (count(groups=["Taliban"]), "groups of type list; expected the path of a file, or actors by group"),
    (count(groups={"taliban": "Taleban"}), "actors of 'taliban' 'Taleban'; expected a list"),
    (count(groups={"a": ["Taleban"], "b": ["Taleban"]}), "the actor 'Taleban' of two groups, 'a' and 'b'"),
    (events(JOINED), "activity of type JoinedTable; expected recorded events: geo.count_events"),
    (events(method="jenks"), "method 'jenks'; expected one of .*'fisher-jenks'"),
    (events(classes=1), "classes 1; expected a whole number from 2 to 9"),
    (events(classes="five"), "classes 'five'; expected a whole number from 2 to 9"),
    (events(language="german"), f"language 'german'; expected one of {SPOKEN}"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("call", "said"), REFUSED, ids=[f"{place}: {said[:40]}" for place, (_, said) in enumerate(REFUSED)]
)
def test_what_is_refused(call: Callable[[], object], said: str) -> None:
    with pytest.raises(geo.PresenceError, match=said) as caught:
        call()
    assert all(problem.expected for problem in caught.value.problems)


def test_one_error_tells_all_that_is_wrong() -> None:
    with pytest.raises(geo.PresenceError) as caught:
        geo.draw_figure(TABLE, "heat", size="a5", labels="xx")  # type: ignore[arg-type]
    assert len(caught.value.problems) == 4


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ({"groups": ("let",)}, ("let",)),
        ({"groups": ["Lashkar-e-Taiba"]}, ("let",)),
        ({"groups": iter(["LET", "haqqani network"])}, ("haqqani", "let")),
        ({"groups": None}, ("haqqani", "isis-k", "let")),
        ({"as_of": date(2020, 6, 14)}, ("haqqani", "isis-k", "let")),
        ({"as_of": pd.Timestamp("2020-06-14")}, ("haqqani", "isis-k", "let")),
        ({"as_of": "2020-06", "basis": ["reported"], "level": "cells"}, ("haqqani", "isis-k", "let")),
        ({"confidence": "high", "allow_empty": True}, ()),
    ],
)  # fmt: skip
def test_what_is_taken(words: dict[str, Any], shown: tuple[str, ...]) -> None:
    assert geo.join_presence(TABLE, **words).shown == shown


def test_a_name_of_two_groups_means_neither(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(
        "groups: {a: {name: Red, aliases: [Twin]}, b: {name: Blue, aliases: [Twin]}}\n"
        "sources: {s: {title: S}}\npresence: [{group: [a, b], in: Kabul, source: s}]",
        "utf-8",
    )
    with pytest.raises(geo.PresenceError, match="'Twin', which 2 groups are called; expected one of a, b"):
        geo.join_presence(geo.read_presence(path), groups=["Twin"])


@pytest.mark.parametrize(
    ("frame", "claims"),
    [
        (records().convert_dtypes(), [("red", "AF-KAB")]),
        (records(note=[pd.NA], observed=[pd.NaT], page=[None], quote=[float("nan")]), [("red", "AF-KAB")]),
        (records(**{"in": [["Kabul", pd.NA, "Kunar"]]}), [("red", "AF-KAB"), ("red", "AF-KNR")]),
        (records(**{"in": [{"Kunar", "Kabul"}]}), [("red", "AF-KAB"), ("red", "AF-KNR")]),
        (records(observed=[date(2020, 5, 1)]), [("red", "AF-KAB")]),
        (records(observed=[pd.Period("2020-05", "M")]), [("red", "AF-KAB")]),
        (records(**{"in": [None]}, unlocated=[Decimal(12)]), [("red", None)]),
        (records(**{"in": [None]}, unlocated=[np.float32(12)]), [("red", None)]),
        (records().set_index("group"), [("red", "AF-KAB")]),
        (records().set_index(["group", "in"]), [("red", "AF-KAB")]),
        (records().set_index(pd.Index([7])), [("red", "AF-KAB")]),
        (records(group=pd.Categorical(["Red"])), [("red", "AF-KAB")]),
    ],
)  # fmt: skip
def test_frame_with_na(frame: pd.DataFrame, claims: list[tuple[str, str | None]]) -> None:
    assert [(claim.group, claim.unit) for claim in geo.read_presence(frame).claims] == claims


def test_shapes_are_told_by_what_a_file_would_tell_them_by() -> None:
    by_name = FRAME.reset_index(drop=True)[["name", "geometry"]]
    joined = geo.join_presence(TABLE, by_name)
    assert list(joined.units.index) == list(FRAME.index)
    assert joined.report.named == JOINED.report.named


def test_a_frame_is_repaired_and_told_of_as_a_file_is() -> None:
    bow = shapely.Polygon([(68.9, 34.2), (69.7, 34.8), (69.7, 34.2), (68.9, 34.8)])
    twisted = FRAME.assign(geometry=[bow if code == "AF-KAB" else FRAME.geometry[code] for code in FRAME.index])
    with (
        pytest.warns(geo.PresenceWarning, match="shapes that overlap: .*AF-KAB"),
        pytest.warns(geo.PresenceWarning, match=r"borders that are not valid \(Self-intersection\): .*AF-KAB"),
    ):
        joined = geo.join_presence(TABLE, twisted)
    assert joined.units.geometry.is_valid.all()
    with pytest.warns(geo.PresenceWarning, match="no shape for Herat, which is on no map"):
        geo.join_presence(TABLE, FRAME.drop(index="AF-HER"))


def test_nothing_is_doubtful_in_what_is_right() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        geo.join_presence(TABLE, FRAME.to_crs(32642))
        geo.join_presence(TABLE, FRAME)


def test_values_show_themselves() -> None:
    assert repr(JOINED) == "<'Armed groups reported in Afghan provinces': 5 records, 9 of 34 provinces named>"
    drawn = geo.draw_figure(JOINED, "matrix", size="half-page")
    shown = drawn._repr_png_()  # type: ignore[attr-defined]
    assert shown.startswith(b"\x89PNG")
    assert shown == geo.draw_figure(JOINED, "matrix", size="half-page")._repr_png_()  # type: ignore[attr-defined]


def test_all_pairs_are_a_frame() -> None:
    pairs = geo.compare_all(JOINED)
    assert pairs[["group", "other"]].to_numpy().tolist() == [
        ["haqqani", "isis-k"],
        ["haqqani", "let"],
        ["isis-k", "let"],
    ]
    for row in pairs.itertuples():
        found = geo.compare_footprints(JOINED, [str(row.group), str(row.other)])
        assert (row.shared, row.union, row.jaccard) == (len(found.shared), len(found.union), found.jaccard)
        assert row.only_group == len(found.only[str(row.group)])
    alone = geo.compare_all(geo.join_presence(TABLE, groups=["let"]))
    assert list(alone.columns) == list(pairs.columns)
