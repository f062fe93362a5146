"""The whole table: what a good one becomes, and that no bytes lead to anything but a table or a TableError."""

from __future__ import annotations

import gc
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import Problem, TableError
from geo.model import (
    Claim,
    Correction,
    Estimate,
    Evidence,
    Group,
    Heading,
    Level,
    Locator,
    LoggedChange,
    Moment,
    PartOf,
    Period,
    Place,
    Position,
    Record,
    Relation,
    Source,
    SourceCopy,
    Span,
    Statement,
    Strength,
    Table,
)
from geo.read.table.reader import parse_presence, read_presence
from tests.read.few_units import GAZETTEER

DATA = Path(__file__).parents[2] / "data"
FULL = (DATA / "full.yaml").read_bytes()
UN = Evidence(source="un")


def read(text: str | bytes, *, allow_empty: bool = False) -> tuple[Table, tuple[Problem, ...]]:
    data = text if isinstance(text, bytes) else text.encode()
    return parse_presence(data, "t.yaml", GAZETTEER, allow_empty=allow_empty)


@pytest.fixture(scope="module")
def full() -> Table:
    table, warnings = read_presence(DATA / "full.yaml", GAZETTEER)
    assert warnings == ()
    return table


def test_the_head_of_the_table(full: Table) -> None:
    assert (full.title, full.subtitle, full.byline, full.alt) == (
        "Every key",
        "Second line",
        "A. N. Analyst",
        "A map in words",
    )
    assert (full.authors, full.licence) == (("A. N. Analyst", "The Desk"), "CC-BY-4.0")
    assert full.as_of == Moment(2021, 6, 30)
    assert full.levels == {
        "cells": Level(
            "cells",
            "Sleeper cells",
            2,
            "hidden",
            Span(months=18),
            names={"fa": "هسته‌های خفته"},
            notes=(("fa", "پنهان"), ("ps", "پټ")),
        ),
        "camps": Level("camps", "Camps"),
        "attacks": Level("attacks", "Able to attack", footprint=False),
    }
    assert full.sources["un"] == Source(
        "un",
        "Twelfth report",
        "Monitoring Team",
        "United Nations",
        Moment(2021, 6),
        "https://example.org/a?b=1#c",
        "http://example.org/",
        "B",
        "read in full",
        notes=(("fa", "همه‌اش خوانده شد"),),
    )
    sha256 = "3b5d5c3712955042212316173ccf37be80017f2d0b6b7c3d9a1f5f5f0d1a3a52"
    assert full.sources["un"].copy == SourceCopy("copies/twelfth report.pdf", sha256, Moment(2021, 7, 2))
    assert list(full.sources) == ["un", "lwj", "reds", "map"]
    assert (full.sources["reds"].favours, full.sources["map"].derived) == (("red",), True)
    assert full.not_applicable == ("AF-KNR",)
    assert full.regions == {"Border": ("AF-PIA", "AF-KNR"), "North": ("AF-KAB", "AF-NAN")}
    assert full.region_names == {"Border": {"fa": "مرز"}}
    assert full.headline == "What every key is for"
    assert full.translations == {"fa": Heading("هر کلید", "سطر دوم", "هر کلید برای چیست")}


def test_the_groups(full: Table) -> None:
    parts = (
        Strength(Estimate(low=0.1), "foreigners", Evidence(), is_share=True),
        Strength(Estimate(best=12), "commanders", Evidence()),
    )
    assert full.groups["red"] == Group(
        id="red",
        name="Red Group",
        short="Red",
        kind="coalition",
        aliases=("Reds", "The Red Ones"),
        colour="#1F6f8b",
        names={"fa": "گروه سرخ", "ps-AF": "سره ډله"},
        note="A note.",
        part_of=PartOf("blue", Evidence(source="un", via="lwj", note="said to be", notes=(("fa", "گفته می‌شود"),))),
        strengths=(
            Strength(Estimate(400, 500, 600), "fighters", UN, of_which=parts),
            Strength(Estimate(best=0.25), "fighters", Evidence(), is_share=True, of="blue"),
        ),
        statements=(
            Statement("Red, it says, is red.", Evidence(source="un", quote="very red", page="12"), ("blue",)),
            Statement("Alone.", Evidence(), ("blue",), Place("in", ("AF-KAB", "AF-PIA"))),
        ),
        letters="RED",
        notes=(("fa", "یادداشت"),),
    )
    assert full.groups["blue"] == Group("blue", "Blue Group", "Blue Group", "population")


