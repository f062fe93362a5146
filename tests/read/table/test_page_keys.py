"""What a table says for its page: each key read, and each mistake in it told with its place."""

# ruff: noqa: E501  # whole messages stand on one line each, to be found by search

from __future__ import annotations

import pytest

from geo.model import Heading, Place, Table
from geo.read.table.reader import parse_presence
from tests.read.few_units import GAZETTEER, complain

HEAD = "levels: {l: {name: L}}\nsources: {s: {title: S}}\ngroups: {a: {name: A}, b: {name: B}}\n"


def read(text: str) -> Table:
    return parse_presence(text.encode(), "t.yaml", GAZETTEER, allow_empty=True)[0]


LETTERS = "letters on one line, at most 5"
HEADLINE = "a headline on one line, at most 120 letters"
CASES = {
    "a headline": ("headline: Three groups in Kabul", ""),
    "a headline of 120 letters": (f"headline: {'x' * 120}", ""),
    "a headline with blanks around it": (f"headline: '  {'x' * 120}  '", ""),
    "a headline of 121 letters": (f"headline: {'x' * 121}", f"1:11: a text of 121 letters: '{'x' * 77}…'; expected {HEADLINE}"),
    "a headline of 400 letters": (f"headline: {'x' * 400}", f"1:11: a text of 400 letters: '{'x' * 77}…'; expected {HEADLINE}"),
    "a headline of two lines": ("headline: |\n  a\n  b", f"1:11: a line break in a name; expected {HEADLINE}"),
    "an empty headline": ("headline:", f"1:10: nothing stands here; expected {HEADLINE}, or leave the key out; text that begins with # needs quotes"),
    "translations": ("translations: {fa: {title: T, subtitle: S, headline: H}, ps: {}}", ""),
    "a translation of a long headline": (f"translations: {{fa: {{headline: {'x' * 121}}}}}", f"1:31: a text of 121 letters: '{'x' * 77}…'; expected {HEADLINE}"),
    "a translation by no tag": ("translations: {Dari language: {title: T}}", "1:16: 'Dari language'; expected a language tag such as fa or ps"),
    "a translated key that is none": ("translations: {fa: {byline: B}}", "1:21: unknown key 'byline' in a translation; expected the keys title, subtitle, headline"),
    "a translation without a language": ("translations: {title: T}", "1:16: 'title'; expected a language tag such as fa or ps\n1:23: text where a translation belongs; expected the keys title, subtitle, headline"),
    "a translated note": ("levels: {l: {name: L, note: N, translations: {fa: {note: F}}}}", ""),
    "a translated note of nothing": ("levels: {l: {name: L, translations: {fa: {note: F}}}}", "1:23: `translations` without `note`; expected `note`: what they translate"),
    "an empty translated note": ("levels: {l: {name: L, note: N, translations: {fa: {}}}}", "1:51: a translated note without `note`; expected `note`"),
    "a name translated as a note": ("levels: {l: {name: L, note: N, translations: {fa: {name: F}}}}", "1:51: a translated note without `note`; expected `note`\n1:52: unknown key 'name' in a translated note; expected the keys note"),
    "names of a level": ("levels: {l: {name: L, names: {fa: F, ps-AF: P}}}", ""),
    "a name of a level by no tag": ("levels: {l: {name: L, names: {'1': F}}}", "1:31: '1'; expected a language tag such as fa or ps"),
    "a capability beside a level": ("levels: {l: {name: L}, m: {name: M, footprint: false}}", ""),
    "a capability of rank": ("levels: {l: {name: L}, m: {name: M, rank: 2, footprint: false}}", ""),
    "a capability alone": ("levels: {m: {name: M, footprint: false}}", "1:34: `footprint: false` on every level; expected a level of presence, without it"),
    "two capabilities alone": ("levels: {m: {name: M, footprint: false}, n: {name: N, footprint: false}}", "1:66: `footprint: false` on every level; expected a level of presence, without it"),
    "a footprint that is true": ("levels: {l: {name: L, footprint: true}}", "1:34: 'true'; expected false, or leave the key out"),
    "a region with names": ("regions: {R: {in: [Kabul], names: {fa: F}}, Q: Kabul, P: [Kabul, Kunar]}", ""),
    "a region of names alone": ("regions: {R: {names: {fa: F}}}", "1:14: a region without `in`; expected `in`"),
    "a region with another key": ("regions: {R: {in: Kabul, name: F}}", "1:26: unknown key 'name' in a region; expected the keys in, names; nearest: names"),
    "a region of a place that is none": ("regions: {R: {in: Konnar}}", "1:19: unknown province 'Konnar'; expected a province, not a district or town; nearest: Kunar"),
    "a region without brackets": ("regions: {R: Kabul, Kunar}", "1:21: the text 'Kunar' after a comma, without a colon, in regions; expected brackets around a list: `R: [Kabul, Kunar]`"),
    "letters": ("groups: {a: {name: A, letters: ISISK}}", ""),
    "six letters": ("groups: {a: {name: A, letters: ISIS-K}}", f"1:32: a text of 6 letters: 'ISIS-K'; expected {LETTERS}"),
    "a source that favours": (HEAD.replace("title: S", "title: S, favours: [a, b]"), ""),
    "a source that favours nobody": (HEAD.replace("title: S", "title: S, favours: [a, c]"), "2:38: unknown group 'c'; expected one of a, b"),
    "a source that favours almost somebody": (HEAD.replace("title: S", "title: S, favours: A"), "2:34: unknown group 'A'; expected one defined under `groups`; nearest: a"),
    "a source that favours one twice": (HEAD.replace("title: S", "title: S, favours: [a, a]"), "2:38: 'a' names the same group twice; expected each group once"),
    "a derived source": (HEAD.replace("title: S", "title: S, derived: true"), ""),
    "a source that is not derived": (HEAD.replace("title: S", "title: S, derived: false"), "2:34: 'false'; expected true, or leave the key out"),
    "what is discussed": (f"{HEAD}relations: [{{from: a, to: b, type: support, standing: discussed, what: 'arms, by sea'}}]", ""),
    "two ties that differ in it": (f"{HEAD}relations: [{{from: a, to: b, type: splinter, what: arms}}, {{from: a, to: b, type: splinter, what: men}}]", ""),
    "two ties that do not": (f"{HEAD}relations: [{{from: a, to: b, type: splinter, what: arms}}, {{from: a, to: b, type: splinter, what: arms}}]", "4:59: the relation of line 4 once more; expected each relation once, or another standing, source or period, or another `what`"),
    "an open list": (f"{HEAD}presence: [{{group: a, in: Kabul, open_list: true, source: s}}]", ""),
    "an open list of a region": (f"{HEAD}presence: [{{group: a, region: Eastern, open_list: true, source: s}}]", "4:40: `open_list` in a record with `region`; expected it beside `in` only: it says that a list of provinces goes on"),
    "a list that is not open": (f"{HEAD}presence: [{{group: a, in: Kabul, open_list: false, source: s}}]", "4:45: 'false'; expected true, or leave the key out"),
    "a statement of units": ("groups: {a: {name: A, statements: [{text: T, in: [Kabul, KUNAR]}]}}", ""),
    "a statement of a place that is none": ("groups: {a: {name: A, statements: [{text: T, in: Konnar}]}}", "1:50: unknown province 'Konnar'; expected a province, not a district or town; nearest: Kunar"),
    "a statement of one unit twice": ("groups: {a: {name: A, statements: [{text: T, in: [Kabul, Kabol]}]}}", "1:58: 'Kabol' names the same province twice; expected each province once"),
    "a statement of a region": ("groups: {a: {name: A, statements: [{text: T, in: Eastern}]}}", "1:50: unknown province 'Eastern', which is a region; expected provinces by their names, each by itself"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), CASES.values(), ids=CASES)
