"""`presence diff`: two files, two commits, two days; what is told in which form, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

OLDER = """\
title: A test
as_of: 2020-06-14
levels: {cells: {name: Cells, rank: 1}, camps: {name: Camps}}
sources:
  s: {title: A source, date: 2020-01}
  t: {title: Another source, date: 2021-01}
groups: {red: {name: Red}, blue: {name: Blue}}
presence:
  - {group: [red, blue], in: [Kabul, Kunar], level: cells, source: s}
  - {group: red, in: Herat, level: cells, source: t}
"""
NEWER = OLDER.replace("[red, blue], in: [Kabul, Kunar]", "red, in: [Kabul, Logar]")
FIRST = "  - {group: [red, blue], in: [Kabul, Kunar], level: cells, source: s}\n"
MOVED = "  # moved, and with a remark\n  - {source: s, level: cells, in: [Kunar, Kabul], group: [blue, red]}\n"
COPY = OLDER.replace(FIRST, "") + MOVED


@pytest.fixture
def two(here: Path) -> Path:
    (here / "old.yaml").write_text(OLDER, "utf-8")
    (here / "new.yaml").write_text(NEWER, "utf-8")
    return here


@pytest.fixture
def clone(here: Path) -> Callable[..., None]:
    """Make the folder a repository; what comes back commits a text as the table."""
    call_git(here, "init", "-q")

    def commit(text: str, name: str = "table.yaml") -> None:
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_text(text, "utf-8")
        call_git(here, "add", name)
        call_git(here, "commit", "-q", "-m", "x")

    return commit


def call_git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def test_two_files_are_told_apart(run: Run, two: Path) -> None:
    result = run("diff", "old.yaml", "new.yaml", "-q")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "What differs: A test\n"
        "Older: A test, as of 14 June 2020 (old.yaml).\n"
        "Newer: A test, as of 14 June 2020 (new.yaml).\n"
        "Newly named: 1 province; No longer named: 2 provinces.\n"
        "\n"
        "Newly named\n"
        "  Red: Logar\n"
        "    Newer: Red: Cells. Kabul and Logar · reported · A source (January 2020)\n"
        "\n"
        "No longer named\n"
        "  (No longer named is not absent: each line says whether the newer table is silent, or looked.)\n"
        "  Red: Kunar – no record of the newer table names it; that is silence, not absence\n"
        "    Older: Red and Blue: Cells. Kabul and Kunar · reported · A source (January 2020)\n"
        "  Blue: Kabul and Kunar – no record of the newer table names it; that is silence, not absence\n"
        "    Older: Red and Blue: Cells. Kabul and Kunar · reported · A source (January 2020)\n"
    )


KNOWN = OLDER.replace("source: s}", "source: s, id: one}").replace("source: t}", "source: t, id: two}")
FIXED = KNOWN.replace(
    "[Kabul, Kunar], level: cells, source: s, id: one",
    'Kabul, level: cells, source: s, id: one, changed: {date: 2020-06, reason: "Kunar, was *misread*"}',
).replace("in: Herat, level: cells", "in: Herat, level: camps")


@pytest.fixture
def fixed(here: Path) -> Path:
    (here / "old.yaml").write_text(KNOWN, "utf-8")
    (here / "new.yaml").write_text(FIXED, "utf-8")
    return here


def test_a_correction_is_told_apart_from_what_happened(run: Run, fixed: Path) -> None:
    result = run("diff", "old.yaml", "new.yaml", "-q", "--exit-code", code=1)
    counts, _, rest = result.stdout.partition("\n\n")
    assert counts.splitlines()[-1] == (
        "A further kind of presence: 1 province; A kind of presence no longer named: 1 province; "
        "Corrected: 1 record, in 1 province."
    )
    corrected, altered = rest.split("\n\n")[-2:]
    assert corrected == (
        "Corrected\n"
        "  (The table was wrong and has been put right; nothing happened there, and nobody counts as newly or no "
        "longer named for it.)\n"
        "  Corrected June 2020: Kunar, was *misread*\n"
        "    Older: Red and Blue: Cells. Kabul and Kunar · reported · A source (January 2020)\n"
        "    Newer: Red and Blue: Cells. Kabul · reported · A source (January 2020)"
    )
    assert altered.startswith("Known by their ids, in other words now\n  two\n    Older: Red: Cells. Herat")
    said = run("diff", "old.yaml", "new.yaml", "-q", "--format", "markdown").stdout
    assert "\n- Corrected June 2020: Kunar, was \\*misread\\*\n  - Older: Red and Blue: Cells." in said
    told = json.loads(run("diff", "old.yaml", "new.yaml", "-q", "--format", "json").stdout)
    assert told["corrections"] == [
        {"id": "one", "groups": ["red", "blue"], "units": ["AF-KNR"], "old": 1, "new": 1,
         "changed": {"date": "2020-06", "reason": "Kunar, was *misread*"},
         "said": "Corrected June 2020: Kunar, was *misread*"}
    ]  # fmt: skip
    assert [each["kind"] for each in told["changes"]] == ["level-new", "level-gone"]
    assert told["records"] == {
        "gone": [], "added": [],
        "altered": [{"id": "two", "groups": ["red"], "units": ["AF-HER"], "old": 2, "new": 2}],
    }  # fmt: skip


def test_a_correction_between_two_commits_is_one_and_between_two_days_none(
    run: Run, here: Path, clone: Callable[..., None]
) -> None:
    clone(KNOWN)
    clone(FIXED)
    said = run("diff", "table.yaml", "--commits", "HEAD~1", "HEAD", "-q").stdout
    assert "Corrected June 2020" in said
    assert "No longer named" not in said
    told = json.loads(run("diff", "table.yaml", "--dates", "2020-02", "2021-02", "-q", "--format", "json").stdout)
    assert (told["corrections"], [each["kind"] for each in told["changes"]]) == ([], ["named"])


def test_own_claims_among_what_is_newly_named_are_counted(run: Run, here: Path) -> None:
    (here / "new.yaml").write_text(
        KNOWN + "  - {group: red, in: [Ghor, Farah], level: cells, source: t, basis: claimed}\n", "utf-8"
    )
    (here / "old.yaml").write_text(KNOWN, "utf-8")
    for form in ("text", "markdown"):
        said = run("diff", "old.yaml", "new.yaml", "-q", "--format", form).stdout
        assert "Newly named: 2 provinces. In 2 of those newly named only by the group’s own claim." in said
    assert "own claim" not in run("diff", "new.yaml", "old.yaml", "-q").stdout.partition("\n\n")[0]


def test_a_change_may_speak_of_a_level_that_only_the_correction_brought(run: Run, here: Path) -> None:
    (here / "old.yaml").write_text(KNOWN, "utf-8")
    levels = "camps: {name: Camps}, bases: {name: Bases, rank: 2}, forts: {name: Forts, rank: 3}"
    herat = "{group: red, in: Herat, level: bases, source: t, id: two, changed: {date: 2020-06, reason: misread}}"
    more = "  - {group: red, in: Herat, level: forts, source: t}\n"
    new = KNOWN.replace("camps: {name: Camps}", levels).replace(KNOWN.splitlines()[-1][4:], herat) + more
    (here / "new.yaml").write_text(new, "utf-8")
    said = run("diff", "old.yaml", "new.yaml", "-q", "-o", "change.html").stdout
    assert "Level up\n  Red: Herat – Bases, now Forts\n    Older: Red: Cells. Herat" in said
    assert "Corrected June 2020: misread" in said


@pytest.mark.parametrize("language", ["fa", "ps"])
def test_a_correction_is_told_in_each_language(run: Run, fixed: Path, language: str) -> None:
    said = run("diff", "old.yaml", "new.yaml", "-q", "--lang", language, "-o", "change.html").stdout
    assert "Corrected" not in said
    assert said.count("Kunar, was *misread*") == 1
    page = (fixed / "change.html").read_text("utf-8")
    assert "Kunar, was *misread*" in page
    assert "Corrected" not in page


def test_records_that_got_ids_do_not_differ(run: Run, two: Path) -> None:
    assert run("fmt", "--ids", "new.yaml").exit_code == 0
    (two / "old.yaml").write_text(NEWER, "utf-8")
    assert run("diff", "old.yaml", "new.yaml", "-q").stdout.endswith("No difference\n")


@pytest.mark.parametrize("text", [OLDER, COPY], ids=["itself", "a copy in another order, with a remark"])
def test_a_table_does_not_differ_from(run: Run, two: Path, text: str) -> None:
    (two / "copy.yaml").write_text(text, "utf-8")
    for pair in (("old.yaml", "copy.yaml"), ("copy.yaml", "old.yaml")):
        result = run("diff", *pair, "--exit-code", "-q", "-o", "change.html")
        assert (result.exit_code, result.stdout.splitlines()[3:]) == (0, ["No difference"])
        assert json.loads(run("diff", *pair, "-q", "--format", "json").stdout)["differs"] is False
    assert '<h1 id="headline">No difference</h1>' in (two / "change.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["old.yaml", "new.yaml"], 0),
        (["old.yaml", "new.yaml", "--exit-code"], 1),
        (["old.yaml", "old.yaml", "--exit-code"], 0),
        (["old.yaml", "new.yaml", "--exit-code", "--group", "red"], 1),
        (["old.yaml", "new.yaml", "--exit-code", "--level", "camps", "--group", "red"], 1),
    ],
)
def test_the_exit_code_tells_only_where_it_is_asked_to(run: Run, two: Path, words: list[str], code: int) -> None:
    for form in ("text", "markdown", "json"):
        assert run("diff", *words, "--format", form).exit_code == code


def test_markdown_is_a_list_under_each_heading(run: Run, two: Path) -> None:
    said = run("diff", "old.yaml", "new.yaml", "-q", "--format", "markdown").stdout
    assert said.startswith("# What differs: A test\n\nOlder: A test")
    assert "\n## Newly named\n\n- Red: Logar\n  - Newer: Red: Cells. Kabul and Logar" in said


def test_json_holds_the_changes_and_the_records_that_say_so(run: Run, two: Path) -> None:
    told = json.loads(run("diff", "old.yaml", "new.yaml", "-q", "--format", "json").stdout)
    assert told["differs"] is True
    assert [(each["kind"], each["group"], each["units"], each["old"], each["new"]) for each in told["changes"]] == [
        ("named", "red", ["AF-LOG"], [], [1]),
        ("unnamed", "red", ["AF-KNR"], [1], []),
        ("unnamed", "blue", ["AF-KAB", "AF-KNR"], [1], []),
    ]
    assert [each["number"] for each in told["old"]["records"]] == [1]
    assert told["old"]["sources"] == [{"id": "s", "title": "A source", "date": "2020-01"}]
    assert told["records"] == {"gone": [1], "added": [1], "altered": []}


def test_the_page_is_written_where_it_is_asked_for(run: Run, two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: not opened.append(address))  # type: ignore[func-returns-value]
    assert run("diff", "old.yaml", "new.yaml").exit_code == 0
    assert not list(two.rglob("*.html"))
    result = run("diff", "old.yaml", "new.yaml", "-o", "maps/change.html", "--open")
    assert (result.exit_code, "wrote maps/change.html (" in result.stderr) == (0, True)
    assert opened == [(two / "maps/change.html").as_uri()]
    assert run("diff", "old.yaml", "new.yaml", "-o", "again.html").exit_code == 0
    assert (two / "again.html").read_bytes() == (two / "maps/change.html").read_bytes()


@pytest.mark.parametrize("language", ["fa", "ps"])
def test_every_form_is_in_the_language_asked_for(run: Run, two: Path, language: str) -> None:
    said = run("diff", "old.yaml", "new.yaml", "-q", "--lang", language, "-o", "change.html").stdout
    assert "لوگر" in said
    assert "\\u2068" not in said
    assert "Newly" not in said
    assert f'<html lang="{language}" dir="rtl">' in (two / "change.html").read_text("utf-8")


WRONG = [
    (["old.yaml"], 2, "Two tables are compared"),
    (["old.yaml", "new.yaml", "old.yaml"], 2, "Two tables are compared"),
    (["-", "-"], 2, "Standard input holds one table only"),
    (["old.yaml", "new.yaml", "--dates", "2020", "2021"], 2, "compare one table"),
    (["old.yaml", "--dates", "2020", "June"], 2, "a date as YYYY, YYYY-MM or YYYY-MM-DD"),
    (["old.yaml", "--dates", "2020", "2021", "--commits", "a", "b"], 2, "choose one"),
    (["old.yaml", "new.yaml", "--open"], 2, "-o FILE is missing"),
    (["old.yaml", "none.yaml"], 1, "none.yaml: there is no such file"),
    (["old.yaml", "new.yaml", "--group", "green"], 1, "old.yaml and new.yaml: no group 'green'"),
    (["old.yaml", "new.yaml", "--level", "cell"], 1, "old.yaml: no level 'cell'; expected one of cells, camps"),
    (["old.yaml", "new.yaml", "-o", "new.yaml"], 1, "new.yaml: is one of the files that are read"),
    (["old.yaml", "new.yaml", "-o", "no/such/x.html"], 1, "make 'no' first"),
    (["old.yaml", "--dates", "2019", "2021"], 1, "old.yaml: none of 2 records is left by what was chosen"),
    (["old.yaml", "bad.yaml"], 1, "bad.yaml:1:"),
]


@pytest.mark.parametrize(("words", "code", "says"), WRONG)
def test_what_cannot_be_compared_is_refused_and_nothing_written(
    run: Run, two: Path, words: list[str], code: int, says: str
) -> None:
    (two / "bad.yaml").write_text("presence: {Red: [Kabool]}\n", "utf-8")
    before = {path: path.read_bytes() for path in two.iterdir()}
    result = run("diff", *([] if "-o" in words or "--open" in words else ["-o", "change.html"]), *words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert says in " ".join(result.stderr.split())
    assert {path: path.read_bytes() for path in two.iterdir()} == before


def test_one_of_two_tables_may_be_standard_input(run: Run, two: Path) -> None:
    result = run("diff", "-", "new.yaml", "-q", input=OLDER, code=0)
    assert "Older: A test, as of 14 June 2020.\n" in result.stdout


def test_an_empty_table_is_taken_only_on_purpose(run: Run, two: Path) -> None:
    (two / "empty.yaml").write_text(OLDER.partition("presence:")[0], "utf-8")
    assert run("diff", "old.yaml", "empty.yaml").exit_code == 1
    assert "No longer named: 3 provinces" in run("diff", "old.yaml", "empty.yaml", "--allow-empty").stdout


def test_two_days_show_what_was_published_between(run: Run, two: Path) -> None:
    result = run("diff", "old.yaml", "--dates", "2020-06", "2021-06", "-q", "-o", "change.html", code=0)
    assert "Older: A test, as of June 2020 (old.yaml). 1 of 2 records are not shown" in result.stdout
    assert "Newly named: 1 province.\n" in result.stdout
    assert "Cut-off" not in result.stdout
    assert "1 of 2 records are not shown" in (two / "change.html").read_text("utf-8")
    assert run("diff", "old.yaml", "--dates", "2021-06", "2022", "--exit-code").exit_code == 0


def test_what_has_gone_out_of_date_is_no_silence(run: Run, here: Path) -> None:
    (here / "old.yaml").write_text(OLDER.replace("rank: 1", "rank: 1, valid_for: 12 months"), "utf-8")
    said = run("diff", "old.yaml", "--dates", "2020-06", "2021-06", "-q", "--group", "blue").stdout
    assert "  Blue: Kabul and Kunar – the newer table has only records of it that are out of date by then\n" in said
    assert "silence, not absence" not in said


def test_two_commits_of_one_file(run: Run, here: Path, clone: Callable[..., None]) -> None:
    clone(OLDER)
    clone(NEWER)
    (here / "table.yaml").unlink()  # what a commit holds needs no file
    result = run("diff", "table.yaml", "--commits", "HEAD~1", "HEAD", "--exit-code", "-o", "change.html")
    assert (result.exit_code, result.stderr.splitlines()[:2]) == (
        1,
        ["reading HEAD~1:table.yaml", "reading HEAD:table.yaml"],
    )
    assert "Older: A test, as of 14 June 2020 (HEAD~1).\n" in result.stdout
    assert "Red: Logar" in result.stdout
    assert run("diff", "table.yaml", "--commits", "HEAD", "HEAD", "--exit-code").exit_code == 0


def test_a_file_in_a_folder_of_a_clone(
    run: Run, here: Path, clone: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    clone(OLDER, "sub/a table.yaml")
    clone(NEWER, "sub/a table.yaml")
    assert "Red: Logar" in run("diff", "sub/a table.yaml", "--commits", "HEAD~1", "HEAD").stdout
    monkeypatch.chdir(here / "sub")
    assert "Red: Logar" in run("diff", "a table.yaml", "--commits", "HEAD~1", "HEAD").stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["table.yaml", "--commits", "HEAD~9", "HEAD"], "table.yaml: there is no commit 'HEAD~9'"),
        (["table.yaml", "--commits", "HEAD", "--output=stolen"], "table.yaml: there is no commit '--output=stolen'"),
        (["table.yaml", "--commits", "-p", "HEAD"], "table.yaml: there is no commit '-p'"),
        (["table.yaml", "--commits", "", "HEAD"], "table.yaml: there is no commit ''"),
        (["table.yaml", "--commits", "HEAD:table.yaml", "HEAD"], "table.yaml: there is no commit"),
        (["other.yaml", "--commits", "HEAD", "HEAD"], "other.yaml: the commit 'HEAD' does not hold this file"),
        (["no/table.yaml", "--commits", "HEAD", "HEAD"], "no/table.yaml: there is no folder no"),
        (["bad.yaml", "--commits", "HEAD", "HEAD"], "HEAD:bad.yaml:1:"),
    ],
)
def test_what_git_does_not_have(run: Run, here: Path, clone: Callable[..., None], words: list[str], says: str) -> None:
    clone("presence: {Red: [Kabool]}\n", "bad.yaml")
    clone(OLDER)
    result = run("diff", *words, "-o", "change.html")
    assert (result.exit_code, result.stdout) == (1, "")
    assert says in result.stderr
    assert not (here / "change.html").exists()
    assert not (here / "stolen").exists()


def test_where_there_is_no_repository_or_no_git(run: Run, two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(two.parent))
    result = run("diff", "old.yaml", "--commits", "HEAD", "HEAD")
    assert (result.exit_code, "old.yaml: git finds no repository here" in result.stderr) == (1, True)
    monkeypatch.setenv("PATH", str(two))
    result = run("diff", "old.yaml", "--commits", "HEAD", "HEAD")
    assert (result.exit_code, "old.yaml: git is not installed here" in result.stderr) == (1, True)


HOSTILE = """\
title: "</title><script>alert(1)</script> {{7*7}}"
levels: {l: {name: "<b>l</b>", rank: 1, internal: Zq7secret}}
sources: {s: {title: "`x` | [a](javascript:alert(1))", internal: Zq7secret}}
groups: {red: {name: "1. <img src=x onerror=alert(1)>", internal: Zq7secret}, blue: {name: "+ b *c*"}}
presence:
  - {group: red, in: %s, level: l, source: s, note: "a\\nNewly named\\n# b", internal: Zq7secret}
  - {group: blue, nationwide: true, level: l, source: s, as_written: "\\"</script>\\u202e", trend: growing}
"""


def test_nothing_internal_and_nothing_hostile_gets_out(run: Run, here: Path) -> None:
    (here / "a.yaml").write_text((HOSTILE % "Kabul").replace("\\u202e", ""), "utf-8")
    (here / "b.yaml").write_text((HOSTILE % "Kunar").replace("\\u202e", "").replace("*c*", "*d*"), "utf-8")
    for form in ("text", "markdown", "json"):
        result = run("diff", "a.yaml", "b.yaml", "--format", form, "-o", f"{form}.html", code=0)
        assert "Zq7secret" not in result.stdout + result.stderr
        assert form == "json" or sum(line.strip("# ") == "Newly named" for line in result.stdout.splitlines()) == 1
    markdown = run("diff", "a.yaml", "b.yaml", "--format", "markdown").stdout
    assert "- 1\\. \\<img src=x" in markdown
    assert not any(line.startswith("# b") for line in markdown.splitlines())
    page = (here / "text.html").read_text("utf-8")
    assert "Zq7secret" not in page
    assert "<img" not in page
    assert "alert(1)</script>" not in page


SAID = """\
headline: A headline
authors: [A. Author, The Desk]
licence: CC-BY-4.0
translations: {fa: {title: عنوان}}
levels: {l: {name: L, names: {fa: ل}}, m: {name: M, footprint: false}}
sources: {s: {title: S, favours: red, derived: true, note: N, translations: {fa: {note: ن}}}}
groups: {red: {name: Red, letters: RD, statements: [{text: It fell., in: [Kabul, Herat]}]}, blue: {name: Blue}}
regions: {R: {in: Kunar, names: {fa: ر}}}
presence: [{group: red, in: Kabul, level: l, basis: claimed}]
relations: [{from: red, to: blue, type: splinter, what: a quarrel}]
changes: [{date: 2021-03, type: withdrawn, what: Kunar, why: "Misread", records: [red-7, red-3]}]
"""
SAY = [
    ("headline: A headline", "headline: Another", "Headline: A headline; now: Another"),
    ("عنوان", "سرلیک", "Titles in the language fa: عنوان; now: سرلیک"),
    ("{fa: ل}", "{fa: لام}", "Level: L, ل; now: L, لام"),
    ("name: M, footprint: false", "name: M", "Level: M, a capability, no presence; now: M"),
    ("favours: red, derived: true, ", "",
     "Source: S, N, speaks for Red, made of other sources, fa, ن; now: S, N, fa, ن"),
    ("{note: ن}", "{note: م}",
     "made of other sources, fa, ن; now: S, N, speaks for Red, made of other sources, fa, م"),
    ("letters: RD", "letters: RO", "Group: Red, group, RD; now: Red, group, RO"),
    ("in: [Kabul, Herat]", "in: [Kabul]", "It fell. (speaks of Herat and Kabul)"),
    ("{fa: ر}", "{fa: ز}", "Names of the region R: ر; now: ز"),
    ("what: a quarrel", "what: money", "money (Red is a splinter of Blue)"),
    ("in: [Kabul, Herat]", "in: [Herat, Kabul]", "No difference"),
    ("[A. Author, The Desk]", "[A. Author]", "Authors: A. Author, The Desk; now: A. Author"),
    ("authors: [A. Author, The Desk]\n", "", "Authors, gone from the table: A. Author, The Desk"),
    ("CC-BY-4.0", "CC0-1.0", "Licence: CC-BY-4.0; now: CC0-1.0"),
    ("changes: [", "changes: [{date: 2021-04-02, type: added, what: Herat}, ",
     "Log of corrections\n  Added 2 April 2021: Herat"),
    ("Misread", "Misheard", "Withdrawn March 2021: Kunar · Why: Misheard · Records: red-3 and red-7"),
    ("Misread", "Misheard", "Log of corrections, gone from the table: Withdrawn March 2021: Kunar · Why: Misread"),
    ("[red-7, red-3]", "[red-3, red-7]", "No difference"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), SAY)
def test_what_is_said_for_the_page_is_told_where_it_differs(
    run: Run, here: Path, old: str, new: str, said: str
) -> None:
    (here / "a.yaml").write_text(SAID, "utf-8")
    (here / "b.yaml").write_text(SAID.replace(old, new), "utf-8")
    result = run("diff", "a.yaml", "b.yaml")
    assert said in result.stdout.replace("\u2068", "").replace("\u2069", ""), result.stdout + result.stderr