def test_the_records(full: Table) -> None:
    evidence = Evidence(
        source="un",
        via="lwj",
        basis="claimed",
        grade="2",
        confidence="moderate",
        observed=Period(Moment(2020), Moment(2021, 3)),
        note="reportedly",
        quote="their words",
        page="4-5",
        locator=Locator("these are", "and no others"),
    )
    place = Place("in", ("AF-KAB", "AF-PIA", "AF-NAN", "AF-SAR"))
    changed = Correction(Moment(2021, 5), "Sar-e Pul was left out, misread")
    said = ("inconclusive", "growing", "here and there")
    first = Record(("red", "blue"), place, "cells", evidence, *said, id="red-7f", changed=changed, open_list=True)
    assert full.records[0] == first
    assert (full.records[0].position, full.records[0].evidence.position) == (Position(80, 5), Position(94, 12))
    rest = [(record.groups, record.place, record.evidence.observed) for record in full.records[1:]]
    leap, year, last = Moment(2020, 2, 29), Moment(2021), Moment(2021, 6, 30)
    assert rest == [
        (("red",), Place("region", ("AF-KNR", "AF-PIA"), "Border"), Period(leap, None)),
        (("red",), Place("region", ("AF-KNR", "AF-NAN"), "Eastern"), Period(year, year)),
        (("blue",), Place("nationwide"), Period(None, last)),
        (("blue",), Place("unlocated", count=Estimate(best=3)), None),
        (("blue",), Place("unlocated", count=Estimate(low=2, high=4)), None),
        (("red",), Place("in", ("AF-PIA",)), None),
        (("red",), Place("in", ("AF-NAN",)), None),
    ]


def test_the_claims(full: Table) -> None:
    named = [Claim(group, code, 0) for group in ("red", "blue") for code in ("AF-KAB", "AF-PIA", "AF-NAN", "AF-SAR")]
    regions = [
        Claim("red", "AF-KNR", 1),
        Claim("red", "AF-PIA", 1),
        Claim("red", "AF-KNR", 2),
        Claim("red", "AF-NAN", 2),
    ]
    rest = [Claim("blue", None, index) for index in (3, 4, 5)]
    rest += [Claim("red", "AF-PIA", 6), Claim("red", "AF-NAN", 7)]
    assert list(full.claims) == named + regions + rest


def test_the_relations(full: Table) -> None:
    period = Period(Moment(2020, 2), Moment(2020, 2))
    evidence = Evidence(source="un", via="lwj", observed=period, note="a hedge")
    assert full.relations == (
        Relation("alliance", evidence, between=("red", "blue"), standing="discussed", what="a joint unit"),
        Relation("splinter", UN, from_group="red", to_group="blue"),
    )


def test_nothing_internal_is_kept(full: Table) -> None:
    assert "for the analyst" in FULL.decode()
    assert "for the analyst" not in repr(full)


def test_the_log_of_corrections(full: Table) -> None:
    assert full.changes == (
        LoggedChange(Moment(2021, 7), "corrected", "Sar-e Pul was left out", "Misread, says the desk.", ("red-7f",)),
        LoggedChange(
            Moment(2021, 6, 1), "added", "The newsletter of the Reds", parts=("sources/reds", "groups/red/strength")
        ),
        LoggedChange(Moment(2021), "withdrawn", "A record of Ghor", records=("red-12",)),
    )


def test_the_order_of_the_parts_makes_no_difference(full: Table) -> None:
    parts: list[str] = []
    for line in FULL.decode().splitlines(keepends=True):
        if line[0] in " #" and parts:
            parts[-1] += line
        else:
            parts.append(line)
    turned, _ = read("".join(reversed(parts)))
    assert turned == full