def test_each_mistake_is_told_with_its_place(text: str, message: str) -> None:
    assert complain(text) == message.splitlines()


def test_each_key_is_kept() -> None:
    table = read(
        "headline: H\ntranslations: {ps: {}, fa: {headline: F}}\nregions: {R: {in: Kunar, names: {fa: F}}, Q: Kabul}\n"
        "levels: {l: {name: L}, m: {name: M, footprint: false}}\n"
        "groups: {a: {name: A, letters: ' AQ ', statements: [{text: T, in: [Kunar, Kabul]}]}}"
    )
    assert (table.headline, table.translations) == ("H", {"ps": Heading(), "fa": Heading(headline="F")})
    assert (table.regions, table.region_names) == ({"R": ("AF-KNR",), "Q": ("AF-KAB",)}, {"R": {"fa": "F"}})
    assert [level.is_capability for level in table.levels.values()] == [False, True]
    assert table.groups["a"].letters == "AQ"
    assert [each.place for each in table.groups["a"].statements] == [Place("in", ("AF-KNR", "AF-KAB"))]


def test_no_key_is_there_where_none_was_written() -> None:
    table = read(HEAD)
    assert (table.headline, table.translations, table.region_names) == (None, {}, {})
    assert (table.levels["l"].footprint, table.groups["a"].letters, table.sources["s"].derived) == (None, None, None)


