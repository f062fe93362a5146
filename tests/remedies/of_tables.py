"""Mistakes in a table, and the remedies that are offered."""

from __future__ import annotations

import os
import re
from pathlib import Path

from tests.remedies.follow import Case, Desk, Mend, add, call, cut, instead, make, put, quote

__all__ = ["BASE", "CASES", "TABLE"]

BASE = """\
version: 1
title: A test
as_of: 2020-06-14
levels: {cells: {name: Cells, rank: 1}, camps: {name: Camps}}
sources: {s: {title: A source, date: 2020-01-01}, t: {title: Another, date: 2020-02-01}}
groups: {red: {name: Red}, blue: {name: Blue}}
"""
WHOLE = "- {group: red, in: Kabul, level: cells, source: s}\n"
PAGES = WHOLE.replace("s}", "s, page: 12}") + WHOLE.replace("s}", "s, page: 14}")
TABLE = f"{BASE}presence:\n{WHOLE}"
TIE = "- {between: [red, blue], type: rivalry, standing: ended, source: s}\n"
LOG = "changes: [{date: 2020-07, type: corrected, what: A slip, records: red-11}]\n"
CHECK = "check --strict t.yaml"


TWICE = TABLE.replace("A source,", "S/2021/655 p. 12,").replace("Another,", "S/2021/655,")
TWICE += WHOLE.replace("Kabul", "Kunar").replace("source: s", "source: t")


def _make_one_source(match: re.Match[str], desk: Desk) -> None:
    """Give the page to the record, and the document one source."""
    desk.change("t.yaml", "s: {title: S/2021/655 p. 12, date: 2020-01-01}, ", "")
    desk.change("t.yaml", "source: s}", f"source: t, {match[1]}: 12}}")


def _log(match: re.Match[str], desk: Desk) -> None:
    """Run the command that drafts the entry, and put it into the table, with a date."""
    call(match[3])(match, desk)
    entry = f"{match[1]}, date: 2020-07, what: The province was misread, {match[2]}"
    desk.change("t.yaml", "presence:", f"changes: [{entry}]\npresence:")


def whole(name: str, text: str | bytes, *steps: tuple[str, Mend]) -> Case:
    """Take a whole file."""
    return Case(name, CHECK, {"t.yaml": text}, steps)


def record(name: str, text: str, *steps: tuple[str, Mend]) -> Case:
    """Take a record with one mistake; what it lacks stands there already."""
    given = set(re.findall(r"(\w+):", text))
    given |= {"in"} if given & {"region", "nationwide", "unlocated"} else set()
    rest = [
        each for each in ("group: red", "in: Kabul", "level: cells", "source: s") if each.split(":")[0] not in given
    ]
    return whole(name, f"{BASE}presence:\n- {{{', '.join([*rest, text])}}}\n", *steps)


def group(name: str, text: str, *steps: tuple[str, Mend]) -> Case:
    """Take a group with one mistake."""
    groups = f"groups: {{red: {{name: Red, {text}}}, blue: {{name: Blue}}}}"
    return whole(name, TABLE.replace("groups: {red: {name: Red}, blue: {name: Blue}}", groups), *steps)


def relation(name: str, text: str, *steps: tuple[str, Mend]) -> Case:
    """Take a relation with one mistake."""
    return whole(name, f"{TABLE}relations:\n- {{{text}}}\n", *steps)


def source(name: str, text: str, *steps: tuple[str, Mend]) -> Case:
    """Take a source with one mistake."""
    return whole(name, TABLE.replace("s: {title: A source", f"s: {{{text}"), *steps)


def _make_pipe(path: Path) -> None:
    os.mkfifo(path)


