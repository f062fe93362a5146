"""What a reader could take for something else: names, text that YAML cuts, one source under two titles, old claims."""

from __future__ import annotations

from pathlib import Path

import pandas
import pytest

import geo
import geo.errors
from tests.cli.conftest import Run


def write(here: Path, text: str, name: str = "t.yaml") -> str:
    (here / name).write_text(text, encoding="utf-8")
    return name


HYPHENS = """\
title: T
presence:
  A: [Sar-e-Pol]
  B: [Sar-i-Pul]
  C: [Maidan-Wardak]
  D: ["Sar\u2011e\u2011Pul"]
  E: [Day Kundi, Nimroze]
"""


def test_hyphens(run: Run, here: Path) -> None:
    done = run("check", write(here, HYPHENS), code=0)
    assert "5 records, 6 claims" in done.stdout


@pytest.mark.parametrize(
    ("name", "near"), [("Sarepul", "Sar-e Pol"), ("Nimros", "Nimroz"), ("Maidan Wardaq", "Wardak")]
)
def test_a_near_miss_stays_one(run: Run, here: Path, name: str, near: str) -> None:
    done = run("check", write(here, f"presence: {{A: [{name}]}}"), code=1)
    assert f"t.yaml:1:16: unknown province '{name}'" in done.stderr
    assert f"nearest: {near}" in done.stderr


def test_groups_whose_names_differ_by_a_hyphen_are_one_in_a_spreadsheet(run: Run, here: Path) -> None:
    text = "group,in\nAl-Qaeda,Kabul\nal Qaeda,Kunar\nAl\u2011Qaeda,Khost\nAlqaeda,Ghor\n"
    done = run("import", write(here, text, "r.csv"), "-o", "new.yaml", code=0)
    assert [line for line in done.stderr.splitlines() if line.startswith("made the group")] == [
        "made the group al-qaeda of 'Al-Qaeda'",
        "made the group alqaeda of 'Alqaeda'",
    ]


HASH = """\
title: Map #1 of C# groups
levels: {r: {name: Reported}}
sources:
  s:
    title: Report S/2020/415 #3
    date: 2020 # a year
groups:
  a:
    name: Battalion #055
presence:
  - group: a
    in: Kabul
    source: s
    level: r
    as_written: the group #1 in Kabul
"""


def test_hash_cuts_text(run: Run, here: Path) -> None:
    done = run("check", "--strict", write(here, HASH), code=1)
    assert [line.partition("; ")[0] for line in done.stderr.splitlines()] == [
        "t.yaml:1:12: text cut at ` #1`",
        "t.yaml:5:30: text cut at ` #3`",
        "t.yaml:9:21: text cut at ` #055`",
        "t.yaml:15:27: text cut at ` #1`",
    ]
    assert run("check", "t.yaml").exit_code == 0
    built = run("overlay", "t.yaml", "-o", "o.html", code=0)
    assert "t.yaml:9:21: warning: text cut at ` #055`; expected quotes around the text" in built.stderr


@pytest.mark.parametrize(
    ("old", "new"), [("Battalion #055", '"Battalion #055"'), ("Battalion #055", "Battalion # 055")]
)
def test_hash_cuts_text_no_more_when_the_remedy_is_followed(run: Run, here: Path, old: str, new: str) -> None:
    done = run("check", write(here, HASH.replace(old, new)))
    assert "#055" not in done.stderr
    assert done.stderr.count("text cut at") == 3


def test_text_that_is_cut_says_why_a_table_cannot_be_read(run: Run, here: Path) -> None:
    done = run("check", write(here, "presence:\n  Group #1: [Kabul]\n"))
    assert [line[:24] for line in done.stderr.splitlines()] == ["t.yaml:2:3: text; expect", "t.yaml:2:9: text cut at "]


def test_fmt_keeps_a_comment_that_cuts_text_and_hides_it_behind_internal(run: Run, here: Path) -> None:
    write(
        here,
        "groups: {a: {name: Battalion   #055\n}}\npresence: \n  - group: a\n    in: Kabul\n    internal:  x #555\n",
    )
    shown = run("fmt", "--diff", "t.yaml")
    assert "#055" in shown.stdout
    assert "#555" not in shown.output
    assert run("fmt", "t.yaml").exit_code == 0
    text = (here / "t.yaml").read_text("utf-8")
    assert text.startswith("groups: {a: {name: Battalion   #055\n")
    assert "    internal: x #555\n" in text


