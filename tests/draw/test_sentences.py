"""Sentences for a reader: counts first, hedges kept, never "controls" or "holds"."""

import pytest

from geo.draw.wording.compare import write_comparison
from geo.draw.wording.localised_names import LocalisedTable, localise
from geo.draw.wording.presence import describe_off_map, describe_strength, describe_unit, write_headline, write_summary
from geo.join.filters import Choices
from geo.join.joined_table import join_presence
from geo.join.overlap import compare_footprints, measure_units
from geo.model import Estimate, Evidence, Strength
from geo.read.boundaries.bundled import read_boundaries
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence
from tests.pages import NO_RECORD

GROUPS = "groups: {a: {name: Alpha, short: A}, b: {name: Beta, short: B}, c: {name: Gamma, kind: coalition},\n"
GROUPS += "  p: {name: People, kind: population}}\n"
LEVELS = "levels: {seen: {name: Seen, rank: 1}, cells: {name: Cells, rank: 2}, camps: {name: Camps},\n"
LEVELS += "  brief: {name: Brief, valid_for: 1 year}}\n"
HEAD = "sources: {s: {title: S, date: 2021-07}}\nas_of: 2021-07\n"


def join_records(*records: str, **choices: object) -> LocalisedTable:
    text = HEAD + GROUPS + LEVELS + "presence:\n" + "".join(f"  - {{{record}}}\n" for record in records)
    gazetteer = read_gazetteer()
    table, _ = parse_presence(text.encode(), "t.yaml", gazetteer)
    chosen = Choices(**choices)  # type: ignore[arg-type]
    return localise(join_presence(table, gazetteer, read_boundaries(), chosen))


OWN = "level: seen, basis: claimed"