PLACES = [
    record("a province", "in: Konnar", (r"'Konnar'.*nearest: (\w+)", put("Konnar"))),
    record("a province in a list", "in: [Kabul, Konnar]", (r"'Konnar'.*nearest: (\w+)", put("Konnar"))),
    record("the word province", "in: Kunar Province", (r"nearest: (\w+)", put("Kunar Province"))),
    record("a code with two meanings", "in: AF13", (r"expected (pcode:AF13) for OCHA's", put("AF13"))),
    record("a code of OCHA's form that is none", "in: AF99", (r"one of (pcode:AF\d\d) to", put("AF99"))),
    record("a capital", "in: Mazar-e Sharif", (r"the capital of (\w+)", put("Mazar-e Sharif"))),
    record("a region under in", "in: Eastern", (r"goes under `(region)`", put("in:", r"\1:"))),
    record("the country under in", "in: Afghanistan", (r"goes under `(.*?)`", put("in: Afghanistan"))),
    record("the country under region", "region: Afghanistan", (r"goes under `(.*?)`", put("region: Afghanistan"))),
    record("a province under region", "region: Kabul", (r"goes under `(in)`", put("region:", r"\1:"))),
    record("a region", "region: Eastren", (r"nearest: (\w+)", put("Eastren"))),
    record("several in one text", 'in: "Kabul, Kunar"', (r"such as (\[.*\])", put('"Kabul, Kunar"'))),
    record("a list without brackets", "in: Kabul, Kunar", (r"around a list: `(.*)`", put("in: Kabul, Kunar"))),
    record("a province twice", "in: [Kabul, Kabol]", (r"expected each province once", cut(", Kabol"))),
    record("two places", "in: Kabul, region: Eastern", (r"expected either `(\w+)`",
                                                       put("in: Kabul, region: Eastern", r"\1: Kabul"))),
    whole("no place", f"{BASE}presence:\n- {{group: red, level: cells, source: s}}\n",
          (r"expected either `(\w+)`", put("level:", r"\1: Kabul, level:"))),
    record("more than there are", "unlocated: 40", (r"a number up to (\d+)", put("40"))),
    whole("a province among regions", f"{BASE}regions: {{south: [Konnar]}}\npresence:\n{WHOLE}",
          (r"nearest: (\w+)", put("Konnar"))),
    whole("not applicable and named", f"{BASE}not_applicable: [Kabul, Herat]\npresence:\n{WHOLE}",
          (r"names (\w+), which.*expected it in one place only", put("Kabul, Herat", "Herat"))),
]  # fmt: skip

NAMES = [
    record("a group", "group: rde", (r"nearest: (\w+)", put("group: rde", r"group: \1"))),
    record("a group by its name", "group: Red", (r"nearest: (\w+)", put("group: Red", r"group: \1"))),
    record("a group twice", "group: [red, red]", (r"expected each group once", put("[red, red]", "[red]"))),
    record("a level among few", "level: camp", (r"nearest: (\w+)", put("level: camp", r"level: \1"))),
    record("a level like none", "level: zzz", (r"one of (\w+)", put("level: zzz", r"level: \1"))),
    record("a source", "source: ss", (r"(?:nearest:|one of) (\w+)", put("source: ss", r"source: \1"))),
    whole("two groups of one name", TABLE.replace("{name: Blue}", "{name: red}"),
          (r"one of these groups, or names that tell them apart", put("{name: red}", "{name: Blue}"))),
    whole("no sources", "groups: {red: {name: Red}}\npresence:\n- {group: red, in: Kabul, source: s}\n",
          (r"expected `(sources)` that define it", put("groups:", "\\1: {s: {title: S}}\ngroups:"))),
    whole("no level given", f"{BASE}presence:\n- {{group: red, in: Kabul, source: s}}\n",
          (r"without `(level)`.*nearest: (\w+)", put("in: Kabul", r"in: Kabul, \1: \2"))),
    record("another word for a key", "date: 2020-01", (r"unknown key 'date'.*expected `(\w+)`", put("date: 2020-01}", r"\1: 2020-01}"))),
    record("a key", "fnding: present", (r"unknown key 'fnding'.*nearest: (\w+)", put("fnding"))),
    whole("a key of the table", TABLE.replace("title: A test", "titel: A test"), (r"nearest: (\w+)", put("titel"))),
    whole("an American key", TABLE.replace("name: Red", 'name: Red, color: "#aa0000"'),
          (r"expected `(\w+)`", put("color"))),
    whole("internal in capitals", TABLE.replace("red: {name: Red}", "red: {name: Red}, Internal: x"),
          (r"expected `(internal)` in small letters", put("Internal"))),
    record("internal that is no text", "internal: [a]", (r"expected text; what stands", put("[a]", "a"))),
    record("a choice", "basis: report", (r"nearest: (\w+)", put("report"))),
    record("a choice like none", "finding: zzz", (r"expected (\w+),", put("zzz"))),
    whole("an id", TABLE.replace("{red:", "{red army:").replace("group: red", "group: red army"),
          (r"an id of letters, digits, (-), _ and \. only", put("red army: {", r"red\1army: {")),
          (r"nearest: ([\w-]+)", put("group: red army", r"group: \1"))),
    group("a language", "names: {dari1: x}", (r"a language tag such as (\w+)", put("dari1"))),
]  # fmt: skip

