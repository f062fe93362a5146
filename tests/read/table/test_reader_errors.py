"""What a table may not hold: each message whole, with its line and column, and the good value beside the bad one."""

# ruff: noqa: E501  # whole messages stand on one line each, to be found by search

from __future__ import annotations

from pathlib import Path

import pytest

from geo.errors import Problem, TableError
from geo.read.table.reader import parse_presence
from tests.read.few_units import GAZETTEER, complain

DATA = Path(__file__).parents[2] / "data"
HEAD = "sources: {s: {title: S}}\nlevels: {l: {name: L}, m: {name: M}}\ngroups: {a: {name: A}, b: {name: B}}\n"


def test_all_errors_of_a_file_are_told_at_once_in_its_order() -> None:
    with pytest.raises(TableError) as caught:
        parse_presence((DATA / "wrong.yaml").read_bytes(), "wrong.yaml", GAZETTEER)
    assert f"{caught.value}\n" == (DATA / "wrong.txt").read_text(encoding="utf-8")
    places = [problem.position for problem in caught.value.problems if problem.position]
    assert len(places) == len(caught.value.problems)
    assert places == sorted(places)


def test_the_list_of_errors_ends_at_fifty() -> None:
    text = HEAD + "presence:\n" + "  - {group: c, in: Konnar, level: l}\n" * 100
    with pytest.raises(TableError) as caught:
        parse_presence(text.encode(), "t.yaml", GAZETTEER)
    assert len(str(caught.value).splitlines()) == 51
    assert str(caught.value).endswith("... and 150 more")