class TestShorthand:
    """A first map in one minute."""

    def test_a_group_is_made_of_each_name(self) -> None:
        table, warnings = read("presence: {Haqqani Network: [Kabul, Paktia], گروه: کنر, internal: x}")
        assert table.title == "Reported presence"
        assert table.levels == {"reported": Level("reported", "Reported presence")}
        assert table.groups == {
            "haqqani-network": Group("haqqani-network", "Haqqani Network", "Haqqani Network"),
            "گروه": Group("گروه", "گروه", "گروه"),
        }
        assert [record.place.units for record in table.records] == [("AF-KAB", "AF-PIA"), ("AF-KNR",)]
        assert table.records[0] == Record(("haqqani-network",), table.records[0].place, "reported", Evidence())
        assert [str(problem) for problem in warnings] == [
            "t.yaml:1:11: records in the short form, which have no source; expected records with `source`"
        ]
        assert warnings[0].severity == "warning"

    @pytest.mark.parametrize("name", ["red", "Red Group", "RED  GROUP", "Reds"])
    def test_a_group_of_the_table_goes_by_any_of_its_names(self, name: str) -> None:
        table, _ = read(f"groups: {{red: {{name: Red Group, aliases: Reds}}}}\npresence: {{{name}: Kabul}}")
        assert table.claims == (Claim("red", "AF-KAB", 0),)
        assert list(table.groups) == ["red"]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            (
                "presence: {A b: Kabul, a-B: Kabul}",
                "t.yaml:1:24: 'a-B', whose id is that of 'A b'; expected a name of its own for each group",
            ),
            ("presence: {'!': Kabul}", "t.yaml:1:12: '!' without letters; expected a name of its own for each group"),
            (
                "groups: {red: {name: Red Group}}\npresence: {Rad Group: Kabul, Redd: Kabul}",
                "t.yaml:2:12: unknown group 'Rad Group'; expected one of red\n"
                "t.yaml:2:30: unknown group 'Redd'; expected one defined under `groups`; nearest: red",
            ),
            (
                "levels: {a: {name: A}, b: {name: B}}\npresence: {Red: Kabul}",
                "t.yaml:2:11: the short form in a table with several levels; expected a list of records with `level`",
            ),
        ],
    )
    def test_what_it_cannot_say_is_an_error(self, text: str, message: str) -> None:
        with pytest.raises(TableError) as caught:
            read(text)
        assert str(caught.value) == message


HEAD = "sources: {s: {title: S}, r: {title: R}}\nas_of: 2020-06\ngroups: {a: {name: A}, b: {name: B}}\n"


def fill(*records: str, relations: tuple[str, ...] = ()) -> str:
    """A small table with these records from line 5 on, then relations."""
    lines = ["presence:", *(f"  - {{{record}}}" for record in records)]
    return HEAD + "\n".join([*lines, "relations:" if relations else "", *(f"  - {{{tie}}}" for tie in relations)])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("group: a, in: Kabul, source: s", "group: a, in: Kunar, source: s"),
        ("group: a, in: Kabul, source: s", "group: b, in: Kabul, source: s"),
        ("group: a, in: Kabul, source: s", "group: a, in: Kabul, source: r"),
        ("group: a, in: Kabul, source: s", "group: a, in: Kabul, source: s, finding: absent"),
        ("group: a, in: Kabul, source: s", "group: a, in: Kabul, source: s, basis: claimed"),
        ("group: a, in: Kabul, source: s", "group: a, in: Kabul, source: s, observed: 2020"),
        ("group: a, in: Kabul, source: s, observed: 2019", "group: a, in: Kabul, source: s, observed: 2019-01"),
        ("group: a, in: [Kunar, Nangarhar], source: s", "group: a, region: Eastern, source: s"),
        ("group: a, region: Eastern, source: s", "group: a, nationwide: true, source: s"),
        ("group: a, unlocated: 2, source: s", "group: a, unlocated: 3, source: s"),
    ],
)
def test_claims_that_differ_stand_beside_each_other(one: str, other: str) -> None:
    table, warnings = read(fill(one, other))
    assert len(table.records) == 2
    assert warnings == ()