TEXTS = [
    record("a list for text", "note: [a]", (r"a list where text belongs; expected text", put("[a]", "a"))),
    record("nothing", "note: ", (r"nothing stands here; expected text, or leave the key out", cut(", note: "))),
    group("a colour without quotes", "colour: #aa0000\n", (r"text that begins with # needs quotes",
                                                          quote("#aa0000"))),
    record("an empty text", 'note: " "', (r"an empty text; expected text, or leave the key out", cut(', note: " "'))),
    record("a direction", 'note: "a\u202eb"', (r"expected text without it; delete it", cut("\u202e"))),
    record("nothing visible", 'note: "\u200b"', (r"visible character; expected text, or leave", cut(', note: "\u200b"'))),
    group("a line break", 'short: "a\\nb"', (r"expected a name on one line", cut("\\n"))),
    group("an invisible letter", 'short: "a\u200bb"', (r"expected the name without it; delete it", cut("\u200b"))),
    group("two scripts", "short: \u041aabul", (r"mixes scripts: '(.)' \(U\+\w+ CYRILLIC CAPITAL LETTER (K)A\)",
                                               put("\u041a", r"\2"))),
    group("a colour", "colour: red", (r'a colour as "(#)rrggbb", in quotes', put("red}", r'"\1aa0000"}'))),
    source("an address", "title: S, url: www.example.org", (r"begins with (http://)", put("www.", r"\1www."))),
    record("a grade of source and record", "grade: B3", (r"a digit from (1) to 6", put("B3"))),
    source("a grade of a source", "title: S, grade: 3", (r"a letter from (A) to F", put("grade: 3", r"grade: \1"))),
    whole("a version", TABLE.replace("version: 1", "version: 2"), (r"expected (1), the version",
                                                                  put("version: 2", r"version: \1"))),
    whole("a span", TABLE.replace("rank: 1", "rank: 1, valid_for: 2y"), (r"such as (\d+ days)", put("2y"))),
    record("yes", "nationwide: yes", (r"expected (true), or leave", put("yes"))),
]  # fmt: skip

FIGURES = [
    record("a number in quotes", 'unlocated: "12"', (r"without quotes or separators", put('"12"', "12"))),
    record("a span of units", "unlocated: 5-9", (r"or (\{.*?\}) for a span", put("5-9"))),
    record("a span beyond what there is", "unlocated: 30-40",
           (r"or (\{.*?\}) for a span", put("30-40")), (r"a number up to (\d+)", put("40"))),
    whole("claims that are old", TABLE.replace("date: 2020-01-01", "date: 2017"),
          (r"`(valid_for: 2 years)` or the like on the level", put("rank: 1", r"rank: 1, \1"))),
    whole("two sources of one document, one source", TWICE,
          (r"expected one source with `(page)` on its records", _make_one_source)),
    whole("two sources of one document, one quotes the other", TWICE,
          (r"`(via)` where one quotes the other", put("source: t}", r"source: t, \1: s}"))),
    whole("two sources of one document, told apart", TWICE,
          (r"or titles that tell them apart", put("{title: S/2021/655,", "{title: S/2021/656,"))),
    whole("a rank", TABLE.replace("rank: 1", "rank: 1-2"), (r"from (\d+) to 1,000,000\n", put("rank: 1-2", r"rank: \1"))),
    group("a strength with a comma", 'strength: [{best: "1,000", counts: fighters, source: s}]',
          (r"without quotes or separators", put('"1,000"', "1000"))),
    group("a span as one figure", "strength: [{best: 100-200, counts: fighters, source: s}]",
          (r"or `(low: \d+, high: \d+)` for a span", put("best: 100-200"))),
    group("a share in per cent", "strength: [{share: 50%, of: blue, counts: fighters, source: s}]",
          (r": ([\d.]+) for 50 %", put("50%"))),
    group("a span of per cent", "strength: [{share: 10-20%, of: blue, counts: fighters, source: s}]",
          (r"or (\{.*?\}) for 10 to 20 %", put("10-20%"))),
    group("bounds the wrong way", "strength: [{low: 9, high: 5, counts: fighters, source: s}]",
          (r"high (5) is below low (9); expected low <= best <= high", put("low: 9, high: 5", r"low: \1, high: \2"))),
    group("no figure", "strength: [{counts: fighters, source: s}]",
          (r"expected low, (best) or high", put("counts:", r"\1: 5, counts:"))),
    group("not said what is counted", "strength: [{best: 5, source: s}]",
          (r"expected `(counts)`", put("best: 5", r"best: 5, \1: fighters"))),
    group("a share beside a number", "strength: [{best: 5, share: 0.2, of: blue, counts: fighters, source: s}]",
          (r"either `(share)` or low, best, high", cut("best: 5, "))),
    group("a share of nothing", "strength: [{share: 0.2, counts: fighters, source: s}]",
          (r"expected `(of)`: the group", put("share: 0.2", r"share: 0.2, \1: blue"))),
    group("of without a share", "strength: [{best: 5, of: blue, counts: fighters, source: s}]",
          (r"or no `(of)`", cut(", of: blue"))),
    group("strength in one text", "strength: 5", (r"expected a list of strengths", put("strength: 5",
          "strength: [{best: 5, counts: fighters, source: s}]"))),
]  # fmt: skip