RECORDS = [
    ("group: a, in: Kabul, level: l", []),
    ("in: Kabul, level: l", ["5:5: a record without `group`; expected `group`"]),
    ("group: a, level: l", ["5:5: none of `in`, `region`, `nationwide`, `unlocated` in a record; {place}"]),
    ("group: a, in: Kabul, unlocated: 3, level: l", ["5:5: `in` and `unlocated` in a record; {place}"]),
    ("group: a, in: Kabul", ["5:5: a record without `level`; expected the id of a level, since the table has several; nearest: l, m"]),
    ("group: A, in: Kabul, level: l", ["5:13: unknown group 'A'; expected one defined under `groups`; nearest: a"]),
    ("group: x, in: Kabul, level: l", ["5:13: unknown group 'x'; expected one of a, b"]),
    ("group: [], in: Kabul, level: l", ["5:13: an empty list; expected a group or a list of groups, at least 1"]),
    ("group: {a: b}, in: Kabul, level: l", ["5:13: a mapping where a list belongs; expected a group or a list of groups"]),
    ("group: a, in: [Kabul, [Kunar]], level: l", ["5:28: a list where text belongs; expected a province"]),
    ("group: a, in: , level: l", ["5:20: nothing stands here; expected a province, or leave the key out; text that begins with # needs quotes"]),
    ("group: a, in: ~, level: l", ["5:20: nothing stands here; expected a province, or leave the key out"]),
    ("group: a, in: '~', level: l", ["5:20: unknown province '~'; expected a province, not a district or town"]),
    ("group: a, in: '  ', level: l", ["5:20: an empty text; expected a province, or leave the key out"]),
    ("group: a, in: [AF-PIA, Paktia], level: l", ["5:29: 'Paktia' names the same province twice; expected each province once"]),
    ("group: a, nationwide: true, level: l", []),
    ("group: a, nationwide: false, level: l", ["5:28: 'false'; expected true, or leave the key out"]),
    ("group: a, unlocated: 6, level: l", []),
    ("group: a, unlocated: {low: 6}, level: l", []),
    ("group: a, unlocated: 0, level: l", ["5:27: '0'; expected a whole number from 1 to 1,000,000"]),
    ("group: a, unlocated: 7, level: l", ["5:27: more provinces than the 6 there are; expected a number up to 6"]),
    ("group: a, unlocated: {low: 3, high: 2}, level: l", ["5:42: high 2 is below low 3; expected low <= best <= high"]),
    ("group: a, unlocated: {}, level: l", ["5:27: no figure; {figure}"]),
    ("group: a, unlocated: [3], level: l", ["5:27: a list; expected a number of provinces, or {{low, best, high}}"]),
    ("group: a, in: Kabul, level: l, via: s", ["5:37: `via` without `source`; expected `source`: who quotes what `via` names"]),
    ("group: a, in: Kabul, level: l, trend: up", ["5:44: 'up'; expected growing, stable, shrinking or unclear"]),
    ("group: a, in: Kabul, level: l, basis: claim", ["5:44: 'claim'; expected reported, claimed or assessed; nearest: claimed"]),
    ("group: a, in: Kabul, level: l, note: Yes, really", ["5:48: the text 'really' after a comma, without a colon, in a record; expected quotes around text that holds a comma"]),
    ("group: a, in: Kabul, level: l, note: 'Yes, really'", []),
    ("group: a, in: Kabul, level: l, page: \"1\\n2\"", ["5:43: a line break in a name; expected a page or pages, on one line"]),
    ("group: a, in: Kabul, level: l, note: \"1\\n2\"", []),
    ("group: a, in: Kabul, level: l, note: \"\\u202ex\"", ["5:43: the hidden direction control U+202E; expected text without it; delete it"]),
    ("group: a, in: Kabul, level: l, note: \"\\u200fx\"", []),
    ("group: a, in: Kabul, level: l, id: a-1", []),
    ("group: a, in: Kabul, level: l, id: a 1", ["5:41: 'a 1'; {id}"]),
    ("group: a, in: Kabul, level: l, id: -1", ["5:41: '-1'; {id}"]),
    ("group: a, in: Kabul, level: l, id: [x]", ["5:41: a list where text belongs; {id}"]),
    ("group: a, in: Kabul, level: l, id: хa", ["5:41: 'хa' mixes scripts: 'х' (U+0445 CYRILLIC SMALL LETTER HA); expected all letters of an id from one script"]),
    ("group: a, in: Kabul, level: l, id: x, changed: {date: 2020, reason: misread}", []),
    ("group: a, in: Kabul, level: l, id: x, changed: {date: 2020}", ["5:53: a correction without `reason`; expected `reason`"]),
    ("group: a, in: Kabul, level: l, id: x, changed: {reason: misread}", ["5:53: a correction without `date`; expected `date`"]),
    ("group: a, in: Kabul, level: l, id: x, changed: {date: May, reason: x}", ["5:60: 'May'; expected a date as YYYY, YYYY-MM or YYYY-MM-DD"]),
    ("group: a, in: Kabul, level: l, id: x, changed: {date: 2020, reason: x, by: me}", ["5:77: unknown key 'by' in a correction; expected the keys date, reason"]),
    ("group: a, in: Kabul, level: l, quote: q, locator: {}", ["5:56: a locator with neither side; expected prefix, suffix or both"]),
    ("group: a, in: Kabul, level: l, locator: {prefix: p}", ["5:37: `locator` without `quote`; expected `quote`: the words between its two sides"]),
    ("group: a, in: Kabul, level: l, id: x, changed: 2020", ["5:53: text where a correction belongs; expected the keys date, reason"]),
]  # fmt: skip
PLACE = "expected either `in`, `region`, `nationwide` or `unlocated`"
FIGURE = 'expected low, best or high: best for a bare figure, high for "up to", low for "over"'


