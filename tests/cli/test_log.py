"""`presence log` drafts the log of corrections, and `presence check --since` asks for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result

from geo.api import draft_log
from geo.errors import PresenceError
from tests.blank_figures import leave_out_drawing

Run = Callable[..., Result]

HEAD = """\
levels: {l: {name: Cells, rank: 1, valid_for: 1 year}, m: {name: Camps}}
sources: {s: {title: S, date: 2020-01}}
groups: {a: {name: Red}, b: {name: "Blue: the second"}}
"""
A1 = "{group: a, in: Kabul, level: l, source: s, id: a-1}"
A2 = "{group: a, in: Kunar, level: l, source: s, id: a-2}"
B1 = "{group: b, in: [Kabul, Kunar], level: l, source: s, id: b-1}"
BARE = "{group: b, in: Ghor, level: l, source: s}"


def table(*records: str, changes: str = "", as_of: str = "2020-06") -> str:
    log = f"changes: {changes}\n" if changes else ""
    return f"as_of: {as_of}\n{HEAD}presence:\n" + "".join(f"  - {record}\n" for record in records) + log


@pytest.fixture
def drafted(run: Run, here: Path) -> Callable[..., list[dict[str, object]]]:
    def draft(old: str, new: str, *words: str) -> list[dict[str, object]]:
        (here / "old.yaml").write_text(old, "utf-8")
        (here / "new.yaml").write_text(new, "utf-8")
        result = run("log", "old.yaml", "new.yaml", *words, code=0)
        told = yaml.load(result.stdout, yaml.BaseLoader)  # texts only
        entries: list[dict[str, object]] = (told or {}).get("changes", [])
        return entries

    return draft


def entry(kind: str, what: str, id_: str = "", **more: str) -> dict[str, object]:
    return {"date": "YYYY-MM-DD", "type": kind, "what": what, **more} | ({"records": [id_]} if id_ else {})


CHANGED = A1.replace("Kabul", "Logar").replace("}", ', changed: {date: 2020-05, reason: "Misread, twice"}}')
CASES = {
    "nothing": ([A1, B1, BARE], [A1, B1, BARE], []),
    "another order": ([A1, B1, BARE], [BARE, B1, A1], []),
    "an id that was given": ([BARE], [BARE.replace("}", ", id: b-9}")], []),
    "another order of units": ([B1], [B1.replace("[Kabul, Kunar]", "[Kunar, Kabul]")], []),
    "one added": ([A1], [A1, A2], [entry("added", "Red: Cells. Kunar", "a-2")]),
    "one added without an id": ([A1], [BARE, A1], [entry("added", "Blue: the second: Cells. Ghor")]),
    "one withdrawn": ([A1, B1], [A1], [entry("withdrawn", "Blue: the second: Cells. Kabul and Kunar", "b-1")]),
    "one corrected": ([A1], [A1.replace("Kabul", "Logar")],
                      [entry("corrected", "Red: Cells. Kabul, now Red: Cells. Logar", "a-1")]),
    "one that says why": ([A1], [CHANGED], [entry("corrected", "Red: Cells. Kabul, now Red: Cells. Logar", "a-1",
                                                  why="Misread, twice")]),
    "another note": ([A1], [A1.replace("}", ", note: so they say, trend: growing}")],
                     [entry("corrected", "Red: Cells. Kabul – trend, note", "a-1")]),
    "one without an id": ([BARE], [BARE.replace("Ghor", "Herat")],
                          [entry("added", "Blue: the second: Cells. Herat"),
                           entry("withdrawn", "Blue: the second: Cells. Ghor")]),
    "all at once": ([A1, B1], [A2, A1.replace("Kabul", "Logar")],
                    [entry("added", "Red: Cells. Kunar", "a-2"),
                     entry("corrected", "Red: Cells. Kabul, now Red: Cells. Logar", "a-1"),
                     entry("withdrawn", "Blue: the second: Cells. Kabul and Kunar", "b-1")]),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "entries"), CASES.values(), ids=CASES)
def test_an_entry_is_drafted_for_each_record_that_differs(
    drafted: Callable[..., list[dict[str, object]]], old: list[str], new: list[str], entries: list[dict[str, object]]
) -> None:
    assert drafted(table(*old), table(*new)) == entries


def test_that_records_grow_old_is_no_change(drafted: Callable[..., list[dict[str, object]]]) -> None:
    assert drafted(table(A1, BARE), table(A1, BARE, as_of="2024-06")) == []


MOVED = A1.replace("Kabul", "Logar")
ENTRY = "{{date: 2020-07, type: {}, what: W{}}}"
LOGGED = {
    "its entry": (MOVED, [ENTRY.format("corrected", ", records: a-1")], True),
    "an entry among others": (A2, [ENTRY.format("withdrawn", ", records: [a-0, a-1]"),
                                   ENTRY.format("added", ", records: a-2")], True),
    "an entry of another type": (MOVED, [ENTRY.format("added", ", records: a-1")], False),
    "an entry of no record": (MOVED, [ENTRY.format("corrected", "")], False),
    "no entry": (MOVED, [], False),
}  # fmt: skip


@pytest.mark.parametrize(("record", "entries", "is_told"), LOGGED.values(), ids=LOGGED)
def test_a_change_since_it_was_published_needs_its_entry(
    run: Run, here: Path, record: str, entries: list[str], is_told: bool
) -> None:
    (here / "old.yaml").write_text(table(A1), "utf-8")
    (here / "new.yaml").write_text(table(record, changes=f"[{', '.join(entries)}]"), "utf-8")
    strict = run("check", "--strict", "--since", "old.yaml", "new.yaml")
    assert strict.exit_code == (0 if is_told else 1), strict.stderr
    assert ("of which the log says nothing" in strict.stderr) != is_told
    assert run("check", "--strict", "new.yaml").exit_code == 0
    assert run("check", "--since", "old.yaml", "new.yaml").exit_code == 0


def test_an_entry_that_was_published_tells_nothing_new(run: Run, here: Path) -> None:
    entries = "[{date: 2020-07, type: corrected, what: W, records: a-1}]"
    (here / "old.yaml").write_text(table(A1, changes=entries), "utf-8")
    (here / "new.yaml").write_text(table(A1.replace("Kabul", "Logar"), changes=entries), "utf-8")
    assert run("check", "--strict", "--since", "old.yaml", "new.yaml").exit_code == 1


MOVE = BARE.replace("Ghor", "Herat")
WORDS = {
    "a typo": (BARE, MOVE, "corrected", "a typo", False),
    "the group alone": (BARE, MOVE, "corrected", "Blue: the second was elsewhere", False),
    "the older place alone": (BARE, MOVE, "corrected", "Blue: the second is not in Ghor", False),
    "group and both places": (BARE, MOVE, "corrected", "Blue: the second is in Herat, not in Ghor", True),
    "by id and code": (BARE, MOVE, "corrected", "b: AF-HER for AF-GHO", True),
    "in another case": (BARE, MOVE, "corrected", "BLUE, THE SECOND: herat for ghor", True),
    "of another type": (BARE, MOVE, "added", "Blue: the second is in Herat, not in Ghor", False),
    "a part of a word": (BARE, MOVE, "corrected", "Absorbed: Herat for Ghor", False),
    "another note": (BARE, BARE.replace("}", ", note: n}"), "corrected", "a typo", False),
    "another note, named": (BARE, BARE.replace("}", ", note: n}"), "corrected", "A typo: b in Ghor", True),
    "another level": (BARE, BARE.replace("level: l", "level: m"), "corrected", "b in Ghor is a camp", True),
    "another finding": (BARE, BARE.replace("}", ", finding: absent}"), "corrected", "a slip", False),
    "the whole country": (BARE, BARE.replace("in: Ghor", "nationwide: true"), "corrected", "Not b in Ghor", False),
    "the whole country, its level": (BARE, BARE.replace("in: Ghor", "nationwide: true"), "corrected",
                                     "Not b in Ghor: cells in all of the country", True),
    "a region": (BARE, BARE.replace("in: Ghor", "region: Eastern"), "corrected", "b in Eastern, not Ghor", True),
    "two groups": (BARE, BARE.replace("group: b", "group: [a, b]"), "corrected", "b in Ghor, and another", False),
    "two groups, both named": (BARE, BARE.replace("group: b", "group: [a, b]"), "corrected", "b in Ghor and Red", True),
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_an_entry_without_ids_covers_the_records_that_its_words_name(run: Run, here: Path, name: str) -> None:
    old, new, kind, what, is_told = WORDS[name]
    (here / "old.yaml").write_text(table(A1, old), "utf-8")
    log = f"[{{date: 2020-07, type: {kind}, what: {json.dumps(what)}}}]"
    (here / "new.yaml").write_text(table(A1, new, changes=log), "utf-8")
    strict = run("check", "--strict", "--since", "old.yaml", "new.yaml")
    assert strict.exit_code == (not is_told), strict.stderr
    if not is_told:
        assert "whose `what` names its groups, and its place or else its level" in strict.stderr


WHOLE = """\
title: T
levels: {l: {name: Cells}, m: {name: Able, footprint: false}}
sources: {s: {title: S, date: 2020-01}}
groups:
  a: {name: Red, strength: [{best: 500, counts: fighters, source: s}], statements: [{text: One thing., source: s}]}
  b: {name: Blue, part_of: {group: a, source: s}}