DATES = [
    record("no such month", "observed: 2020-13", (r"a date as (YYYY),", put("2020-13", "2020"))),
    whole("a year of another calendar", TABLE.replace("as_of: 2020-06-14", "as_of: 1399-03-25").replace("2020", "1398"),
          (r"or `(calendar: solar-hijri)` at the head", put("title: A test", r"title: A test\n\1"))),
    whole("a year far away", TABLE.replace("2020-02-01", "2120-02-01"),
          (r"a year after 2100; expected a year from 1900 to 2100", put("2120-02-01", "2020-02-01"))),
    whole("a day of no calendar", TABLE.replace("title: A test", "title: A test\ncalendar: solar-hijri")
          .replace("2020", "1398").replace("1398-06-14", "1399-13-01"),
          (r"not in the Solar Hijri calendar; expected a date as (YYYY)", put("1399-13-01", "1399"))),
    whole("a month of another calendar", TABLE.replace("title: A test", "title: A test\ncalendar: solar-hijri")
          .replace("2020-06-14", "1399-06-14").replace("2020-01-01", "1398-01").replace("2020", "1398"),
          (r"'1398-01', which lies in two months or years of our calendar; expected a day", put("1398-01}", "1398-01-01}"))),
    record("no such day", "observed: 2020-02-30", (r"not in the calendar; expected a date as YYYY, (YYYY-MM)",
                                                   put("2020-02-30", "2020-02"))),
    record("after the end of the table", "observed: 2021", (r"as_of ([\d-]+); expected a date up to as_of",
                                                            put("2021"))),
    record("a period that goes back", "observed: {from: 2020, to: 2019}",
           (r"\((\d+) to (\d+)\); expected from before to", put("from: 2020, to: 2019", r"from: \2, to: \1"))),
    record("a period without ends", "observed: {}", (r"expected (from), to or both", put("{}", r"{\1: 2019}"))),
    record("a list of dates", "observed: [2019, 2020]",
           (r"a date, or \{(from): date, (to): date\}", put("[2019, 2020]", r"{\1: 2019, \2: 2020}"))),
]  # fmt: skip

