"""One table being read: the names it defines and the problems found so far."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from geo.errors import LONGEST_LIST, Problem
from geo.model import Gazetteer, Moment, Position
from geo.read.common.names import explain_miss, fold_name, index_units, nearest_names, say_unit
from geo.read.common.nodes import Node, Text, cut, quote
from geo.read.fields.hints import COUNTRY, trim_province

__all__ = ["TableContext", "find_position"]

FEW = 8
MOST_COMPARED = 50_000
OF_ITS_OWN = "in a record of its own"
REGION_ELSEWHERE = f"{{a_unit}}; a region goes under `region`, {OF_ITS_OWN}"
COUNTRY_ELSEWHERE = f"the whole country goes under `nationwide: true`, {OF_ITS_OWN}"
EACH = "{units} by their names, each by itself"


def find_position(node: Node) -> Position:
    """Give a node's position."""
    return Position(node.line, node.column)


@dataclass
class TableContext:
    """What every reader of a part needs to know, and where it puts what is wrong.

    Examples
    --------
    >>> reading = TableContext("t.yaml", Gazetteer({}, {}, "nobody"))
    >>> reading.error(Text("x", True, 2, 5), "'x'", "a date")
    >>> print(reading.problems[0], reading.errors)
    t.yaml:2:5: 'x'; expected a date 1
    """

    source: str
    gazetteer: Gazetteer
    """The units and regions that records may name."""
    ids: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    """For each kind (group, source, level, region, record) the ids defined, each with further names it goes by.

    Of kind ``part`` those that the log of corrections says were withdrawn.
    """
    as_of: Moment | None = None
    """The cut-off of the table."""
    calendar: str = ""
    """That of the table's dates; the Gregorian where it says nothing."""
    regions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The codes in each of the table's own regions."""
    records: dict[str, Position] = field(default_factory=dict)
    """Where the id of each record stands."""
    favours: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The groups that each source speaks for."""
    quoted: set[frozenset[str]] = field(default_factory=set)
    """Pairs of sources of which one quotes the other."""
    problems: list[Problem] = field(default_factory=list)
    errors: int = 0

    def __post_init__(self) -> None:
        self._units: Mapping[str, str] = index_units(self.gazetteer)
        self._codes: dict[str, str] = {}
        self._compared = 0
        self._names: dict[str, Mapping[str, list[str]]] = {}

    def error(self, node: Node | None, found: str, expected: str, nearest: Iterable[str] = ()) -> None:
        """Note an error at a node."""
        self.errors += 1
        position = find_position(node) if node else None
        self.problems.append(Problem(self.source, found, expected, tuple(map(cut, nearest)), position))

    def warn(self, node: Node | None, found: str, expected: str) -> None:
        """Note a warning at a node."""
        position = find_position(node) if node else None
        self.problems.append(Problem(self.source, found, expected, position=position, severity="warning"))

    def suggest(self, text: str, names: Callable[[], Iterable[str]]) -> tuple[str, ...]:
        """List the nearest names, unless there are so many errors, or names, that it would take long."""
        if self.errors >= LONGEST_LIST or self._compared > MOST_COMPARED:
            return ()
        known = list(names())
        self._compared += len(known)
        return nearest_names(text, known)

    def recall_unit(self, text: str) -> str | None:
        """Give the code that a text was found to name before: most are written many times in the same way."""
        return self._codes.get(text)

    def find_unit(self, node: Text, *, in_record: bool = True) -> str | None:
        """Find the code of the unit a text names, or note an error."""
        text = node.text
        if (code := self.identify_unit(text)) is not None:
            self._codes[text] = code
            return code
        extra, expected = self._misplaced.get(fold_name(text)) or explain_miss(text, self.gazetteer)
        if not in_record and expected.endswith(OF_ITS_OWN):
            expected = self.gazetteer.noun.fill(EACH)
        found = f"unknown {self.gazetteer.noun.one} {quote(text)}{extra}"
        self.error(node, found, expected, self._suggest_units(text) if not extra else ())
        return None

    def find_id(self, kind: str, node: Text) -> str | None:
        """Find the id of a group, source, level, region or record, or note an error with the ids nearest to it."""
        known = self.ids.get(kind, {})
        if node.text in known:
            return node.text
        folded = fold_name(node.text)
        meant = self.list_meant(kind, folded)
        if kind == "region" and len(meant) == 1:
            return meant[0]
        near = meant[:FEW] or self.suggest(node.text, lambda: known)
        extra, expected = self._explain_region(folded) if kind == "region" and not meant else ("", "")
        if extra:
            near = ()
        else:
            expected = _describe_ids(kind, known, bool(near))
        self.error(node, f"unknown {kind} {quote(node.text)}{extra}", expected, near)
        return None

    def list_meant(self, kind: str, folded: str) -> list[str]:
        """List the ids of a kind that go by a folded name; looked up in an index, for a table may ask everywhere."""
        if kind not in self._names:
            index: dict[str, list[str]] = {}
            for key, names in self.ids.get(kind, {}).items():
                for name in {fold_name(each) for each in (key, *names)}:
                    index.setdefault(name, []).append(key)
            self._names[kind] = index
        return self._names[kind].get(folded, [])

    def identify_unit(self, text: str) -> str | None:
        """Give the code of the unit that a text names, if it names one."""
        return self._codes.get(text) or self._units.get(fold_name(text))

    @cached_property
    def _misplaced(self) -> dict[str, tuple[str, str]]:
        """What to say of folded names that are places, but no units."""
        noun, units = self.gazetteer.noun, self.gazetteer.units.values()
        regions = (*self.ids.get("region", ()), *self.gazetteer.regions)
        whole = (", which is the whole country", f"{noun.forms['a_unit']}; {COUNTRY_ELSEWHERE}")
        towns = {fold_name(unit.capital): f", which is the capital of {unit.name}" for unit in units if unit.capital}
        return {
            **dict.fromkeys(self._whole, whole),
            **{town: (said, say_unit(noun)) for town, said in towns.items()},
            **{fold_name(name): (", which is a region", noun.fill(REGION_ELSEWHERE)) for name in regions},
        }

    @cached_property
    def _whole(self) -> frozenset[str]:
        """Folded names of the whole country."""
        return COUNTRY | self.gazetteer.whole | {fold_name(f"all {self.gazetteer.noun.many}")}

    def _explain_region(self, folded: str) -> tuple[str, str]:
        """Say what to add to "unknown region" and what is expected, where a name is that of another place."""
        if folded in self._whole:
            return ", which is the whole country", f"a region; {COUNTRY_ELSEWHERE}"
        if folded in self._units:
            noun = self.gazetteer.noun
            return noun.fill(", which is {a_unit}"), noun.fill("a region; {a_unit} goes under `in`")
        return "", ""

    def _suggest_units(self, text: str) -> tuple[str, ...]:
        """Nearest units by any of their names, each shown once by its own."""
        near = self.suggest(trim_province(text) or text, lambda: self._units)
        return tuple(dict.fromkeys(self._show_unit(self._units[fold_name(name)]) for name in near))

    def _show_unit(self, code: str) -> str:
        """Show a unit by its own name or, where others are called so, by one by which it is found."""
        unit = self.gazetteer.units[code]
        return next((name for name in (unit.name, *unit.aliases) if self._units.get(fold_name(name)) == code), code)


def _describe_ids(kind: str, known: Collection[str], has_near: bool) -> str:
    """Say which ids there are: all of them where they are few and none is near."""
    if not known:
        return "a record that has it as its `id`" if kind == "record" else f"`{kind}s` that define it"
    if len(known) <= FEW and not has_near:
        return f"one of {', '.join(map(cut, known))}"
    if kind == "record":
        return "the `id` of a record"
    return f"one defined under `{kind}s`" + (" or by the gazetteer" if kind == "region" else "")