def test_an_actor_that_a_comment_cuts_is_told_beside_the_counts(run: Run, here: Path) -> None:
    write(here, "id,date,actor,lat,lon\n1,2020-07-01,Battalion #055,34.53,69.17\n2,2020-07-02,B,34.53,69.17\n", "e.csv")
    groups = write(here, "groups: {a: Battalion #055\n, b: B}\n", "groups.yaml")
    done = run("events", "e.csv", "--groups", groups)
    assert "groups.yaml:1:23: warning: text cut at ` #055`; expected quotes" in done.stderr
    write(here, "groups: {a: Battalion #055\n}\n", groups)
    done = run("events", "e.csv", "--groups", groups, code=1)
    assert [line.partition("; ")[0] for line in done.stderr.splitlines()[1:]] == [
        "e.csv: none of 2 events counts: 2 unmapped",
        "groups.yaml:1:23: text cut at ` #055`",
    ]


def test_actors_are_found_however_their_name_is_typed(run: Run, here: Path) -> None:
    names = ("Tehr\u012bk-e Taliban", "TEHR\u012aK\u2011E\u00a0TALIBAN", "Tehri\u0304k e Tali\u200bban", "Tehrik")
    rows = "".join(f"{number},2020-07-01,{name},34.53,69.17\n" for number, name in enumerate(names))
    write(here, "id,date,actor,lat,lon\n" + rows, "e.csv")
    done = run("events", "e.csv", "--groups", write(here, "groups: {t: Tehr\u012bk-e Taliban}", "groups.yaml"), "--to",
               "counts", "--by", "all", "-o", ".")  # fmt: skip
    assert done.exit_code == 0, done.output
    (counts,) = here.glob("*counts*.csv")
    assert counts.read_text("utf-8").endswith("\nt,t,AF-KAB,Kabul,,3,,,,yes\n")


def test_day_month(run: Run, here: Path) -> None:
    text = "sources: {s: {title: T, date: 14/06/2020}}\ngroups: {a: {name: A}}\n"
    text += "presence:\n  - {group: a, in: Kabul, source: s}\n"
    done = run("check", write(here, text), code=1)
    assert "could be either" not in done.stderr
    remedy = done.stderr.rpartition("here ")[2].strip()
    assert remedy == "2020-06-14"
    assert run("check", "--strict", write(here, text.replace("14/06/2020", remedy))).exit_code == 0


def test_two_names_of_one(run: Run, here: Path) -> None:
    done = run("import", write(here, "group,in\nRed,Wardak/Maidan Wardak\n", "r.csv"), "-o", "new.yaml", code=1)
    assert done.stderr.splitlines()[1] == "r.csv:B2: 'Wardak/Maidan Wardak', several in one text; expected Wardak"
    assert run("import", write(here, "group,in\nRed,Wardak\n", "r.csv"), "-o", "new.yaml").exit_code == 0


@pytest.mark.parametrize(
    ("written", "said", "followed"),
    [
        ("in: Wardak/Maidan Wardak", "Wardak", "in: Wardak"),
        ("in: Wardak and Maidan-Wardak", "Wardak", "in: Wardak"),
        ("in: 'Wardak, AF-WAR'", "Wardak", "in: Wardak"),
        ("in: [Wardak/Maidan Wardak]", "Wardak", "in: [Wardak]"),
        ("in: [Kabul, Wardak/Maidan Wardak]", "Wardak", "in: [Kabul, Wardak]"),
        ("in: [Kabul, Wardak/Kabul]", "Wardak", "in: [Kabul, Wardak]"),
        ("in: [Wardak, Wardak/Maidan Wardak]", "a list without it, for what it names", "in: [Wardak]"),
        ("in: Wardak/Maidan Wardak/Kabul", "a list, such as [Wardak, Kabul]", "in: [Wardak, Kabul]"),
        ("in: Wardak, Maidan Wardak", "`in: Wardak`", "in: Wardak"),
        ("in: Wardak, Kabul, Maidan Wardak", "brackets around a list: `in: [Wardak, Kabul]`", "in: [Wardak, Kabul]"),
        ("in: Wardak, Kabul", "brackets around a list: `in: [Wardak, Kabul]`", "in: [Wardak, Kabul]"),
        ("group: a/a, in: Kabul", "a", "group: a, in: Kabul"),
    ],
)
def test_a_remedy_for_several_names_in_one_text_is_taken(
    run: Run, here: Path, written: str, said: str, followed: str
) -> None:
    text = "groups: {a: {name: A}}\npresence:\n  - {%s}\n"
    written, followed = (each if "group" in each else f"group: a, {each}" for each in (written, followed))
    done = run("check", write(here, text % written))
    assert (done.exit_code, done.stderr.count("; expected ")) == (1, 1)
    assert done.stderr.partition("; expected ")[2].startswith(said)
    assert run("check", write(here, text % followed)).exit_code == 0