KINDS = [
    source("no title", "author: A", (r"expected `(title)`", put("author: A", r"author: A, \1: A"))),
    whole("via alone", TABLE.replace("source: s}", "via: s}"), (r"expected `(source)`: who quotes", put("via: s", r"via: s, \1: t"))),
    relation("no standing", "between: [red, blue], type: rivalry, source: s",
             (r"expected `(standing)`", put("type:", r"\1: existing, type:"))),
    relation("a tie with itself", "from: red, to: red, type: support, standing: existing, source: s",
             (r"expected another group", put("to: red", "to: blue"))),
    relation("one end", "between: [red], type: rivalry, standing: ended, source: s",
             (r"a list of groups, at least 2", put("[red]", "[red, blue]"))),
    relation("an end without a list", "between: red, type: rivalry, standing: ended, source: s",
             (r"expected a list of groups", put("between: red", "between: [red, blue]"))),
    relation("both forms", "between: [red, blue], from: red, type: rivalry, standing: ended, source: s",
             (r"expected either `(between)` or", cut(", from: red"))),
    whole("no list of relations", f"{TABLE}relations: {{between: [red, blue], type: rivalry, standing: ended, source: s}}",
          (r"expected a list of relations", put("relations: {between: [red, blue], type: rivalry, standing: ended, source: s}",
                                               "relations: [{between: [red, blue], type: rivalry, standing: ended, source: s}]"))),
    whole("a ring", TABLE.replace("name: Red", "name: Red, part_of: {group: blue, source: s}").replace(
          "name: Blue", "name: Blue, part_of: {group: red, source: s}"),
          (r"expected no ring of `(part_of)`", cut(", part_of: {group: red, source: s}"))),
    whole("a claim twice", TABLE + WHOLE, (r"expected each claim once", cut(WHOLE))),
    whole("a claim on two pages", f"{BASE}presence:\n{PAGES}",
          (r"with all its pages in `page`", put(PAGES, WHOLE.replace("s}", "s, page: '12, 14'}")))),
    whole("a claim twice, of another source", TABLE + WHOLE, (r"or another (source) or period",
                                                             put("source: s}", r"\1: t}"))),
    whole("a claim twice, of another time", TABLE + WHOLE, (r"or another source or (period)",
                                                           put("source: s}", "source: s, observed: 2019}"))),
    whole("a claim without a source", TABLE.replace(", source: s}", "}"), (r"expected `(source)`",
                                                                          put("cells}", r"cells, \1: s}"))),
    whole("the short form", "presence: {Red: [Kabul]}\nsources: {s: {title: S}}\n",
          (r"expected records with `source`",
           put("presence: {Red: [Kabul]}", "groups: {red: {name: Red}}\npresence:\n- {group: red, in: Kabul, source: s}"))),
    whole("the short form with levels", f"{BASE}presence: {{red: [Kabul]}}\n",
          (r"expected a list of records with `level`", put("presence: {red: [Kabul]}", "presence:\n" + WHOLE))),
    Case("names without a list", "check t.yaml", {"t.yaml": "presence: Kabul\n"},
         ((r"group names with their provinces", put("presence: Kabul", "presence: {Red: [Kabul]}")),)),
    Case("a region in the short form", "check t.yaml", {"t.yaml": "presence: {Red: [Eastern]}\n"},
         ((r"goes under `(region)`, in a record", put("presence: {Red: [Eastern]}",
           r"groups: {red: {name: Red}}\npresence: [{group: red, \1: Eastern}]")),)),
    whole("a region among regions", f"{BASE}regions: {{east: [Eastern, Kabul]}}\npresence:\n{WHOLE}",
          (r"which is a region; expected provinces by their names, each by itself", put("Eastern", "Kunar, Laghman"))),
    whole("the country among regions", f"{BASE}not_applicable: Afghanistan\npresence:\n{WHOLE}",
          (r"the whole country; expected provinces by their names, each by itself", put("Afghanistan", "[Kunar, Herat]"))),
    record("a span of bounds", "unlocated: {low: 3-5}", (r"or `(low: 3, high: 5)` for a span", put("low: 3-5"))),
    whole("a mapping for a list", TABLE.replace("groups: {red: {name: Red}, blue: {name: Blue}}", "groups: [red, blue]"),
          (r"expected a mapping from ids or names", put("[red, blue]", "{red: {name: Red}, blue: {name: Blue}}"))),
    whole("a group without a mapping", TABLE.replace("red: {name: Red}", "red: Red"),
          (r"expected the keys (name)", put("red: Red", r"red: {\1: Red}"))),
    whole("a table without a record", BASE, (r"(--allow-empty)", add())),
]  # fmt: skip

