"""What a figure says to whoever does not see it: what it shows, unit by unit where those are not too many."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from geo.draw.figure.words_inside import FigureWords
from geo.draw.marks.legend import describe_class, find_looks
from geo.draw.marks.map_classes import LegendRow, MapClass, Outline
from geo.draw.wording.captions import (
    MapHead,
    end_sentence,
    find_own_words,
    say_disclaimer,
    write_credit,
    write_lede,
    write_stamp,
)
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import list_off_map
from geo.join.classes import UNNAMED, Gap, GroupShade, class_by_group

__all__ = ["tell_classes", "write_words"]

MOST_TOLD = 60
"""Units listed by name in an alternative text; of more only the numbers are said."""

WITHOUT_MAP = ("matrix",)

OF_GROUPS = ("choropleth", "overlay")
"""Kinds that show what a table's author describes: where groups are named."""

UNTOLD = (UNNAMED, Gap("other"), Gap("na"))
"""What a unit is of which nothing is said: how many there are is enough."""


def write_words(
    joined: LocalisedTable, kind: str, head: MapHead, told: Sequence[str] = (), groups: Sequence[str] = ()
) -> FigureWords:
    """Write what a file says of its figure: as the page of the same map does, and then what each class of units is.

    ``groups`` are those compared, if it compares some. The author's own alternative text is of the map of all groups
    and records, and stands for ours there.
    """
    phrases, table = joined.phrases, joined.table
    off_map = (end_sentence(phrases, said) for _, said in list_off_map(joined, groups or None) if said not in head.deck)
    own = find_own_words(joined) if kind in OF_GROUPS else ""
    ours = " ".join([end_sentence(phrases, head.headline), write_lede(joined), head.deck, *off_map])
    whole = own or (ours if kind in WITHOUT_MAP else phrases.say("map_described", said=ours))
    rest = [say_disclaimer(phrases), write_stamp(joined)]
    said = " ".join([*(end_sentence(phrases, each) for each in (whole, *told)), *rest])
    return FigureWords(head.headline, said, phrases.language, table.byline or "", write_credit(joined), head.deck)


def tell_classes(
    joined: LocalisedTable, rows: Sequence[LegendRow], classes: Mapping[str, MapClass], disputed: Collection[str]
) -> Iterator[str]:
    """Tell each row of a legend with its number of units and, where something is said of them, their names.

    What a map leaves to a list beside it, or a page to a click, is told here.
    """
    phrases, known = joined.phrases, joined.gazetteer.units
    is_short = sum(not each.is_gap for each in classes.values()) <= MOST_TOLD
    for row in rows:
        found = [code for code, each in classes.items() if each.of == row.shown.of]
        if isinstance(row.shown.of, GroupShade) and is_short:
            many = class_by_group(found, joined.footprints, joined.shown, most=len(joined.shown))
            for code, each in many.items():
                yield f"{known[code].name}: {describe_class(joined, find_looks(joined), each).label}"
            continue
        units = sorted(disputed) if isinstance(row.shown.fill, Outline) else found
        names = phrases.say("comma").join(known[code].name for code in units)
        said = f" ({names})" if names and is_short and row.shown.of not in UNTOLD else ""
        yield f"{_name_class(joined, row.shown)}: {phrases.write_number(row.count)}{said}"


def _name_class(joined: LocalisedTable, each: MapClass) -> str:
    if each.of == GroupShade(0):
        return joined.phrases.say("class_n", n=joined.phrases.write_number(each.of.number))
    return each.label