@pytest.mark.parametrize(
    ("records", "headline"),
    [
        (["group: a, in: Kabul, level: seen"], "Alpha is named in Kabul"),
        (
            ["group: a, in: Kabul, level: seen", "group: b, in: Ghor, level: seen"],
            "Two groups are named in Ghor and Kabul, no two of them in the same one",
        ),
        (["group: [a, b], in: Kabul, level: seen"], "Two groups are named in Kabul"),
        (["group: [a, b], in: [Kabul, Ghor], level: seen"], "Two groups are named in each of Ghor and Kabul"),
        (
            ["group: [a, b], in: [Kabul, Ghor, Logar, Farah, Herat], level: seen"],
            "Two groups are named in each of 5 provinces",
        ),
        (["group: c, in: Kabul, level: seen"], "No province is named for a group (coalitions not counted)"),
        (["group: [a, c], in: Kabul, level: seen"], "Alpha is named in Kabul (coalitions not counted)"),
        (["group: [a, b, c], in: Kabul, level: seen"], "Two groups and a coalition are named in Kabul"),
        (
            ["group: [a, b], in: [Kabul, Ghor], level: seen", "group: c, in: Ghor, level: seen"],
            "Two groups are named in each of Ghor and Kabul (coalitions not counted)",
        ),
        (["group: [a, b], in: Kabul, level: seen", "group: c, in: Ghor, level: seen"], "Two groups are named in Kabul"),
        (
            ["group: a, in: [Kabul, Ghor], level: seen", "group: a, in: Kabul, level: seen, finding: absent"],
            "Alpha is named in Ghor and Kabul; claims about Kabul are disputed",
        ),
        (
            ["group: a, in: Kabul, level: seen", "group: a, in: Kabul, level: seen, finding: absent"],
            "Alpha is named in Kabul; claims about it are disputed",
        ),
        (
            ["group: a, in: [Kabul, Ghor], level: seen", "group: a, in: [Kabul, Ghor], level: seen, finding: absent"],
            "Alpha is named in Ghor and Kabul; claims about each are disputed",
        ),
        (
            ["group: a, in: Kabul, level: seen", "group: a, in: Ghor, level: seen, finding: absent"],
            "Alpha is named in Kabul",
        ),
        (
            ["group: [a, b], in: Kabul, level: seen", "group: c, in: Kabul, level: seen, finding: absent"],
            "Two groups are named in Kabul",
        ),
        (["group: a, region: Eastern, level: seen"], "No province is named for a group"),
        ([f"group: a, in: Kabul, {OWN}"], "Alpha is named in Kabul, by own claims alone"),
        ([f"group: a, in: Kabul, {OWN}", "group: a, in: Kabul, level: seen"], "Alpha is named in Kabul"),
        (
            [f"group: a, in: [Kabul, Ghor], {OWN}", "group: a, in: Ghor, level: seen"],
            "Alpha is named in Ghor and Kabul; in Kabul by own claims alone",
        ),
        (
            [f"group: [a, b], in: [Kabul, Ghor], {OWN}"],
            "Two groups are named in each of Ghor and Kabul, by own claims alone",
        ),
        (
            [f"group: a, in: Kabul, {OWN}", f"group: b, in: Ghor, {OWN}"],
            "Two groups are named in Ghor and Kabul, no two of them in the same one, by own claims alone",
        ),
        (
            [f"group: a, in: Kabul, {OWN}", "group: b, in: Kabul, level: seen"],
            "Two groups are named in Kabul, in part by own claims alone",
        ),
        (
            [
                "group: [a, b], in: [Kabul, Ghor, Farah], level: seen",
                f"group: a, in: Logar, {OWN}",
                "group: b, in: Logar, level: seen",
            ],
            "Two groups are named in each of Farah, Ghor, Kabul and Logar; in Logar in part by own claims alone",
        ),
        (
            ["group: [a, b], in: Kabul, level: seen", f"group: c, in: Kabul, {OWN}"],
            "Two groups and a coalition are named in Kabul, in part by own claims alone",
        ),
        (
            ["group: a, in: Kabul, level: seen", f"group: c, in: Kabul, {OWN}"],
            "Alpha is named in Kabul (coalitions not counted)",
        ),
        (
            [f"group: a, in: [Kabul, Ghor], {OWN}", "group: a, in: Ghor, level: seen, finding: absent"],
            "Alpha is named in Ghor and Kabul, by own claims alone; claims about Ghor are disputed",
        ),
        (
            [
                "group: a, in: [Kabul, Ghor, Farah, Herat, Balkh, Zabul], level: seen",
                f"group: b, in: [Kabul, Ghor, Farah, Herat, Balkh], {OWN}",
            ],
            "Two groups are named in each of 5 provinces, in part by own claims alone",
        ),
    ],
)
def test_headline_says_where_most_groups_are_named(records: list[str], headline: str) -> None:
    assert write_headline(join_records(*records)) == headline


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("group: a, nationwide: true, level: seen", "A is reported across the country (Seen)"),
        ("group: [a, b], nationwide: true, level: seen", "A and B are reported across the country (Seen)"),
        (
            "group: a, nationwide: true, level: seen, finding: absent",
            "A: looked and not found, across the country (Seen)",
        ),
        (
            "group: a, unlocated: 12, level: camps",
            "A is reported in 12 provinces that the source does not name (Camps)",
        ),
        (
            "group: a, unlocated: {low: 15}, level: seen",
            "A is reported in 15 or more provinces that the source does not name (Seen)",
        ),
        ("group: a, in: Kabul, level: seen", None),
    ],
)
def test_off_map_records_keep_their_hedge(record: str, said: str | None) -> None:
    joined = join_records(record)
    assert describe_off_map(joined.table.records[0], joined) == said


def test_summary_counts_named_then_region_then_off_the_map() -> None:
    joined = join_records(
        "group: a, in: [Kabul, Kunar], level: seen", "group: b, region: Eastern, level: seen",
        "group: a, nationwide: true, level: seen",
    )  # fmt: skip
    assert write_summary(joined) == (
        "2 of 34 provinces are named, 3 more only as part of a region; A is reported across the country (Seen)."
    )