YAML = [
    whole("a colon in a text", TABLE.replace("A test", "A: test"), (r"quotes around text that holds ': '",
                                                                   quote("A: test"))),
    whole("a tab", TABLE.replace("- {group", "\t- {group"), (r"expected blanks for tabs", put("\t", "  "))),
    whole("a text that begins with @", TABLE.replace("A test", "@test"), (r"or quotes around the text",
                                                                         quote("@test"))),
    record("a bracket left open", "in: [Kabul, Kunar", (r"expected a closing (\])", put("Kunar", r"Kunar\1"))),
    record("a bracket in a text", "note: a ] b", (r"quotes around text", quote("a ] b"))),
    whole("a brace left open", TABLE.replace("source: s}\n", "source: s\n"),
          (r"expected (?:a closing (\})|its end)", put("source: s\n", "source: s}\n"))),
    whole("no key", TABLE.replace("title: A test", "title: A test\nby me"),
          (r"a colon and a blank after each key", put("by me", "byline: me"))),
    whole("a quote left open", TABLE.replace("A test", '"A test'), (r"expected its end", put('"A test', '"A test"'))),
    whole("indentation", TABLE.replace("as_of:", " as_of:"),
          (r"expected (?:the same indentation for keys of one level|quotes around text)", put(" as_of:", "as_of:"))),
    whole("an anchor", TABLE.replace("A test", "&A test"), (r"quotes around text that begins with &", quote("&A test"))),
    whole("a tag", TABLE.replace("A test", "!A test"), (r"quotes around text that begins with !", quote("!A test"))),
    whole("an alias", TABLE.replace("A test", "&a A test\nsubtitle: *a"),
          (r"an alias \(\*\); expected the value itself", put("*a", "A test")),
          (r"an anchor \(&\); expected the value alone", cut("&a "))),
    whole("a merge key", TABLE.replace("{name: Cells,", "{<<: {name: Cells},"),
          (r"expected the keys themselves", put("<<: {name: Cells}", "name: Cells"))),
    whole("a key twice", TABLE.replace("title: A test", "title: A test\ntitle: A test"),
          (r"expected it once; it already stands at line 2", cut("title: A test\n"))),
    whole("no key before a colon", TABLE.replace("title: A test", "title: A test\n? \n: x"),
          (r"expected a key before the colon", put("? \n: x", "byline: x"))),
    record("a brace in a text", "note: a } b", (r"or quotes around text with", quote("a } b"))),
    whole("a list as a key", TABLE.replace("title: A test", "title: A test\n[a]: x"),
          (r"text as a key, in quotes if it holds", quote("[a]")), (r"expected the keys (?:.*)(byline)", put('"[a]"'))),
    whole("two documents", TABLE + "---\ntitle: x\n", (r"expected one table in one file", cut("---\ntitle: x\n"))),
    whole("an unprintable escape", TABLE.replace("A test", '"A\\u2028test"'), (r"expected text without it",
                                                                              cut("\\u2028"))),
    record("a comma in a text", "note: seen once, twice", (r"quotes around text that holds a comma",
                                                          quote("seen once, twice"))),
    whole("UTF-16", TABLE.encode("utf-16"), (r'a text file saved as "(UTF-8)"', make("t.yaml", TABLE))),
    whole("Latin 1", TABLE.replace("A test", "A t\u00e9st").encode("latin-1"),
          (r'a text file saved as "(UTF-8)"', make("t.yaml", TABLE.replace("A test", "A t\u00e9st")))),
    whole("a control", TABLE.replace("A test", "A\x07 test"), (r"text without it; delete it", cut("\x07"))),
    whole("an empty file", "", (r"expected a presence table", make("t.yaml", TABLE))),
    whole("an empty list", TABLE.replace("in: Kabul", "in: []"), (r"at least 1", put("[]", "[Kabul]"))),
]  # fmt: skip

FILES = [
    Case("no table yet", "check", {}, ((r"'(presence init)' writes one", call()),)),
    Case("a folder for a table", "check maps", {"maps/presence.yaml": TABLE},
         ((r"a file, such as (\S+)", instead("maps")),)),
    Case("a pipe for a table", "check t.pipe", {"t.pipe": _make_pipe}, ((r"or (-) for standard input", instead("t.pipe")),),
         given=TABLE.encode()),
    Case("a pipe to tidy", "fmt t.pipe", {"t.pipe": _make_pipe, "t.yaml": TABLE},
         ((r"not a regular file; expected a file$", instead("t.pipe", "t.yaml")),)),
]  # fmt: skip