@pytest.mark.parametrize(("record", "messages"), RECORDS)
def test_a_record(record: str, messages: list[str]) -> None:
    id_ = "expected an id of letters, digits, -, _ and . only"
    expected = [message.format(place=PLACE, figure=FIGURE, id=id_) for message in messages]
    assert complain(f"{HEAD}presence:\n  - {{{record}}}") == expected


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("{best: 0, counts: x}", ""),
        ("{best: 1000000, counts: x}", ""),
        ("{low: 1, high: 1, counts: x}", ""),
        ("{share: 0.25, of: b, counts: x}", ""),
        ("{share: {low: 0, high: 1}, of: b, counts: x}", ""),
        ("{best: 1}", "1:34: a strength without `counts`; expected `counts`"),
        ("{counts: x}", f"1:34: no figure; {FIGURE}"),
        ("{best: '1,500', counts: x}", "1:41: '1,500'; {whole}, without quotes or separators"),
        ("{best: '15', counts: x}", "1:41: '15'; {whole}, without quotes or separators"),
        ("{best: 1_500, counts: x}", "1:41: '1_500'; {whole}, without quotes or separators"),
        ("{best: 017, counts: x}", "1:41: '017'; {whole}, without quotes or separators"),
        ("{best: 10.5, counts: x}", "1:41: '10.5'; {whole}"),
        ("{best: -1, counts: x}", "1:41: '-1'; {whole}"),
        ("{best: 1000001, counts: x}", "1:41: '1000001'; {whole}"),
        ("{best: .nan, counts: x}", "1:41: '.nan'; {whole}"),
        ("{best: 1e3, counts: x}", "1:41: '1e3'; {whole}"),
        ("{best: ۱۲, counts: x}", "1:41: '۱۲'; {whole}"),
        ("{best: 100-200, counts: x}", "1:41: '100-200'; {whole}, or `low: 100, high: 200` for a span"),
        ("{low: 5, best: 4, counts: x}", "1:49: best 4 is below low 5; expected low <= best <= high"),
        ("{share: 20, of: b, counts: x}", "1:42: '20'; expected a share from 0 to 1: 0.2 for 20 %"),
        ("{share: 20 %, of: b, counts: x}", "1:42: '20 %'; expected a share from 0 to 1: 0.2 for 20 %"),
        ("{share: 1.5, of: b, counts: x}", "1:42: '1.5'; expected a share from 0 to 1"),
        ("{share: 0.2, counts: x}", "1:35: a share without `of`; expected `of`: the group it is a share of"),
        ("{best: 2, of: b, counts: x}", "1:44: `of` without `share`; expected `share`, or no `of`"),
        (
            "{share: 0.2, best: 2, of: b, counts: x}",
            "1:35: a share beside a number; expected either `share` or low, best, high",
        ),
        (
            "{best: 2, counts: x, of_which: [{share: 0.1, of: b, counts: y}]}",
            "1:79: unknown key 'of' in a part of a strength; expected the keys low, best, high, share, counts, source, "
            "via, basis, grade, confidence, observed, note, translations, quote, page, locator",
        ),
    ],
)
def test_a_strength(value: str, message: str) -> None:
    text = f"groups: {{a: {{name: A, strength: [{value}]}}, b: {{name: B}}}}"
    whole = "expected a whole number from 0 to 1,000,000"
    assert complain(text) == ([message.format(whole=whole)] if message else [])


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2020", ""),
        ("'2020-02-29'", ""),
        ("2021-02-29", "1:31: '2021-02-29', a day that is not in the calendar; {date}"),
        ("2021-13", "1:31: '2021-13', a day that is not in the calendar; {date}"),
        (
            "03/04/2021",
            "1:31: '03/04/2021', where day and month could be either; {date}, here 2021-04-03 or 2021-03-04",
        ),
        ("14/06/2020", "1:31: '14/06/2020'; {date}, here 2020-06-14"),
        ("6.14.2020", "1:31: '6.14.2020'; {date}, here 2020-06-14"),
        ("05-05-2020", "1:31: '05-05-2020'; {date}, here 2020-05-05"),
        ("31/02/2020", "1:31: '31/02/2020', a day that is not in the calendar; {date}"),
        ("2020/6/14", "1:31: '2020/6/14'; {date}, here 2020-06-14"),
        ("20200614", "1:31: '20200614'; {date}, here 2020-06-14"),
        ("2020-06-14T08:00:00Z", "1:31: '2020-06-14T08:00:00Z'; {date}, here 2020-06-14"),
        ("202006", "1:31: '202006'; {date}"),
        ("2020111", "1:31: '2020111'; {date}"),
        ("14/06/20", "1:31: '14/06/20'; {date}"),
        ("3.4.21", "1:31: '3.4.21', where day and month could be either; {date}"),
        ("June 2020", "1:31: 'June 2020'; {date}, here 2020-06"),
        ("2020-6", "1:31: '2020-6'; {date}, here 2020-06"),
        ("0000", "1:31: '0000'; {date}"),
        ("[2020]", "1:31: a list where text belongs; {date}"),
    ],
)
def test_a_date(value: str, message: str) -> None:
    date = "expected a date as YYYY, YYYY-MM or YYYY-MM-DD"
    assert complain(f"sources: {{s: {{title: S, date: {value}}}}}") == ([message.format(date=date)] if message else [])


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ("http://example.org", True),
        ("https://example.org/a?b=c&d#e", True),
        ("https://مثال.example/", True),
        ("HTTPS://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html", False),
        ("https://", False),
        ("https:///path", False),
        ("https://a b", False),
        ("https://a/<b>", False),
        ("//example.org", False),
        ("https://example.org/@name", True),
        ("https://example.org@evil.example/", False),
        ("https://exam\u00adple.org", False),
        ("https://example.org/\u200b", False),
        ("' http://example.org'", False),
    ],
)
def test_an_address(value: str, good: bool) -> None:
    messages = complain(f"sources: {{s: {{title: S, url: {value}}}}}")
    shown = value if value[0] == "'" else repr(value)
    expected = f"1:30: {shown}; expected an address that begins with http:// or https:// and the name of a site"
    assert messages == ([] if good else [expected])