KNOWN = (
    "levels: {l: {name: L}, c: {name: C, footprint: false}}\n"
    "sources: {s: {title: S}, own: {title: O, favours: [a, b]}, map: {title: M, derived: true}, t: {title: T}}\n"
    "groups: {a: {name: A}, b: {name: B}, c: {name: C}}\npresence:\n"
)
BASES = [
    ("group: a, source: own", "claimed"),
    ("group: [a, b], source: own", "claimed"),
    ("group: a, source: s, via: own", "claimed"),
    ("group: a, source: own, via: s", "claimed"),
    ("group: a, source: own, basis: reported", "reported"),
    ("group: [a, c], source: own, basis: assessed", "assessed"),
    ("group: c, source: own", "reported"),
    ("group: a, source: s", "reported"),
    ("group: a", "reported"),
]


@pytest.mark.parametrize(("record", "basis"), BASES)
def test_what_a_source_says_of_whom_it_favours_is_claimed(record: str, basis: str) -> None:
    (found,) = read(f"{KNOWN}- {{in: Kabul, level: l, {record}}}").records
    assert found.evidence.basis == basis


def test_a_record_of_some_that_are_favoured_has_to_say_its_basis() -> None:
    assert complain(f"{KNOWN}- {{group: [a, c], in: Kabul, level: l, source: own}}") == [
        "5:11: a record without `basis`, whose source favours 'a', but not all of its groups; "
        "expected `basis`, or a record for each of them"
    ]


MAP = "{group: [a, b], in: [Kabul, Kunar], level: l, source: map}"
DERIVED = [
    ([MAP], "'map' alone, which is made of other sources: a, Kabul, a, Kunar, b, Kabul and 1 more"),
    ([MAP, "{group: [a, b], in: [Kabul, Kunar], level: l, source: s}"], ""),
    ([MAP, "{group: [a, b], in: [Kabul, Kunar], level: l, source: s, via: t}"], ""),
    ([MAP, "{group: [a, b], in: Kabul, level: l, source: s}", "{group: a, in: Kunar, level: l, source: t}"], "b, Kunar"),
    ([MAP, "{group: [a, b], in: [Kabul, Kunar], level: l, source: s, via: map}"], "1 more"),
    ([MAP, "{group: [a, b], in: [Kabul, Kunar], level: l}"], "1 more"),
    ([MAP, "{group: [a, b], in: [Kabul, Kunar], level: c, source: s}"], "1 more"),
    ([MAP, "{group: [a, b], in: [Kabul, Kunar], level: l, source: s, finding: absent}"], "1 more"),
    ([MAP, "{group: [a, b], region: Eastern, level: l, source: s}"], "1 more"),
    (["{group: a, region: Eastern, level: l, source: map}"], "a, region Eastern"),
    (["{group: a, region: Eastern, level: l, source: map}", "{group: a, region: Eastern, level: l, source: s}"], ""),
    (["{group: a, nationwide: true, level: l, source: map}"], "a, nationwide"),
    (["{group: a, unlocated: 2, level: l, source: s, via: map}"], "a, unlocated"),
    (["{group: a, in: Kabul, level: l, source: s}"], ""),
]  # fmt: skip


@pytest.mark.parametrize(("records", "told"), DERIVED)
def test_a_claim_that_rests_on_a_map_alone_is_told(records: list[str], told: str) -> None:
    text = KNOWN + "".join(f"- {record}\n" for record in records)
    warnings = [
        str(each)
        for each in parse_presence(text.encode(), "t.yaml", GAZETTEER)[1]
        if "derived" in each.found or "made of" in each.found
    ]
    if not told:
        assert warnings == []
        return
    assert warnings[0].startswith("t.yaml:5:3: ")
    assert told in warnings[0]
    assert warnings[0].endswith("; expected a record of what it is made of")