PAGE_KEYS = [
    whole("a long headline", TABLE.replace("title: A test", f"title: A test\nheadline: {'x ' * 70}"),
          (r"a headline on one line, at most 120 letters", put("x " * 70, "x " * 20))),
    group("long letters", "letters: REDRED", (r"letters on one line, at most 5", put("REDRED", "RED"))),
    whole("letters of two groups", TABLE.replace("name: Red", "name: Red, letters: R").replace("name: Blue", "name: Blue, letters: r"),
          (r"one of these groups, or letters that tell them apart", put("letters: r", "letters: B"))),
    whole("translations of no note", TABLE.replace("name: Red", "name: Red, translations: {fa: {note: N}}"),
          (r"`translations` without `note`; expected `(note)`: what they translate", put("name: Red,", r"name: Red, \1: N,"))),
    whole("no level of presence", TABLE.replace("rank: 1}", "footprint: false}").replace("name: Camps", "name: Camps, footprint: false"),
          (r"`(footprint: false)` on every level; expected a level of presence, without it", cut(", footprint: false"))),
    record("an open list of a region", "region: Eastern, open_list: true", (r"expected it beside `in` only", cut(", open_list: true"))),
    whole("a basis that nobody can know", TABLE.replace("group: red", "group: [red, blue]").replace("title: A source", "title: A source, favours: red"),
          (r"expected `(basis)`, or a record for each", put("source: s}", r"source: s, \1: reported}"))),
    whole("a map alone", TABLE.replace("title: A source", "title: A source, derived: true"),
          (r"expected a record of what it is made of", make("t.yaml", (TABLE + WHOLE.replace("s}", "t}")).replace(
              "title: A source", "title: A source, derived: true")))),
    relation("a tie twice, of something else", "between: [red, blue], type: rivalry, standing: ended, source: s}\n- {between: [red, blue], "
             "type: rivalry, standing: ended, source: s", (r"or another `(what)`",
                                                           put("source: s}\n- {between: [red, blue], type: rivalry", r"source: s, \1: arms}\n- {between: [red, blue], type: rivalry"))),
]  # fmt: skip

PUBLISHED = [
    whole("a licence almost by its identifier", TABLE.replace("title: A test", "title: A test\nlicence: CC BY 4.0"),
          (r"expected (\S+), its SPDX identifier", put("CC BY 4.0", r"\1"))),
    whole("an author without a list", TABLE.replace("title: A test", "title: A test\nauthors: A. Author"),
          (r"expected a list of names, such as (\[.*\])", put("A. Author", r"\1"))),
    whole("an entry of a record almost known", TABLE.replace("{group", "{id: red-1, group") + LOG,
          (r"expected the `id` of a record; nearest: (\S+)", put("red-11", r"\1"))),
    whole("an entry of a record without an id", TABLE + LOG,
          (r"unknown record '(\S+)'; expected a record that has it as its `(id)`", put("{group", r"{\2: \1, group"))),
    Case("a change that is not in the log", "check --strict --since old.yaml t.yaml",
         {"old.yaml": TABLE.replace("{group", "{id: red-1, group").replace("Kabul", "Kunar"),
          "t.yaml": TABLE.replace("{group", "{id: red-1, group")},
         ((r"an entry such as `(\{type: corrected), (records: red-1\})` under `changes`; '(presence log old.yaml t.yaml)' drafts it",
           _log),)),
    Case("a part that changed and is not in the log", "check --strict --since old.yaml t.yaml",
         {"old.yaml": TABLE.replace("name: Red", "name: Reds"), "t.yaml": TABLE},
         ((r"an entry such as `(\{type: corrected), (parts: groups/red\})` under `changes`; '(presence log old.yaml t.yaml)' drafts it",
           _log),)),
    Case("a record without an id that is not in the log", "check --strict --since old.yaml t.yaml",
         {"old.yaml": f"{BASE}presence:\n{WHOLE.replace('Kabul', 'Kunar')}", "t.yaml": TABLE},
         ((r"such as `(\{type: withdrawn)\}` whose `what` names its groups, and its place or else its level under `changes`",
           put("presence:", r"changes: [{date: 2020-07, type: corrected, what: Red is in Kabul and not in Kunar}]\npresence:")),)),
    whole("a withdrawn record that still stands", TABLE.replace("{group", "{id: red-11, group") + LOG.replace("corrected", "withdrawn"),
          (r"expected an entry of another type, or the table without it", put("withdrawn", "corrected"))),
    whole("an entry of a part that no table has", TABLE + LOG.replace("records: red-11", "parts: colours"),
          (r"expected a part of the table, such as title, .*(groups/)ID, ", put("colours", r"\1red"))),
    whole("an entry of a part that no group has", TABLE + LOG.replace("records: red-11", "parts: groups/red/colour"),
          (r"expected a part of the table, such as title, .*groups/ID/(strength), ", put("colour", r"\1"))),
    whole("an entry of a group almost known", TABLE + LOG.replace("records: red-11", "parts: groups/rde"),
          (r"unknown group 'rde'; .*nearest: (\S+)", put("rde", r"\1"))),
]  # fmt: skip