TWICE = """\
sources: {a: {title: UNSC S/2021/655 p. 12, date: 2021-07}, b: {title: UNSC S/2021/655, date: 2021-07}}
presence:
  - {group: Red, in: Kunar, source: a}
  - {group: Blue, in: Kunar, source: b}
groups: {Red: {name: Red}, Blue: {name: Blue}}
"""


def test_one_source_twice(run: Run, here: Path) -> None:
    done = run("check", "--strict", write(here, TWICE), code=1)
    assert done.stderr == (
        "t.yaml:1:72: 'UNSC S/2021/655' names the document of 'a' on line 1; expected one source with `page` on its "
        "records, `via` where one quotes the other, or titles that tell them apart\n"
    )
    drawn = run("choropleth", "--count", "sources", "t.yaml", "-o", "c.html")
    assert "'UNSC S/2021/655' names the document of 'a' on line 1" in drawn.stderr
    page = (here / "c.html").read_text("utf-8")
    assert "No province is named by more than one independent source" in page
    assert "wo independent sources name groups" not in page


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("b: {title: UNSC S/2021/655, date: 2021-07}", "c: {title: Another}"),
        ("b: {title: UNSC S/2021/655,", "b: {title: UNSC S/2020/717,"),
        ("in: Kunar, source: b", "in: Kunar, source: b, via: a"),
        ("in: Kunar, source: a", "in: Kunar, source: a, via: b"),
    ],
)
def test_one_source_twice_no_more_when_a_remedy_is_followed(run: Run, here: Path, old: str, new: str) -> None:
    text = TWICE.replace(old, new)
    if "c: {" in new:
        text = text.replace("source: b", "source: a, page: 14")
    assert run("check", "--strict", write(here, text)).exit_code == 0


def test_sources_of_one_name_are_told_with_their_lines(run: Run, here: Path) -> None:
    titles = ("UN report, 2020", "Another", "un report 2020.", "UN report 2021", "UN  Report, 2020, p. 3")
    text = "sources:\n" + "".join(f'  s{number}:\n    title: "{title}"\n' for number, title in enumerate(titles))
    done = run("check", write(here, text + "groups: {a: {name: A}}\npresence: [{group: a, in: Kabul, source: s0}]\n"))
    assert [line.partition("; ")[0] for line in done.stderr.splitlines()] == [
        "t.yaml:7:12: warning: 'un report 2020.' names the document of 's0' on line 3",
        "t.yaml:11:12: warning: 'UN  Report, 2020, p. 3' names the document of 's0' on line 3",
    ]


def test_sources_of_one_document_are_told_in_a_spreadsheet(run: Run, here: Path) -> None:
    text = "group,in,source\nRed,Kabul,S/2020/717 p. 3\nRed,Kunar,S/2020/717 p. 4\nRed,Khost,S/2021/655\n"
    done = run("import", write(here, text, "r.csv"), "-o", "new.yaml")
    assert "r.csv:C3: warning: 'S/2020/717 p. 4' names the document of" in done.stderr
    assert done.stderr.count("names the document of") == 1


