"""Every phrase of a page, once: Python writes the static parts with them, the page's script gets them as data."""

from __future__ import annotations

from collections.abc import Sequence

from geo.model import Noun

__all__ = ["WORDS", "count_phrase", "join_names", "pick_words", "say"]

WORDS: dict[str, str | tuple[str, str]] = {
    # shared with the script; {names} are filled by either side, {unit} and its forms with what units are called
    "noun": "{unit}",
    "and": "{most} and {last}",
    "comma": ", ",
    "view_overlay": "All groups at once",
    "view_count": "How many groups",
    "view_compare": "Footprints compared",
    "view_level": "{group}: level",
    "class_many": "{n} groups: choose the {unit} for the list",
    "class_one": "1 group named",
    "class_n": "{n} groups named",
    "class_region": "Named only as part of a region",
    "class_other": "In a record, but not in what is shown",
    "class_absent": "Looked and not found",
    "class_inconclusive": "Looked, without a result",
    "class_none": "No record names this {unit}",
    "class_none_group": "No record names this {unit} for {group}",
    "class_disputed": "Disputed: one source says present, another absent",
    "region_only": "{group}, region only",
    "counted": (" {unit}", " {units}"),
    "map": "Map: arrow keys move it, plus and minus zoom",
    "summary_named": ("{n} of {total} {units} is named", "{n} of {total} {units} are named"),
    "summary_region": ", {n} more only as part of a region",
    "summary_one": "{group}: {rest}",
    "summary_shown": "Of the groups shown: {rest}",
    "unit_named": "{group} ({levels})",
    "unit_disputed": "{group} ({levels}; disputed)",
    "unit_absent": "{group}: looked and not found",
    "unit_inconclusive": "{group}: looked, without a result",
    "unit_other": "{group}: in a record that this map does not count",
    "finding_absent": "looked and not found",
    "finding_inconclusive": "looked, without a result",
    "claim_region": "Named only as part of the region {region}; the source does not name this {unit}.",
    "detail_empty": "Choose {a_unit} on the map, with Tab, arrow keys and Enter, or by name, to see who reports "
    "what there.",
    "detail_silence": "No record names this {unit}. That is silence, not absence.",
    "detail_nationwide": "Reported across the country without naming {units}: {groups}.",
    "compare_count": "{group} is named in {n}",
    "compare_shared": "Of the {units} named, {counts}; {n} shared: {names}.",
    "compare_nothing": "Of the {units} named, {counts}; none is shared.",
    "compare_off_map": "Not on the map: {items}.",
    "compare_only": "Only {group}",
    "measure_shared": "{Units} shared",
    "measure_only": "Only {group}",
    "measure_jaccard": "Jaccard index: shared of all named for any",
    "measure_coefficient": "Overlap coefficient: shared of the smallest footprint",
    "measure_area": "Shared part by area",
    "measure_population": "Shared part by settled population, 2019–20, nomads not counted",
    "measure": "Measure",
    "measure_named": "Of the {units} named",
    "measure_what_if": "If every {unit} of the claimed regions counted",
    "measure_note": "The right-hand column is a what-if, not a bound: the sources do not name these {units}. "
    "Reports across the country are in neither column.",
    "small_named": "Named in {n} of {total}",
    "small_region": ", {n} more by region",
    "table_shown": "{n} of {total} {units} shown",
    "ties_between": "Ties between them that the table holds",
    "ties_none": "The table holds no tie between them; that rules none out.",
    "undefined": "not defined",
    "scroll_hint": "Scroll sideways for the rest",
    "close": "Close",
    "find_none": "No {unit} of that name",
    "link_copied": "Link copied",
}

COMPARING = ("compare_", "measure", "ties_", "undefined", "view_compare")
TABBED = ("table_", "small_", "compare_off_map")

BASES = {"reported": "reported", "claimed": "claimed by the group itself", "assessed": "assessed"}
KINDS = {
    "group": "",
    "coalition": "several groups that a source does not tell apart",
    "population": "a population, not a group",
}
MATRIX = (
    "{Units} that both groups are named in, of all that either is: the darker, the greater the part shared. "
    "Choose a pair to see it."
)
COMBINATIONS = "{Units} by the exact combination of groups named there. Choose one to see it on the map."
HEAT = ("None shared", "Up to {high} % shared", "Over {low}, up to {high} % shared")
FINDINGS = {"present": "", "absent": WORDS["finding_absent"], "inconclusive": WORDS["finding_inconclusive"]}


def say(noun: Noun, key: str, **values: object) -> str:
    """Return a phrase with what it speaks of.

    Examples
    --------
    >>> say(Noun("area", "areas"), "class_none_group", group="Red Group")
    'No record names this area for Red Group'
    """
    return noun.fill(str(WORDS[key]), **values)


def pick_words(noun: Noun, *, comparing: bool, tabbed: bool = False) -> dict[str, str | tuple[str, ...]]:
    """Return the phrases that a page's script needs; those of comparisons and of reports only where it has them.

    Examples
    --------
    >>> "measure_area" in pick_words(Noun(), comparing=False), pick_words(Noun(), comparing=False)["counted"]
    (False, (' unit', ' units'))
    """

    def is_needed(key: str) -> bool:
        if not key.startswith((*COMPARING, *TABBED)):
            return True
        return (comparing and key.startswith(COMPARING)) or (tabbed and key.startswith(TABBED))

    def name_units(phrase: str | tuple[str, str]) -> str | tuple[str, ...]:
        if isinstance(phrase, tuple):
            return tuple(map(noun.fill, phrase))
        return noun.fill(phrase)

    return {key: name_units(phrase) for key, phrase in WORDS.items() if is_needed(key)}


def join_names(names: Sequence[str]) -> str:
    """Join names as a sentence does.

    Examples
    --------
    >>> join_names(["Kabul", "Nangarhar", "Kunar"]), join_names(["Kabul"]), join_names([])
    ('Kabul, Nangarhar and Kunar', 'Kabul', '')
    """
    if len(names) < 2:
        return "".join(names)
    return str(WORDS["and"]).format(most=str(WORDS["comma"]).join(names[:-1]), last=names[-1])


NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def count_phrase(number: int, one: str, many: str) -> str:
    """Write a count at the head of a sentence.

    Examples
    --------
    >>> count_phrase(3, "group", "groups"), count_phrase(1, "group", "groups"), count_phrase(34, "unit", "units")
    ('Three groups', 'One group', '34 units')
    """
    figure = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{figure} {one if number == 1 else many}"