@pytest.mark.parametrize(
    ("one", "other", "claim"),
    [
        ("group: a, in: Kabul", "group: a, in: کابل", "a, Kabul, level reported"),
        ("group: a, in: Kabul, source: s", "group: a, in: Kabul, source: s", "a, Kabul, level reported"),
        (
            "group: [a, b], in: [Kabul, Kunar], source: s, note: x",
            "group: [b, a], in: [Kunar, Paktia, Kabul], source: s, via: r, page: '3'",
            "b, Kunar, level reported, and 3 more",
        ),
        ("group: a, in: Kabul", "group: a, in: Kabul, finding: present, basis: reported", "a, Kabul, level reported"),
        ("group: a, region: Eastern", "group: a, region: EASTERN", "a, region Eastern, level reported"),
        ("group: a, nationwide: true", "group: a, nationwide: true", "a, nationwide, level reported"),
        ("group: a, unlocated: 2", "group: a, unlocated: {best: 2}", "a, unlocated, level reported"),
        (
            "group: a, in: Kabul, observed: {from: 2019, to: 2019}",
            "group: a, in: Kabul, observed: 2019",
            "a, Kabul, level reported",
        ),
    ],
)
def test_equal_claims_clash(one: str, other: str, claim: str) -> None:
    with pytest.raises(TableError) as caught:
        read(fill(one, other))
    expected = "expected each claim once, with all its pages in `page`, or another source or period"
    assert str(caught.value) == f"t.yaml:6:5: the claim of line 5 once more: {claim}; {expected}"


@pytest.mark.parametrize("id_", ["x", "7", "haqqani-3f2a", "a.b_c-d", "شناسه", "x" * 64, "Z"])
def test_an_id_tells_records_apart_and_says_nothing_else(id_: str) -> None:
    one, other = "group: a, in: Kabul, source: s, id: z", "group: a, in: Kunar, source: s"
    (table, _), (plain, _) = read(fill(one, f"{other}, id: {id_}")), read(fill(one, other))
    assert [record.id for record in table.records] == ["z", id_]
    assert table.claims == plain.claims


def test_an_id_does_not_make_two_claims_of_one() -> None:
    record = "group: a, in: Kabul, source: s, id: "
    with pytest.raises(TableError, match="the claim of line 5 once more"):
        read(fill(record + "x", record + "y"))


def test_two_records_of_one_id_are_an_error_that_names_both_lines() -> None:
    with pytest.raises(TableError) as caught:
        read(fill("group: a, in: Kabul, source: s, id: x", "id: x, group: a, in: Kunar, source: s"))
    assert str(caught.value) == "t.yaml:6:10: the id 'x' of line 5 once more; expected an id of its own for each record"


TIE = "between: [a, b], type: alliance, standing: ended, source: s"


@pytest.mark.parametrize(
    "other",
    [
        TIE.replace("alliance", "rivalry"),
        TIE.replace("ended", "emerging"),
        TIE.replace("source: s", "source: r"),
        TIE + ", via: r",
        TIE + ", observed: 2020",
        "from: a, to: b, type: alliance, standing: ended, source: s",
    ],
)
def test_relations_that_differ_stand_beside_each_other(other: str) -> None:
    assert len(read(fill("group: a, in: Kabul, source: s", relations=(TIE, other)))[0].relations) == 2


@pytest.mark.parametrize("other", [TIE, TIE.replace("a, b", "b, a") + ", note: x"])
def test_equal_relations_clash(other: str) -> None:
    with pytest.raises(
        TableError, match=r"^t\.yaml:8:5: the relation of line 7 once more; expected each relation once"
    ):
        read(fill("group: a, in: Kabul, source: s", relations=(TIE, other)))


@pytest.mark.parametrize(
    ("record", "warning"),
    [
        ("group: a, in: Kabul", "5:5: a record without a source; expected `source`"),
        (
            "group: a, in: Kabul, source: s, observed: 2021",
            "5:48: 2021 is after the table's as_of 2020-06; expected a date up to as_of",
        ),
        (
            "group: a, in: Kabul, source: s, observed: {from: 2020, to: 2020-07-01}",
            "5:65: 2020-07-01 is after the table's as_of 2020-06; expected a date up to as_of",
        ),
        (
            "group: a, in: Kabul, source: s, id: x, changed: {date: 2020-07, reason: misread}",
            "5:61: 2020-07 is after the table's as_of 2020-06; expected a date up to as_of",
        ),
        (
            "group: a, in: Kabul, source: s, changed: {date: 2020-06, reason: misread}",
            "5:38: `changed` in a record without `id`; expected `id`, by which an older table's record is known for "
            "the same; `presence fmt --ids TABLE` gives it",
        ),
    ],
)
def test_a_doubt_is_a_warning(record: str, warning: str) -> None:
    _, warnings = read(fill(record))
    assert [(str(problem), problem.severity) for problem in warnings] == [(f"t.yaml:{warning}", "warning")]