@pytest.mark.parametrize(
    ("value", "good"), [('"#1f6F8b"', True), ('"#fff"', False), ("red", False), ('"#1f6f8b;x"', False)]
)
def test_a_colour(value: str, good: bool) -> None:
    messages = complain(f"groups: {{a: {{name: A, colour: {value}}}}}")
    shown = value.strip('"')
    assert messages == ([] if good else [f"1:31: '{shown}'; expected a colour as \"#rrggbb\", in quotes"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x", "1:1: text where a presence table belongs; {keys}"),
        ("- a", "1:1: a list where a presence table belongs; {keys}"),
        ("version: 2", "1:10: '2'; expected 1, the version of this format"),
        ("version: '1'", ""),
        ("groups: []", "1:9: a list where groups should stand; expected a mapping from ids or names"),
        ("groups: {a b: {name: A}}", "1:10: 'a b'; expected an id of letters, digits, -, _ and . only"),
        ("groups: {گروه: {name: A}, A-1_b.c: {name: B}}", ""),
        ("groups: {аb: {name: A}}", "1:10: 'аb' mixes scripts: 'а' (U+0430 CYRILLIC SMALL LETTER A); "
         "expected all letters of an id from one script"),
        ("groups: {a: {name: Al\u200bQaeda}}",
         "1:20: the invisible character U+200B in a name; expected the name without it; delete it"),
        ("title: A\u00adB", "1:8: the invisible character U+00AD in a name; expected the name without it; delete it"),
        ("title: \U0001f3f4\U000e0067",
         "1:8: the invisible character U+E0067 in a name; expected the name without it; delete it"),
        ("groups: {a: {name: ISIS-К}}", "1:20: 'ISIS-К' mixes scripts: 'К' (U+041A CYRILLIC CAPITAL LETTER KA); {one}"),
        ("title: تندروهای\u200cپیشین \u200fA 👩\u200d🚒", ""),
        ("presence:", "1:10: nothing stands here; expected a list of records, or group names with their provinces, or leave the key out"),
        ("groups: {a: {name: A, names: {Dari: B}}}", "1:31: 'Dari'; expected a language tag such as fa or ps"),
        ("groups: {a: {name: A, part_of: a}}", "1:32: text where a membership belongs; {membership}"),
        (
            "groups: {a: {name: A, part_of: {group: a}}}",
            "1:23: a group that is part of itself: a in a; expected no ring of `part_of`",
        ),
        (
            "groups:\n  a: {name: A, part_of: {group: c}}\n  b: {name: B, part_of: {group: a}}\n"
            "  c: {name: C, part_of: {group: b}}",
            "2:16: a group that is part of itself: a in c in b in a; expected no ring of `part_of`",
        ),
        ("groups: {a: {name: A, part_of: {group: b}}, b: {name: B}}", ""),
        ("regions: {North: [Kabul, Konnar]}", "1:26: unknown province 'Konnar'; {province}; nearest: Kunar"),
        ("presence: text", "1:11: text; expected a list of records, or group names with their provinces"),
        ("relations: [{type: rivalry, standing: ended}]", "1:13: none of `between`, `from` and `to` in a relation; {ends}"),
    ],
)  # fmt: skip
def test_a_part_of_the_table(text: str, message: str) -> None:
    keys = "expected the keys version, title, subtitle, headline, translations, byline, authors, licence, alt, calendar, as_of, levels, sources, groups, regions, not_applicable, presence, relations, changes"
    expected = message.format(
        keys=keys,
        one="expected all letters of a word from one script",
        membership="expected the keys group, source, via, basis, grade, confidence, observed, note, translations, quote, page, locator",
        province="expected a province, not a district or town",
        ends="expected either `between` or `from` and `to`",
    )
    assert complain(text) == ([expected] if expected else [])