@pytest.mark.parametrize(
    ("records", "said"),
    [
        (["group: a, in: [Kabul, Ghor]"], "2 of 34 provinces are named."),
        (["group: a, in: [Kabul, Ghor]", "group: c, in: Kabul"], "2 of 34 provinces are named."),
        (["group: a, in: Kabul", "group: c, in: [Kabul, Ghor, Herat]"],
         "3 of 34 provinces are named (2 only for a coalition)."),
        (["group: a, in: Kabul", "group: c, in: [Kabul, Ghor]", "group: p, in: Herat"],
         "3 of 34 provinces are named (2 only for a coalition and a population)."),
        (["group: c, in: Ghor", "group: p, in: Ghor", "group: a, region: Eastern"],
         "1 of 34 provinces is named (1 only for a coalition and a population), 4 more only as part of a region."),
    ],
)  # fmt: skip
def test_one_number_leads_and_what_of_it_is_for_no_group_stands_with_it(records: list[str], said: str) -> None:
    assert write_summary(join_records(*(f"{each}, level: seen" for each in records))) == said


OLD = "source: s, observed: 2019"


def test_summary_and_comparison_count_what_is_named_only_in_outdated_records() -> None:
    records = [
        "group: a, in: [Kabul, Kunar], level: brief, source: s, observed: 2021-06",
        f"group: a, in: [Kabul, Ghor, Herat, Farah], level: brief, {OLD}", f"group: b, in: Ghor, level: brief, {OLD}",
        "group: b, region: Eastern, level: brief, source: s, observed: 2021-06",
        f"group: b, in: [Nangarhar, Logar], level: brief, {OLD}",
        "group: b, in: Logar, level: brief, source: s, observed: 2021-06, finding: absent",
        f"group: c, in: Zabul, level: brief, {OLD}",
    ]  # fmt: skip
    joined = join_records(*records)
    region = ", 3 more only as part of a region"
    assert write_summary(joined) == f"2 of 34 provinces are named{region}, 4 more in old records."
    overlap = compare_footprints(joined.footprints, ["a", "b"], measure_units(joined.units, joined.gazetteer))
    assert write_comparison(joined, overlap) == (
        "Alpha is named in 2 provinces, Beta in none; both in none; 3 more provinces in old records."
    )


def test_summary_of_some_groups_says_so() -> None:
    joined = join_records("group: a, in: Kabul, level: seen", "group: b, in: Ghor, level: seen", groups=("a",))
    assert write_summary(joined) == "Of the groups shown: 1 of 34 provinces is named."


def test_unit_in_words_tells_dispute_region_and_silence_apart() -> None:
    joined = join_records(
        "group: a, in: Kunar, level: cells", "group: a, in: Kunar, level: seen, finding: absent",
        "group: b, region: Eastern, level: seen", "group: c, in: Ghor, level: seen, finding: inconclusive",
        "group: a, in: [Balkh, Herat], level: cells, basis: claimed", "group: a, in: Herat, level: seen",
        "group: b, in: Bamyan, level: cells, basis: claimed", "group: b, in: Bamyan, level: seen, finding: absent",
    )  # fmt: skip
    assert describe_unit(joined, "AF-BAL") == ["Alpha (Cells; own claim)"]
    assert describe_unit(joined, "AF-HER") == ["Alpha (Seen, Cells)"]
    assert describe_unit(joined, "AF-BAM") == ["Beta (Cells; own claim; disputed)"]
    assert describe_unit(joined, "AF-KNR") == ["Alpha (Cells; disputed)", "Beta, region only"]
    assert describe_unit(joined, "AF-GHO") == ["Gamma: looked, without a result"]
    assert describe_unit(joined, "AF-BDG") == [NO_RECORD]


@pytest.mark.parametrize(
    ("strength", "said"),
    [
        (Strength(Estimate(best=800), "fighters", Evidence()), "800 fighters"),
        (Strength(Estimate(best=0.2), "fighters", Evidence(), is_share=True, of="b"), "20 % of the fighters of Beta"),
        (Strength(Estimate(low=0.1), "foreigners", Evidence(), is_share=True), "10 % or more of these: foreigners"),
    ],
)
def test_strength_says_what_it_counts(strength: Strength, said: str) -> None:
    joined = join_records("group: a, in: Kabul, level: seen")
    assert describe_strength(joined.phrases, strength, joined.table.groups) == said