regions: {Mine: {in: [Kabul, Logar]}}
relations: [{between: [b, a], type: alliance, standing: existing, source: s}]
presence: [{group: a, in: Kabul, level: l, source: s, id: a-1}, {group: b, in: Kunar, level: m, source: s, id: b-1}]
"""
STRENGTH = "strength: [{best: 500, counts: fighters, source: s}], "
PARTS = {
    "a strength": ("best: 500", "best: 5000", "corrected", "groups/a/strength"),
    "a strength gone": (STRENGTH, "", "withdrawn", "groups/a/strength"),
    "a statement": ("One thing.", "Another thing.", "corrected", "groups/a/statements"),
    "a statement new": ("[{text: One thing.", "[{text: Two., source: s}, {text: One thing.", "added",
                        "groups/a/statements"),
    "a tie turned round": ("type: alliance", "type: rivalry", "corrected", "relations/a/b"),
    "a tie gone": ("relations: [{between: [b, a], type: alliance, standing: existing, source: s}]\n", "", "withdrawn",
                   "relations/a/b"),
    "a level renamed": ("name: Cells", "name: Bases", "corrected", "levels/l"),
    "a level no presence any more": ("{name: Cells}", "{name: Cells, valid_for: 1 year}", "corrected", "levels/l"),
    "a capability made a presence": (", footprint: false", "", "corrected", "levels/m"),
    "a date of a source": ("date: 2020-01", "date: 2019-01", "corrected", "sources/s"),
    "a source new": ("sources: {", "sources: {t: {title: T}, ", "added", "sources/t"),
    "a group renamed": ("name: Red", "name: Reds", "corrected", "groups/a"),
    "a group new": ("  b:", "  c: {name: Green, strength: [{best: 5, counts: fighters, source: s}]}\n  b:", "added",
                    "groups/c"),
    "whose part a group is": (", part_of: {group: a, source: s}", "", "withdrawn", "groups/b/part_of"),
    "a region": ("[Kabul, Logar]", "[Kabul]", "corrected", "regions/Mine"),
    "a title": ("title: T\n", "title: U\n", "corrected", "title"),
    "a licence": ("title: T\n", "title: T\nlicence: CC0-1.0\n", "added", "licence"),
    "units left out": ("title: T\n", "title: T\nnot_applicable: [Ghor]\n", "added", "not_applicable"),
    "a translation": ("title: T\n", "title: T\ntranslations: {fa: {title: ت}}\n", "added", "translations/fa"),
}  # fmt: skip


@pytest.mark.parametrize("name", PARTS)
def test_what_is_said_beside_records_needs_its_entry_too(run: Run, here: Path, name: str) -> None:
    was, now, kind, part = PARTS[name]
    assert was in WHOLE
    new = WHOLE.replace(was, now, 1)
    (here / "old.yaml").write_text(WHOLE, "utf-8")
    for log, code in {
        "": 1,
        "[{date: 2020-07, type: corrected, what: a typo}]": 1,
        f"[{{date: 2020-07, type: {kind}, what: W, parts: [{part}]}}]": 0,
        f"[{{date: 2020-07, type: {'added' if kind == 'withdrawn' else 'withdrawn'}, what: W, parts: {part}}}]": 1,
    }.items():
        (here / "new.yaml").write_text(new + (f"changes: {log}\n" if log else ""), "utf-8")
        strict = run("check", "--strict", "--since", "old.yaml", "new.yaml")
        assert strict.exit_code == code, (log, strict.stderr)
        told = f"`{part}`, {kind} since old.yaml, of which the log says nothing"
        assert (told in strict.stderr) == bool(code), strict.stderr
    (here / "new.yaml").write_text(new, "utf-8")
    draft = run("log", "old.yaml", "new.yaml", "--date", "2020-07", code=0).stdout
    (entry,) = yaml.load(draft, yaml.BaseLoader)["changes"]
    assert (entry["type"], entry["parts"]) == (kind, [part])
    (here / "new.yaml").write_text(new + draft, "utf-8")
    run("check", "--strict", "--since", "old.yaml", "new.yaml", code=0)


@pytest.mark.parametrize(
    "change",
    [
        ("title: T\n", "title: T\nas_of: 2021\n"),
        ("[b, a]", "[a, b]"),
        ("[Kabul, Logar]", "[Logar, Kabul]"),
        ("title: T\n", "# a comment\ntitle: T\n"),
    ],
)
def test_what_says_the_same_needs_no_entry(run: Run, here: Path, change: tuple[str, str]) -> None:
    (here / "old.yaml").write_text(WHOLE, "utf-8")
    (here / "new.yaml").write_text(WHOLE.replace(*change, 1), "utf-8")
    run("check", "--strict", "--since", "old.yaml", "new.yaml", code=0)


def test_an_entry_that_is_taken_out_of_the_log_is_told(run: Run, here: Path) -> None:
    log = "{date: 2020-07, type: corrected, what: A slip, records: a-1}"
    (here / "old.yaml").write_text(f"{WHOLE}changes: [{log}]\n", "utf-8")
    (here / "new.yaml").write_text(WHOLE, "utf-8")
    told = run("check", "--strict", "--since", "old.yaml", "new.yaml", code=1).stderr
    assert "`changes`, withdrawn since old.yaml" in told
    (here / "new.yaml").write_text(f"{WHOLE}changes: [{log.replace('A slip', 'A misreading')}]\n", "utf-8")
    assert "`changes`, withdrawn since" in run("check", "--since", "old.yaml", "new.yaml", code=0).stderr


def test_a_draft_put_into_the_table_is_enough(run: Run, here: Path) -> None:
    new = table(A2, BARE, CHANGED)
    (here / "old.yaml").write_text(table(A1, B1), "utf-8")
    (here / "new.yaml").write_text(new, "utf-8")
    assert run("check", "--strict", "--since", "old.yaml", "new.yaml").exit_code == 1
    draft = run("log", "old.yaml", "new.yaml", "--date", "2020-07", code=0).stdout
    assert draft.count("# why:") == 3
    assert run("log", "old.yaml", "new.yaml", "--date", "2020-07").stdout == draft
    (here / "new.yaml").write_text(new + draft, "utf-8")
    run("check", "--strict", "--since", "old.yaml", "new.yaml", code=0)
    assert run("log", "old.yaml", "new.yaml").stdout.startswith("# Nothing was added")


@pytest.mark.parametrize("date", ["not a date: x # y", "2020-13", 2020])
def test_the_library_takes_a_date_only(here: Path, date: Any) -> None:
    for name in ("old.yaml", "new.yaml"):
        (here / name).write_text(table(A1), "utf-8")
    with pytest.raises(PresenceError, match="YYYY-MM-DD"):
        draft_log(here / "old.yaml", here / "new.yaml", date=date)


def test_a_draft_without_a_date_waits_for_its_author(run: Run, here: Path) -> None:
    new = table(A2)
    (here / "old.yaml").write_text(table(A1), "utf-8")
    (here / "new.yaml").write_text(new, "utf-8")
    (here / "new.yaml").write_text(new + run("log", "old.yaml", "new.yaml").stdout, "utf-8")
    result = run("check", "new.yaml")
    assert result.exit_code == 1
    assert "'YYYY-MM-DD'; expected a date" in result.stderr


def test_problems_say_where_and_what_to_do(run: Run, here: Path) -> None:
    (here / "old one.yaml").write_text(table(A1, B1), "utf-8")
    (here / "presence.yaml").write_text(table(A1.replace("Kabul", "Logar")), "utf-8")
    told = json.loads(run("check", "--since", "old one.yaml", "--format", "json", code=0).stdout)
    drafts = "'presence log 'old one.yaml'' drafts it"
    assert [(each["line"], each["severity"], each["found"], each["expected"]) for each in told["problems"]] == [
        (None, "warning", "record 'b-1', withdrawn since old one.yaml, of which the log says nothing",
         f"an entry such as `{{type: withdrawn, records: b-1}}` under `changes`; {drafts}"),
        (6, "warning", "record 'a-1', corrected since old one.yaml, of which the log says nothing",
         f"an entry such as `{{type: corrected, records: a-1}}` under `changes`; {drafts}"),
    ]  # fmt: skip


def test_a_folder_that_was_published_holds_the_table(run: Run, here: Path) -> None:
    (here / "published").mkdir()
    (here / "published" / "presence.yaml").write_text(table(A1), "utf-8")
    (here / "new.yaml").write_text(table(A2), "utf-8")
    assert run("check", "--strict", "--since", "published", "new.yaml").exit_code == 1
    (here / "published" / "presence.yaml").unlink()
    result = run("check", "--since", "published", "new.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "published/presence.yaml: there is no such file" in result.stderr


def test_a_publication_is_what_was_published(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_drawing(monkeypatch)  # It is its table that is asked for.
    (here / "old.yaml").write_text(table(A1), "utf-8")
    run("publish", "old.yaml", "-o", "out", "-q", code=0)
    (here / "out" / "presence.yaml").write_text(table(A2), "utf-8")  # of somebody else
    (here / "new.yaml").write_text(table(A1), "utf-8")
    run("check", "--strict", "--since", "out", "new.yaml", code=0)
    (here / "new.yaml").write_text(table(A2), "utf-8")
    told = run("check", "--strict", "--since", "out", "new.yaml", code=1).stderr
    assert "record 'a-1', withdrawn since out/data/presence.yaml" in told
    assert "'presence log out/data/presence.yaml new.yaml' drafts it" in told


@pytest.mark.parametrize("date", ["not a date: x # y", "2020-13", 2020])
def test_a_date_that_is_none_is_in_no_draft(here: Path, date: str) -> None:
    (here / "old.yaml").write_text(table(A1), "utf-8")
    (here / "new.yaml").write_text(table(A2), "utf-8")
    with pytest.raises(PresenceError, match="date"):
        draft_log(here / "old.yaml", here / "new.yaml", date=date)


def test_one_publication_is_of_one_table(run: Run, here: Path) -> None:
    (here / "two.yaml").write_text(table(A1), "utf-8")
    result = run("check", "--since", "two.yaml", "presence.yaml", "two.yaml")
    assert result.exit_code == 2
    assert "--since compares one table" in result.stderr
