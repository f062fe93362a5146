"""A table as a STIX bundle: valid, closed, the same bytes each time, and each claim in it once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import stix2
import yaml
from hypothesis import given
from hypothesis import strategies as st
from stix2validator import ValidationOptions, validate_string

from geo.api import Choices, ExportOptions, Job, join_table, render_exports
from geo.errors import PresenceError
from geo.export.stix_bundle import CONFIDENCE, NOWHEN, write_stix
from geo.join.filters import is_stale
from geo.join.joined_table import JoinedTable
from geo.model import Record
from tests.daily import choose
from tests.hostile.plant import add_internal, dump, find_spots, plant
from tests.hostile.sweep import TURNS, turn
from tests.hostile.tables import LONG, SHORT
from tests.random_tables import choose_some, make_table

ROOT = Path(__file__).parents[2]
FULL = ROOT / "tests" / "data" / "full.yaml"
TABLES = {"default": ROOT / "presence.yaml", "three reports": ROOT / "examples" / "three-reports.yaml", "full": FULL}
MEANT = ("{103}", "{202}", "{302}")
"""Warnings of the validator that are meant: ids made of contents, coalitions somewhere, addresses without a hash."""

HEAD = """\
as_of: 2021-06
levels: {cells: {name: Cells, valid_for: 1 year}, attacks: {name: Able to attack, footprint: false}}
sources: {s: {title: A report, date: 2021-02}, t: {title: Word of mouth, author: A. Author}}
groups: {a: {name: Red}, b: {name: Blue, kind: coalition}, c: {name: Men, kind: population}}
presence:
"""
OF_A = "- {group: a, level: cells, source: s, "
Thing = dict[str, Any]


def bundle(table: str, choices: Choices | None = None) -> tuple[JoinedTable, list[Thing], tuple[str, ...]]:
    joined = join_table(table, Job(choices or Choices(), allow_empty=True))[0]
    data, told = write_stix(joined)
    return joined, json.loads(data).get("objects", []), told


def pick(things: list[Thing], kind: str, **values: object) -> list[Thing]:
    return [each for each in things if each["type"] == kind and values.items() <= each.items()]


def find_place(thing: Thing) -> str:
    """Return where in the table a thing stands."""
    places = [each["external_id"] for each in thing.get("external_references", ())
              if each["source_name"] == "presence-maps"]  # fmt: skip
    return places[0] if places else ""


def check_whole(joined: JoinedTable, things: list[Thing]) -> None:
    """Check that ids are unique, references lead to something that stands before, and each claim is there once."""
    known: dict[str, Thing] = {}
    for thing in things:
        refs = [value for key, value in thing.items() if key.endswith("_ref")]
        refs += [each for key, value in thing.items() if key.endswith("_refs") for each in value]
        assert set(refs) <= known.keys()
        assert len(set(refs) - {thing.get("created_by_ref")}) >= 1 or thing["type"] in (
            "identity", "threat-actor", "intrusion-set", "location")  # fmt: skip
        assert thing["id"] not in known
        assert thing["id"].startswith(f"{thing['type']}--")
        assert thing["created"] == thing["modified"] == things[0]["created"]
        known[thing["id"]] = thing
    names = {thing["id"]: find_place(thing).removeprefix("groups/") for thing in things}
    codes = {each["id"]: each.get("administrative_area") or find_place(each).removeprefix("units/")
             for each in pick(things, "location")}  # fmt: skip
    found: Counter[tuple[str, str, str]] = Counter()
    for thing in things:
        place = find_place(thing)
        if place.startswith("presence") and thing["type"] == "relationship":
            assert thing["relationship_type"] == "located-at"
            found[place, names[thing["source_ref"]], codes[thing["target_ref"]]] += 1
        elif place.startswith("presence") and thing["type"] == "note":
            group, *units = thing["object_refs"]
            found[place, names[group], codes[units[0]] if units else ""] += 1
    wanted: Counter[tuple[str, str, str]] = Counter()
    for index, record in enumerate(joined.table.records, 1):
        place = f"presence/{record.id}" if record.id else f"presence#{index}"
        units = record.place.units if record.place.kind == "in" else ("",)
        wanted.update((place, group, code) for group in record.groups for code in units)
    assert found == wanted
    located = pick(things, "relationship", relationship_type="located-at")
    assert len(located) == sum(len(each.groups) * len(each.place.units) for each in joined.table.records
                               if names_presence(each, joined))  # fmt: skip


def names_presence(record: Record, joined: JoinedTable) -> bool:
    is_able, is_old = joined.table.levels[record.level].is_capability, is_stale(record, joined.table)
    return record.place.kind == "in" and record.finding == "present" and not is_able and not is_old


def check_valid(data: bytes) -> None:
    """Check by the library, which allows nothing of its own making, and by the schemas and rules of the validator."""
    parsed = stix2.parse(data.decode(), allow_custom=False, version="2.1")
    assert len(parsed.get("objects", ())) == len(json.loads(data).get("objects", ()))
    found = validate_string(data.decode(), ValidationOptions(version="2.1"))
    results = [each for each in [found, *getattr(found, "object_results", [])] if each]
    assert not [error for each in results for error in each.errors or ()]
    warnings = [str(each) for result in results for each in result.warnings or ()]
    assert not [each for each in warnings if not any(known in each for known in MEANT)]


@pytest.mark.parametrize("name", [name for name in TABLES if name != "full"])
def test_a_bundle_is_valid(name: str) -> None:
    check_valid(render_exports(TABLES[name], ["stix"])["bundle.json"])


def test_a_bundle_of_every_key_is_valid_but_for_a_tag_that_the_validator_does_not_know(tmp_path: Path) -> None:
    table = FULL.read_text("utf-8")
    assert "ps-AF" in table
    path = tmp_path / "t.yaml"
    path.write_text(table.replace("ps-AF", "ps"), "utf-8")
    check_valid(render_exports(path, ["stix"])["bundle.json"])
    stix2.parse(render_exports(FULL, ["stix"])["bundle.json"].decode(), allow_custom=False, version="2.1")


@given(st.integers(0, 10**6))
def test_every_claim_of_any_table_is_in_its_bundle_once(seed: int) -> None:
    joined, things, told = bundle(make_table(seed))
    if things:
        check_whole(joined, things)
    assert told


@pytest.mark.parametrize("seed", choose(range(100), 5))
def test_a_bundle_of_any_table_is_valid(seed: int) -> None:
    data, _ = write_stix(join_table(make_table(seed), Job(allow_empty=True))[0])
    check_valid(data)


@pytest.mark.parametrize("seed", choose(range(100), 5))
def test_what_choices_leave_out_is_not_in_it(seed: int) -> None:
    table = make_table(seed)
    joined, things, _ = bundle(table, choose_some(seed, table))
    if things:
        check_whole(joined, things)


@pytest.mark.parametrize("number", choose(range(0, len(TURNS)), 3))
@pytest.mark.parametrize("table", [LONG, SHORT], ids=["long", "short"])
def test_hostile_texts_stay_texts(table: dict[str, Any], number: int) -> None:
    planted = dump(plant(table, turn([spot for spot in find_spots(table) if spot.is_free], number)))
    joined = join_table(planted.decode())[0]
    data, _ = write_stix(joined)
    check_whole(joined, json.loads(data)["objects"])
    stix2.parse(data.decode(), allow_custom=False, version="2.1")


@pytest.mark.parametrize("form", ["stix", "datapackage"])
def test_nothing_internal_is_in_it(form: str, tmp_path: Path) -> None:
    for name, table in (("told", add_internal(LONG, lambda: "Zq7secret")), ("untold", LONG)):
        (tmp_path / f"{name}.yaml").write_bytes(dump(table))
    told, untold = (render_exports(tmp_path / f"{name}.yaml", [form]) for name in ("told", "untold"))
    assert told == untold
    assert not any(b"Zq7secret" in data for data in told.values())


@pytest.mark.parametrize("form", ["stix", "datapackage"])
def test_the_bytes_do_not_hang_on_the_seed_of_hashes_or_the_time_zone(form: str, tmp_path: Path) -> None:
    made = []
    for seed, zone in (("1", "Asia/Kabul"), ("2", "America/Lima")):
        words = [sys.executable, "-m", "geo", "export", str(FULL), "--format", form, "-q", "-o", str(tmp_path / seed)]
        subprocess.run(words, check=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone})
        made.append({path.name: path.read_bytes() for path in (tmp_path / seed).iterdir()})
    assert made[0] == made[1] == render_exports(FULL, [form])


PLACES = {
    "in Kabul": ("relationship", "in: Kabul", 1),
    "in two": ("relationship", "in: [Kabul, Kunar]", 2),
    "absent": ("note", "in: Kabul, finding: absent", 1),
    "inconclusive": ("note", "in: Kabul, finding: inconclusive", 1),
    "a region": ("note", "region: Eastern", 1),
    "nationwide": ("note", "nationwide: true", 1),
    "unlocated": ("note", "unlocated: 12", 1),
    "nobody in a region": ("note", "region: Eastern, finding: absent", 1),
}


@pytest.mark.parametrize("name", PLACES)
def test_only_what_is_named_as_present_is_located(name: str) -> None:
    kind, place, number = PLACES[name]
    _, things, _ = bundle(HEAD + f"{OF_A}{place}}}")
    of_records = [each for each in things if find_place(each) == "presence#1" and each["type"] != "opinion"]
    assert [each["type"] for each in of_records] == [kind] * number
    assert len(pick(things, "location")) == (number if "in: " in place else 0)


AGED = {"in time": ("observed: 2020-12", True), "out of date": ("observed: 2019-02", False), "undated": ("", True)}


@pytest.mark.parametrize("name", AGED)
def test_what_is_out_of_date_is_in_words_and_counted(name: str) -> None:
    observed, is_located = AGED[name]
    joined, things, told = bundle(HEAD + f"{OF_A}in: [Kabul, Kunar], {observed or 'trend: growing'}}}")
    assert bool(joined.footprints["a"].named) == is_located
    located = pick(things, "relationship", relationship_type="located-at")
    notes = [each for each in things if find_place(each) == "presence#1" and each["type"] == "note"]
    assert (len(located), len(notes)) == ((2, 0) if is_located else (0, 2))
    assert ("2 claims out of date" in told[1]) != is_located
    for note in notes:
        assert "Out of date: it was taken to stand for 1 year." in note["content"]
        assert "out-of-date" in note["labels"]
        assert note["object_refs"][1].startswith("location--")


UNDATED = "u: {title: U, grade: B, archived: 'https://archive.example/abc', favours: [b], note: Heard twice}"


@pytest.mark.parametrize("role", ["source: u", "source: s, via: u"])
def test_all_of_a_source_without_a_date_stands_in_references(role: str) -> None:
    records = f"- {{group: a, in: Kabul, level: cells, {role}}}"
    _, things, _ = bundle(HEAD.replace("sources: {", f"sources: {{{UNDATED}, ") + records)
    (claim,) = pick(things, "relationship")
    (said,) = [each["description"] for each in claim["external_references"] if each.get("external_id") == "sources/u"]
    for text in ("U, no date given", "Admiralty grade of the source: B.", "Heard twice.", "It speaks for Blue.",
                 "A copy that stays: https://archive.example/abc"):  # fmt: skip
        assert text in said


def test_what_a_group_can_do_is_no_presence() -> None:
    _, things, told = bundle(HEAD + "- {group: a, in: Kabul, level: attacks, source: s}")
    assert not pick(things, "relationship")
    assert "and not that it is there" in pick(things, "note")[0]["content"]
    assert "1 claim of what a group can do" in told[1]


@pytest.mark.parametrize(("group", "kind"), [("a", "threat-actor"), ("b", "intrusion-set"), ("c", "identity")])
def test_groups_are_what_the_table_says_they_are(group: str, kind: str) -> None:
    _, things, _ = bundle(HEAD + f"- {{group: {group}, in: Kabul, level: cells, source: s}}")
    located = pick(things, "relationship", relationship_type="located-at")[0]
    assert located["source_ref"].startswith(f"{kind}--")
    assert [each["identity_class"] for each in pick(things, "identity")] == ["group"]


@pytest.mark.parametrize(
    ("observed", "start", "stop"),
    [
        ("2020", "2020-01-01T00:00:00.000Z", "2020-12-31T23:59:59.999Z"),
        ("2020-02-29", "2020-02-29T00:00:00.000Z", "2020-02-29T23:59:59.999Z"),
        ("{from: 2020-03}", "2020-03-01T00:00:00.000Z", None),
        ("{to: 2020-03}", None, "2020-03-31T23:59:59.999Z"),
        (None, None, None),
    ],
)
def test_a_claim_is_dated_as_far_as_the_table_dates_it(observed: str | None, start: str, stop: str) -> None:
    lasting = HEAD.replace(", valid_for: 1 year", "")
    _, things, _ = bundle(lasting + f"{OF_A}in: Kabul{f', observed: {observed}' if observed else ''}}}")
    claim = pick(things, "relationship")[0]
    assert (claim.get("start_time"), claim.get("stop_time")) == (start, stop)


@pytest.mark.parametrize("confidence", [*CONFIDENCE, None])
def test_confidence_is_the_analysts_own_and_never_a_grade(confidence: str | None) -> None:
    _, things, _ = bundle(HEAD + f"{OF_A}in: Kabul, grade: 1{f', confidence: {confidence}' if confidence else ''}}}")
    claim = pick(things, "relationship")[0]
    assert claim.get("confidence") == {"low": 15, "moderate": 50, "high": 85, None: None}[confidence]
    assert "grade:1" in claim["labels"]


def test_a_dated_source_is_a_report_and_another_a_reference() -> None:
    _, things, told = bundle(HEAD + f"{OF_A}in: Kabul}}\n- {{group: b, in: Kunar, level: cells, source: t}}")
    report = pick(things, "report")
    assert [(each["name"], each["published"]) for each in report] == [("A report", "2021-02-28T00:00:00.000Z")]
    first, second = pick(things, "relationship")
    assert report[0]["object_refs"] == [first["id"]]
    assert second["external_references"][1] == {
        "source_name": "Word of mouth", "description": "A. Author, Word of mouth, no date given.",
        "external_id": "sources/t"}  # fmt: skip
    assert "1 source without a date (in references)" in told[1]


DISPUTES = {
    "present and absent": (f"{OF_A}in: Kabul}}\n{OF_A}in: Kabul, finding: absent}}", 1),
    "absent as two say": (f"{OF_A}in: Kabul}}\n{OF_A}in: Kabul, finding: absent}}\n"
                          "- {group: a, in: Kabul, level: cells, source: t, finding: absent}", 1),
    "of another group": (f"{OF_A}in: Kabul}}\n- {{group: b, in: Kabul, level: cells, finding: absent}}", 0),
    "elsewhere": (f"{OF_A}in: Kabul}}\n{OF_A}in: Kunar, finding: absent}}", 0),
    "nobody is sure": (f"{OF_A}in: Kabul}}\n{OF_A}in: Kabul, finding: inconclusive}}", 0),
    "present once": (f"{OF_A}in: Kabul, observed: 2019}}\n{OF_A}in: Kabul, finding: absent}}", 0),
    "absent once": (f"{OF_A}in: Kabul}}\n{OF_A}in: Kabul, finding: absent, observed: 2019}}", 0),
    "the country": (f"{OF_A}nationwide: true}}\n{OF_A}in: Kabul, finding: absent}}", 0),
}  # fmt: skip


@pytest.mark.parametrize("name", DISPUTES)
def test_an_opinion_stands_where_both_stand(name: str) -> None:
    records, number = DISPUTES[name]
    joined, things, _ = bundle(HEAD + records)
    opinions = pick(things, "opinion")
    assert len(opinions) == number
    assert sum(len(pick([each], "opinion")[0]["authors"]) for each in opinions) == (
        2 if name == "absent as two say" else number)  # fmt: skip
    assert bool(number) == any(each.disputed for each in joined.footprints.values())
    claims = {each["id"] for each in pick(things, "relationship", relationship_type="located-at")}
    assert all(set(each["object_refs"]) <= claims and each["opinion"] == "disagree" for each in opinions)
    assert any("out-of-date" in each.get("labels", ()) for each in things) == any(
        is_stale(record, joined.table) for record in joined.table.records
    )


TIES = {
    "{between: [a, b], type: alliance, standing: existing}": "relationship",
    "{between: [a, b], type: rivalry, standing: emerging}": "relationship",
    "{from: a, to: b, type: splinter}": "relationship",
    "{between: [a, b], type: alliance, standing: ended}": "note",
    "{between: [a, b], type: alliance, standing: discussed}": "note",
    "{between: [a, b], type: alliance, standing: disputed}": "note",
    "{between: [a, b, c], type: alliance, standing: existing}": "note",
}


@pytest.mark.parametrize("tie", TIES)
def test_a_tie_is_a_relationship_where_two_groups_have_it(tie: str) -> None:
    _, things, _ = bundle(f"{HEAD}{OF_A}in: Kabul}}\nrelations: [{tie}]")
    (found,) = [each for each in things if find_place(each) == "relations#1"]
    assert (found["type"], found.get("relationship_type")) == (
        TIES[tie], "related-to" if TIES[tie] == "relationship" else None)  # fmt: skip


@pytest.mark.parametrize(
    ("table", "day"),
    [
        ("as_of: 2020-02\nsources: {s: {title: S, date: 2021}}", "2020-02-29"),
        ("sources: {s: {title: S, date: 2021-02}, t: {title: T, date: 2020}}", "2021-02-28"),
        ("sources: {s: {title: S}}", str(NOWHEN)),
    ],
)
def test_the_day_of_a_bundle_is_the_tables_or_its_last_sources_or_nobodys(table: str, day: str) -> None:
    _, things, told = bundle(f"{table}\ngroups: {{a: {{name: A}}}}\npresence: [{{group: a, in: Kabul, source: s}}]")
    assert {each["created"] for each in things} == {f"{day}T00:00:00.000Z"}
    assert ("no date" in told[-1]) == (day == str(NOWHEN))


def test_units_of_another_country_are_points(tmp_path: Path) -> None:
    import geopandas
    from shapely import box

    from geo.api.boundaries import BoundaryFile
    from geo.model import UnitNoun
    from geo.read.boundaries.user_units import UnitChoices

    frame = geopandas.GeoDataFrame({"name": ["Here"]}, geometry=[box(10, 20, 12, 22)], crs=4326)
    frame.to_file(tmp_path / "b.geojson")
    (tmp_path / "t.yaml").write_text("presence: {Red: [Here]}", "utf-8")
    own = BoundaryFile(tmp_path / "b.geojson", own=UnitChoices(UnitNoun("area", "areas"), name="name"))
    data = render_exports(tmp_path / "t.yaml", ["stix"], Job(boundaries=own))["bundle.json"]
    (place,) = pick(json.loads(data)["objects"], "location")
    assert (place["latitude"], place["longitude"]) == (21, 11)
    assert "country" not in place
    stix2.parse(data.decode(), allow_custom=False, version="2.1")


@pytest.mark.parametrize("url", ["https://example.org/کابل", "https://example.org/a[1"])
def test_an_address_that_is_no_uri_is_left_in_words(url: str) -> None:
    _, things, _ = bundle(f"sources: {{s: {{title: S, date: 2020, url: '{url}'}}}}\ngroups: {{a: {{name: A}}}}\n"
                          "presence: [{group: a, in: Kabul, source: s}]")  # fmt: skip
    report = pick(things, "report")[0]
    assert url in report["description"]
    links = [link["url"] for each in things for link in each.get("external_references", ()) if "url" in link]
    assert all(link.isascii() for link in links)


@pytest.mark.parametrize("form", ["stix", "datapackage"])
@pytest.mark.parametrize("options", [ExportOptions("units"), ExportOptions(with_internal=True)])
def test_neither_units_alone_nor_what_is_internal_is_passed_on(form: str, options: ExportOptions) -> None:
    with pytest.raises(PresenceError, match="units alone" if options.of else "the command without --with-internal"):
        render_exports(FULL, [form], options=options)


def list_texts(value: Any) -> list[str]:
    """List the texts of a table as written, but for what is internal."""
    if isinstance(value, dict):
        return [text for key, each in value.items() if key != "internal" for text in list_texts(each)]
    return [text for each in value for text in list_texts(each)] if isinstance(value, list) else [str(value)]


SPELT = {"KABUL", "pcode:AF12", "af-nan", "eastern", "0.1", "0.25", "true", "false", "gregorian", "coalition"}
"""What a bundle spells otherwise: units by their names, shares in per cent, words of the format as its own."""


def test_every_text_of_every_key_is_in_a_bundle_or_counted() -> None:
    said = render_exports(FULL, ["stix"])["bundle.json"].decode().replace('\\"', '"')
    table = yaml.load(FULL.read_text("utf-8"), yaml.BaseLoader)
    log = {*list_texts(table["changes"]), *list_texts(table["sources"]["un"]["copy"])}
    assert "twelfth report.pdf" not in said
    missing = {text for text in list_texts(table) if text not in said} - SPELT
    translated = {text for text in missing if not text.isascii()}
    assert missing - translated - log == {"#1F6f8b", "RED", "A map in words", "A map of maps"}
    told = bundle(FULL.read_text("utf-8"))[2][2]
    for what in ("1 colour of a group", "1 letters of a group", "1 map in words", "1 source that nothing rests on",
                 f"{len(table['changes'])} corrections in the log"):  # fmt: skip
        assert what in told
    assert f"{len(translated)} texts in another language" in told


def test_a_bundle_of_nothing_is_valid() -> None:
    data, told = write_stix(join_table("presence: []", Job(allow_empty=True))[0])
    assert "objects" not in json.loads(data)
    assert told[0].startswith("0 claims")
    check_valid(data)


def test_what_is_left_out_is_told() -> None:
    lines: list[str] = []
    render_exports(FULL, ["stix"], Job(progress=lines.append))
    assert "  1 claim is a relationship located-at" in lines
    assert any("8 claims of an inconclusive finding; 6 claims of a region" in line for line in lines)
    assert any("1 colour of a group; 1 letters of a group; 1 map in words" in line for line in lines)
    lines.clear()
    render_exports(FULL, ["stix"], Job(Choices(basis=("claimed",), groups=("red",)), progress=lines.append))
    assert "  left out, as was chosen: 6 of 8 records" in lines
    assert any("--group, --level and --roll-up" in line for line in lines)


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        ('"country":"AF",', ""),
        ('"opinion":"disagree"', '"opinion":"no"'),
        ('"relationship_type":"located-at"', '"relationship_type":"Located at"'),
        ('"confidence":50', '"confidence":500'),
        ('"published"', '"appeared"'),
        ('T00:00:00.000Z","modified"', '","modified"'),
    ],
)
def test_the_check_of_validity_can_fail(found: str, wrong: str) -> None:
    records = f"{OF_A}in: Kabul, confidence: moderate}}\n{OF_A}in: Kabul, finding: absent}}"
    data = write_stix(join_table(HEAD + records)[0])[0].decode()
    assert found in data
    with pytest.raises((AssertionError, stix2.exceptions.STIXError)):
        check_valid(data.replace(found, wrong).encode())