def test_a_frame_is_read_like_a_spreadsheet() -> None:
    names = ["Sar\u2011i\u2011Pul", "Maidan-Wardak"]
    frame = pandas.DataFrame({"group": "Red", "in": names, "source": ["S/2020/717 p. 3", "UN, S/2020/717"]})
    with pytest.warns(geo.PresenceWarning, match=r"DataFrame:C3: 'UN, S/2020/717' names the document of .* on line 2"):
        table = geo.read_presence(frame)
    assert [claim.unit for claim in table.claims] == ["AF-SAR", "AF-WAR"]
    frame["observed"], frame["in"] = "14/06/2020", "Wardak/Maidan Wardak"
    with pytest.raises(geo.errors.TableError) as caught:
        geo.read_presence(frame)
    assert {problem.expected.rpartition("here ")[2] for problem in caught.value.problems} == {"2020-06-14", "Wardak"}


def test_two_titles_of_one_document_are_no_two_voices_beside_each_other(run: Run, here: Path) -> None:
    write(here, TWICE)
    assert run("compare", "--source", "a", "--source", "b", "--table", "t.yaml", "-o", "c.html").exit_code == 0
    assert "The titles of both name one document." in (here / "c.html").read_text("utf-8")
    write(here, TWICE.replace("UNSC S/2021/655,", "UNSC S/2020/717,"))
    assert run("compare", "--source", "a", "--source", "b", "--table", "t.yaml", "-o", "c.html").exit_code == 0
    assert "The titles of both name one document." not in (here / "c.html").read_text("utf-8")


OLD = """\
as_of: 2020-06-14
levels: {r: {name: R}, s: {name: S, valid_for: 1 year}, t: {name: T}}
sources: {a: {title: A, date: 2018-06-13}, b: {title: B, date: 2018-06-14}, c: {title: C}}
groups: {g: {name: G}}
presence:
  - {group: g, in: Kabul, level: r, source: a}
  - {group: g, in: Kunar, level: r, source: b}
  - {group: g, in: Khost, level: s, source: a}
  - {group: g, in: Ghor, level: r, source: c}
  - {group: g, in: Farah, level: r, source: b, observed: 2017}
  - {group: g, in: Farah, level: r, source: a, observed: {from: 2017}}
"""


def test_claims_older_than_two_years_are_told_once_a_level(run: Run, here: Path) -> None:
    done = run("check", "--strict", write(here, OLD), code=1)
    assert done.stderr == (
        "t.yaml:6:5: 3 records at level r, older than two years before as_of 2020-06-14: lines 6, 10, 11; "
        "expected `valid_for: 2 years` or the like on the level\n"
    )
    followed = run("check", "--strict", write(here, OLD.replace("{name: R}", "{name: R, valid_for: 2 years}")))
    assert (followed.exit_code, "4 records out of date" in followed.stdout) == (0, True)


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("as_of: 2020-06-14\n", "", None),
        ("as_of: 2020-06-14", "as_of: 2018-07", None),
        ("as_of: 2020-06-14", "as_of: 2019-12-31", None),
        ("as_of: 2020-06-14", "as_of: 2020", "lines 6, 7, 10, 11"),
        (", observed: 2017}", ", observed: 2019}", "lines 6, 11"),
        ("level: r, source: b}", "level: t, source: a}", "lines 6, 10, 11"),
    ],
)
def test_claims_are_old_by_the_day_of_the_table(run: Run, here: Path, old: str, new: str, lines: str | None) -> None:
    done = run("check", write(here, OLD.replace(old, new)), code=0)
    assert (f"{lines};" in done.stderr) if lines else done.stderr == ""
    assert ("at level t, older" in done.stderr) == ("level: t" in new)


def test_many_old_claims_are_one_line(run: Run, here: Path) -> None:
    head = "as_of: 2020\nsources: {a: {title: A, date: 2010}}\ngroups: {g: {name: G}}\npresence:\n"
    rows = "".join(f"  - {{group: g, in: Kabul, source: a, observed: {year}}}\n" for year in range(1990, 2011))
    done = run("check", write(here, head + rows))
    assert done.stderr == (
        "t.yaml:5:5: warning: 21 records at level reported, older than two years before as_of 2020: lines 5, 6, 7, "
        "8, 9, 10, 11, 12 and 13 more; expected `valid_for: 2 years` or the like on the level, as in `levels: "
        "{reported: {name: Reported presence, valid_for: 2 years}}`\n"
    )
    levels = done.stderr.split("as in `")[1].removesuffix("`\n")
    assert run("check", "--strict", write(here, levels + "\n" + head + rows)).exit_code == 0