IDS = [
    whole("a correction without an id", TABLE.replace("source: s}", "source: s, changed: {date: 2020-03, reason: a slip}}"),
          (r"`(presence fmt --ids) TABLE` gives it", call(r"\1 t.yaml"))),
    whole("an id twice", TABLE.replace("{group", "{id: a, group") + WHOLE.replace("{group: red, in: Kabul", "{id: a, group: red, in: Herat"),
          (r"expected an id of its own", put("id: a", "id: b"))),
    Case("ids in the short form", "fmt --ids t.yaml", {"t.yaml": "presence: {Red: [Kabul]}\n"},
         ((r"a list of records, each with `(group)` and `(in)`", put("presence: {Red: [Kabul]}",
           r"groups: {red: {name: Red}}\npresence:\n- {\1: red, \2: Kabul}")),)),
]  # fmt: skip

EMPTY = [
    record("a date that is none", "observed: {from: , to: 2019}", (r"a date as YYYY.*, or leave the key out", cut("from: , "))),
    record("a flag that is none", "nationwide: ", (r"expected (true), or leave the key out", put("nationwide: ", r"nationwide: \1"))),
    record("a reference that is none", "via: ", (r"the id of a source, or leave the key out", cut(", via: "))),
    record("a province that is none", 'in: ""', (r"a province, or leave the key out", put('in: ""', "nationwide: true"))),
    record("a number that is none", "unlocated: {low: , high: 5}", (r"or leave the key out", cut("low: , "))),
    Case("no records", "check t.yaml", {"t.yaml": "presence:\n"}, ((r"or group names with their provinces, or leave the key out",
                                                                   put("presence:", "presence: {Red: [Kabul]}")),)),
    whole("an id of two scripts", TABLE.replace("{red: {", "{r\u0435d: {"), (r"mixes scripts: '(.)' \(U\+\w+ CYRILLIC SMALL LETTER I(E)\)",
          lambda match, desk: desk.change("t.yaml", match[1], match[2].lower()))),
    Case("names that come to one id", "check t.yaml", {"t.yaml": "presence: {Red: [Kabul], red!: [Kunar]}"},
                               ((r"a name of its own for each group", put("red!", "Blue")),)),
    whole("a tie twice", f"{TABLE}relations:\n" + 2 * TIE, (r"or another (standing), source or period", put("ended", "existing"))),
    whole("a text cut at a #", TABLE.replace("A test", "Battalion #055"), (r"expected quotes around the text", quote("Battalion #055"))),
    whole("a comment without a blank", TABLE.replace("A test", "A test #mine"), (r"for a comment, a blank after the #", put("#mine", "# mine"))),
    whole("a picture for a table", b"\x89PNG", (r"a table in YAML, which is plain text", make("t.yaml", TABLE))),
    whole("too deep", "title: " + "[" * 30 + "]" * 30, (r"expected a flatter table", make("t.yaml", TABLE))),
]  # fmt: skip
CASES = [*PLACES, *NAMES, *TEXTS, *FIGURES, *DATES, *KINDS, *YAML, *FILES, *IDS, *PUBLISHED, *PAGE_KEYS, *EMPTY]
