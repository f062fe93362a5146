"""The names that a draft looks for: what the gazetteer calls its units, and the groups of a table in all spellings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from geo.draft.sentences import WORD, Sentence, list_words
from geo.model import Gazetteer, Group, Table

__all__ = ["KnownName", "NameIndex", "index_names"]

LONGEST_ACRONYM = 6
BLANKS = frozenset(" -–—‐‑−'’‘ʼ`/\u200c\u200d\u00a0\u0654\u0640.")
STATE = (
    "islamic state", "isis", "isil", "is", "daesh", "da esh", "daish", "daech", "islamic state in iraq and the levant",
    "islamic state in iraq and syria", "islamic state of iraq and the levant", "islamic state of iraq and syria",
    "islamic state group",
)  # fmt: skip
KHORASAN = ("khorasan", "khurasan", "khorassan")
BRANCHES = ("branch", "affiliate", "province", "wing", "chapter", "arm", "franchise", "group")
SPELLINGS: tuple[tuple[str, ...], ...] = (
    ("al qaeda", "al qaida", "al qa ida", "al qa eda", "al qaidah", "al kaida", "al qaedah"),
    ("taliban", "taleban", "talibs"),
    ("lashkar", "lashkhar", "laskar", "lashkare"),
    ("taiba", "tayyiba", "tayyaba", "toiba", "tayba", "tayibah", "tayyeba", "taibah", "tayiba", "tayyabah"),
    ("tehrik", "tehreek", "tahrik"),
    ("turkistan", "turkestan"),
    ("jaish", "jaysh"),
    ("mohammad", "mohammed", "muhammad"),
    ("indian subcontinent", "indian sub continent"),
)
"""Ways to write words in the names of groups, each as good as the others of its line."""

CAPITALS = {
    "Fayzabad": ("Faizabad",), "Maidan Shar": ("Maidan Shahr", "Maydan Shahr", "Maydan Shar"), "Aybak": ("Aibak",),
    "Pul-e Khumri": ("Puli Khumri", "Pol-e Khomri"), "Lashkar Gah": ("Lashkargah",), "Maymana": ("Maimana",),
    "Tarinkot": ("Tarin Kot", "Tirin Kot", "Tarin Kowt"), "Mehtar Lam": ("Mehtarlam", "Mihtarlam"),
    "Taloqan": ("Taluqan",), "Sheberghan": ("Shibirghan", "Shiberghan"), "Sharan": ("Sharana",),
    "Mazar-e Sharif": ("Mazar",), "Pul-e Alam": ("Puli Alam",), "Gardez": ("Gardiz",), "Parun": ("Paroon",),
}  # fmt: skip
"""Other spellings of capitals."""

LINKS = ("e", "i")
KINDS = ("network", "group", "movement", "organization", "organisation")


@dataclass(frozen=True, slots=True)
class KnownName:
    """What a name means: ``kind`` is unit, region, capital or group; ``key`` a code, a region or the id of a group.

    ``strict`` is how it must be written where small letters make another word of it: LeT. ``rivals`` are groups that it
    may mean as well. ``is_part`` is whether it is the first word of a longer name, and so perhaps somebody's surname.
    """

    kind: str
    key: str
    strict: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    is_part: bool = False


class NameIndex:
    """Names by their first word: folded, or as it is written where small letters would make another word of it."""

    def __init__(self) -> None:
        self.names: dict[str, dict[tuple[str, ...], KnownName]] = {}
        self.strict: dict[str, dict[tuple[str, ...], KnownName]] = {}
        self.sizes: dict[str, tuple[int, ...]] = {}
        self.learnt: set[str] = set()

    def add(self, text: str, name: KnownName) -> None:
        """Add a name; the first meaning of a text holds."""
        words = tuple(list_words(text))
        if not words:
            return
        if name.strict:
            for first in dict.fromkeys(WORD.findall(form)[0] for form in name.strict):
                self.strict.setdefault(first, {}).setdefault(words, name)
        else:
            self.names.setdefault(words[0], {}).setdefault(words, name)
        known = self.sizes.get(words[0], ())
        if len(words) not in known:
            self.sizes[words[0]] = tuple(sorted((*known, len(words)), reverse=True))

    def copy(self) -> NameIndex:
        """Copy it for another text, which learns names of its own; those are all written as they stand."""
        copied = NameIndex()
        copied.names, copied.sizes = self.names, {**self.sizes}
        copied.strict = {first: {**known} for first, known in self.strict.items()}
        return copied

    def holds(self, sentence: Sentence, index: int) -> bool:
        """Tell whether a name may begin with a word."""
        return sentence.words[index] in self.names or sentence.raw[index] in self.strict

    def find(self, sentence: Sentence, index: int) -> tuple[KnownName, int] | None:
        """Find the longest name that begins with a word, and its last word.

        Examples
        --------
        >>> from geo.read.documents.blocks import join_lines
        >>> index = NameIndex()
        >>> index.add("Sar-e Pol", KnownName("unit", "AF-SAR"))
        >>> index.find(Sentence(join_lines("paragraph", [(1, "in Sar e-Pol now")]), 0, 16), 1)
        (KnownName(kind='unit', key='AF-SAR', strict=(), rivals=(), is_part=False), 3)
        """
        first = sentence.words[index]
        for size in self.sizes.get(first, ()):
            words = tuple(sentence.words[index : index + size])
            if len(words) < size:
                continue
            for known in (self.names.get(first), self.strict.get(sentence.raw[index])):
                name = known.get(words) if known else None
                last = index + size - 1
                if name and (size == 1 or _reads(sentence, index, last)) and _is_written(sentence, index, last, name):
                    return name, last
        return None


def _reads(sentence: Sentence, index: int, last: int) -> bool:
    return all(len(gap := sentence.read_gap(each)) <= 3 and BLANKS.issuperset(gap) for each in range(index, last))


def _is_written(sentence: Sentence, index: int, last: int, name: KnownName) -> bool:
    """Ask of the name of a place a capital, of an acronym that it be one."""
    first = sentence.read_word(index)
    if not first[0].isascii() or not first[0].isalpha():
        return True
    if name.strict:
        return sentence.cut(index, last) in name.strict
    return name.kind == "group" or sentence.caps[index]


def index_names(table: Table, gazetteer: Gazetteer) -> NameIndex:
    """Put all names together by which a text may call what the table and the gazetteer know.

    Examples
    --------
    >>> table = Table("", {}, {}, {"let": Group("let", "Lashkar-e-Taiba", "LeT")}, (), ())
    >>> sorted(index_names(table, Gazetteer({}, {}, "")).names)[:3]
    ['lashkar', 'lashkare', 'lashkhar']
    """
    index = NameIndex()
    for group in table.groups.values():
        rivals = _find_rivals(group, table)
        spelt: dict[str, str] = {}
        for name in _list_names(group):
            for text in _spell(name):
                spelt.setdefault(text, name)
        for text, name in spelt.items():
            is_part = " " not in text and any(other.startswith(f"{text} ") for other in spelt)
            index.add(text, KnownName("group", group.id, _find_strict(text, name), rivals, is_part))
    for unit in gazetteer.units.values():
        for name in filter(None, (unit.name, unit.name_fa, *unit.aliases)):
            index.add(name, KnownName("unit", unit.code))
    for name in gazetteer.regions:
        index.add(f"{name} Region", KnownName("region", name))
    for name in table.regions:
        index.add(name, KnownName("region", name))
    for unit in gazetteer.units.values():
        for text in _list_capital(unit.capital):
            index.add(text, KnownName("capital", unit.code))
    return index


def _list_capital(capital: str) -> Iterator[str]:
    """Write a capital in the ways that its links have."""
    for part in capital.replace(")", "").split(" ("):
        words = list_words(part)
        if part:
            yield part
        for link in ("e", "i"):
            yield " ".join(link if word in LINKS else word for word in words)
    yield from CAPITALS.get(capital, ())


def _list_names(group: Group) -> Iterator[str]:
    yield from filter(None, (group.name, group.short, *group.aliases, *group.names.values()))
    words = list_words(group.name)
    if len(words) == 2 and words[1] in KINDS:
        yield f"{words[0]}s"
        yield f"{words[0]} group"
        yield f"{words[0]} network"


def _spell(name: str) -> Iterator[str]:
    """Spell a name in every way that its words are written in reports, as it stands first."""
    folded = " ".join(list_words(name))
    forms = dict.fromkeys([folded])
    for line in SPELLINGS:
        for form in list(forms):
            found = next((word for word in line if f" {word} " in f" {form} "), None)
            if found:
                forms |= dict.fromkeys(f" {form} ".replace(f" {found} ", f" {word} ").strip() for word in line)
    for form in list(forms):
        words = form.split()
        if any(word in LINKS for word in words[1:-1]):
            forms |= dict.fromkeys(" ".join(link if word in LINKS else word for word in words) for link in LINKS)
    yield from forms
    yield from _spell_state(folded)


def _spell_state(folded: str) -> Iterator[str]:
    """Spell the Islamic State and its branch, which nobody calls by one name."""
    for state in STATE:
        rest = folded.removeprefix(state).strip()
        if not folded.startswith(f"{state} ") and folded != state:
            continue
        if not rest:
            yield from STATE
        elif rest in (*KHORASAN, "k", "kp", "khorasan province", "khurasan province"):
            yield from _list_branches()
    if folded in ("iskp", "isk"):
        yield from _list_branches()


@cache
def _list_branches() -> tuple[str, ...]:
    return tuple(dict.fromkeys(_spell_branch()))


def _spell_branch() -> Iterator[str]:
    yield from ("iskp", "isk", "isilk", "isisk", "is k", "is kp", "isil k", "isil kp", "isis k", "isis kp", "daesh k")
    for state in STATE:
        for land in KHORASAN:
            yield f"{state} {land}"
            yield f"{state} in {land}"
            yield f"{state} of {land}"
            yield f"{state} in {land} province"
            yield from (f"{state} {land} {branch}" for branch in BRANCHES)
            yield from (f"{state} s {land} {branch}" for branch in BRANCHES)
            yield from (f"{land} {branch} of {the}{state}" for branch in BRANCHES for the in ("", "the "))
        for land in ("afghan", "local", "regional", "afghanistan"):
            yield from (f"{state} s {land} {branch}" for branch in BRANCHES)
            yield from (f"{land} {branch} of {the}{state}" for branch in BRANCHES for the in ("", "the "))


def _find_strict(text: str, name: str) -> tuple[str, ...]:
    """List how an acronym must be written; nothing for a name that no small letters make a word of."""
    written = " ".join(list_words(name)) == text
    first = text.split()[0]
    if written and len(name) <= LONGEST_ACRONYM and sum(sign.isupper() for sign in name) > 1 and name.isascii():
        forms = [name, name.upper()]
    elif first in ("is", "isk", "iskp"):
        rest = text.removeprefix(first).split()
        if rest and len(rest[-1]) > 2:  # IS Khorasan
            forms = [f"{first.upper()}{gap}{' '.join(word.title() for word in rest)}" for gap in (" ", "-", " – ")]
        else:
            forms = (
                [f"{first.upper()}{gap}{'-'.join(rest).upper()}" for gap in ("-", " ", "–")]
                if rest
                else [first.upper()]
            )
    else:
        return ()
    return tuple(dict.fromkeys(forms))


def _find_rivals(group: Group, table: Table) -> tuple[str, ...]:
    """List groups that the name of one without a record may mean: ISIS in Afghanistan is ISIS-Khorasan."""
    if any(group.id in record.groups for record in table.records):
        return ()
    own = list_words(group.name)
    named = {id_ for record in table.records for id_ in record.groups}
    return tuple(
        other.id
        for other in table.groups.values()
        if other.id != group.id and other.id in named and list_words(other.name)[: len(own)] == own
    )