def test_too_many_records_are_refused() -> None:
    text = HEAD + "presence:\n" + "  - {group: c}\n" * 100_001
    assert complain(text) == ["5:3: a list of 100,001; expected a list of records, at most 100,000"]


INTERNAL = [
    ("{internal: [SECRET]}", "`internal` is not text; expected text; what stands there is not shown"),
    ("{internal: {SECRET: 1}}", "`internal` is not text; expected text; what stands there is not shown"),
    ("{internal: met, SECRET}", "the text after a comma, without a colon, in a record; expected quotes around text that holds a comma"),
    ("{internal: met, SECRET: x}", "unknown key in a record; expected the keys "),
]  # fmt: skip


@pytest.mark.parametrize(("record", "message"), INTERNAL)
def test_an_error_in_internal_gives_the_place_alone(record: str, message: str) -> None:
    messages = complain(f"{HEAD}presence:\n  - {record[:-1]}, group: a, in: Kabul, level: l}}")
    assert len(messages) == 1
    assert messages[0].partition(": ")[2].startswith(message)
    assert "SECRET" not in messages[0]


@pytest.mark.parametrize("text", ["regions: {Internal: SECRET}", "presence: {INTERNAL: SECRET}"])
def test_internal_in_capitals_is_an_error_and_not_a_name(text: str) -> None:
    (message,) = complain(text)
    assert message.endswith("; expected `internal` in small letters")
    assert "SECRET" not in message


LONG = "x" * 900
RING = ", ".join(f"g{i}: {{name: G{i}, part_of: {{group: g{(i + 1) % 3000}}}}}" for i in range(3000))


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        (
            f"groups: {{{RING}}}",
            "1:25: a group that is part of itself: g0 in g1 in g2 in g3 in g4 in g5 in g6 in … in g0;",
        ),
        (
            "groups: {"
            + ", ".join(f"{LONG}{i}: {{name: A{i}}}" for i in range(8))
            + "}\npresence: [{group: q, in: Kabul}]",
            "2:20: unknown group 'q'; expected one of xxx",
        ),
        (
            "groups: {"
            + ", ".join(f"g{i}: {{name: G{i}, aliases: [A]}}" for i in range(999))
            + "}\npresence: [{group: A, in: Kabul}]",
            "2:20: unknown group 'A'; expected one defined under `groups`; nearest: g0, g1, g2, g3, g4, g5, g6, g7",
        ),
        (
            f"groups: {{a: {{name: A}}}}\nregions: {{{LONG}: Kabul}}\npresence:\n"
            + f"  - {{group: a, region: {LONG}}}\n" * 2,
            "5:5: the claim of line 4 once more: a, region xxx",
        ),
    ],
)
def test_a_message_stays_short_whatever_the_table_is_called(text: str, begin: str) -> None:
    last = complain(text)[-1]
    assert last.startswith(begin)
    assert len(last) < 1000


def test_no_name_in_a_message_can_rewrite_a_terminal() -> None:
    (message,) = complain("groups: {ab\u202ecd: {name: A}}\npresence: [{group: abcd, in: Kabul}]")[1:]
    assert message.endswith(r"expected one defined under `groups`; nearest: ab\u202ecd")
    assert str(TableError([Problem("\x1b[2J\nt.yaml", "found")])) == r"\x1b[2J\nt.yaml: found"