@pytest.mark.parametrize("observed", ["2020", "2020-06", "2020-06-30", "{from: 2020-06-01}", "1999-12-31"])
def test_a_date_up_to_the_cutoff_is_no_doubt(observed: str) -> None:
    assert read(fill(f"group: a, in: Kabul, source: s, observed: {observed}"))[1] == ()


def test_an_unusual_figure_is_a_warning() -> None:
    text = "groups: {a: {name: A, strength: [{best: 250001, counts: fighters}]}}\npresence: []"
    _, warnings = read(text, allow_empty=True)
    found = "t.yaml:1:41: the unusually large number 250,001; expected a figure that you have checked"
    assert [str(problem) for problem in warnings] == [found]
    assert read(text.replace("250001", "250000"), allow_empty=True)[1] == ()


@pytest.mark.parametrize("text", ["title: x", "title: x\npresence: []", "presence: {}", "presence: {internal: x}"])
def test_a_table_without_a_record_is_one_only_on_request(text: str) -> None:
    with pytest.raises(
        TableError, match=r"^t\.yaml:1:1: a table without a record, whose map would read as if no group"
    ):
        read(text)
    table, warnings = read(text, allow_empty=True)
    assert (table.records, table.claims, warnings) == ((), (), ())


def test_a_file_is_read_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TableError, match=r"none\.yaml: there is no such file"):
        read_presence(tmp_path / "none.yaml", GAZETTEER)
    (tmp_path / "t.yaml").write_text("presence: {A: Kabull}", encoding="utf-8")
    with pytest.raises(TableError) as caught:
        read_presence(tmp_path / "t.yaml", GAZETTEER)
    assert caught.value.problems[0].file == str(tmp_path / "t.yaml")
    with (tmp_path / "t.yaml").open("rb") as file:
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=file))
        with pytest.raises(TableError, match=r"^standard input:1:15: unknown province 'Kabull'"):
            read_presence("-", GAZETTEER)
    assert gc.isenabled()


LINES = FULL.decode().splitlines(keepends=True)
WORDS = sorted({word for line in LINES for word in line.replace(":", " ").replace(",", " ").split()})


@given(st.binary(max_size=100))
def test_any_bytes_give_a_table_or_an_error(data: bytes) -> None:
    survive(data)


@given(st.integers(0, len(FULL)), st.integers(0, 60), st.sampled_from(WORDS) | st.text(max_size=6))
def test_any_damage_gives_a_table_or_an_error(at: int, cut: int, put: str) -> None:
    survive(FULL[:at] + put.encode("utf-8", "surrogatepass") + FULL[at + cut :])


@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_any_lines_give_a_table_or_an_error(lines: list[str]) -> None:
    survive("".join(lines).encode())


@given(st.sampled_from(WORDS), st.sampled_from([*WORDS, "[]", "{}", "", "[a, [b]]", "{a: {b: c}}", "'1'", "~"]))
def test_any_word_for_another_gives_a_table_or_an_error(word: str, put: str) -> None:
    survive(FULL.decode().replace(word, put).encode())


def survive(data: bytes) -> None:
    """Reading ends in a table whose claims all lead to their records, or in an error that names the file."""
    try:
        table, _ = read(data, allow_empty=True)
    except TableError as error:
        assert error.problems  # noqa: PT017
        assert all(problem.file == "t.yaml" and problem.found for problem in error.problems)  # noqa: PT017
        return
    assert all(claim.group in table.groups for claim in table.claims)
    assert all(claim.group in table.records[claim.record].groups for claim in table.claims)
    assert {claim.record for claim in table.claims} == set(range(len(table.records)))
