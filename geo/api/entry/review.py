"""A draft gone through by a person: what is accepted enters the table, at once and by itself; the rest does not."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo.api.drafts import DraftOptions, read_texts
from geo.api.entry.added_entries import Added, check_path, put_entries
from geo.api.entry.known_entries import Known, find_known
from geo.api.entry.review_state import ACCEPTED, SKIPPED, hash_entry, hash_text, read_state
from geo.api.job import Job
from geo.errors import Problem, TableError
from geo.model import Gazetteer, NewEntry, Table
from geo.read.answers import AnswerReader, Option
from geo.read.common.file_text import LARGEST_FILE, read_bytes
from geo.read.table.reader import parse_presence
from geo.read.table.sources import COPY_FILE
from geo.regular_files import IrregularError, LargeError, hash_bytes, read_regular
from geo.yaml_words import Value, write_value

if TYPE_CHECKING:
    from geo.draft.entries import Proposal
    from geo.draft.marked_words import MarkedWords
    from geo.draft.proposals import Draft
    from geo.read.documents.read_document import Document

__all__ = ["Doubt", "Review", "ReviewItem", "list_items", "open_review", "word_entry", "word_value"]

PLACES = ("in", "region", "nationwide", "unlocated")
NUMBERED = re.compile(r"^new entry [0-9]+: ")
ENDING = ("page", "note", "quote")
ASKED = "?"


@dataclass(frozen=True)
class Doubt:
    """A question that has to be answered before an entry can be accepted: of which key, and who may be meant."""

    key: str
    said: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class ReviewItem:
    """One proposal: the text that it is of, the words that made it, and the entry that it would be."""

    text: str
    text_hash: str
    key: str
    proposal: Proposal
    entry: NewEntry
    marks: tuple[MarkedWords, ...]


class Review:
    """All proposals of texts in their order, what was decided of them, and the table that gains what is accepted."""

    def __init__(
        self, table: Path, gazetteer: Gazetteer, items: tuple[ReviewItem, ...], told: tuple[Problem, ...]
    ) -> None:
        self.path, self.gazetteer, self.items, self.told = table, gazetteer, items, told
        self.state = read_state(table)
        self.source: str | None = None
        self.copies: dict[str, dict[str, Value]] = {}
        self._data = b""
        self._reader: AnswerReader | None = None
        self._codes: dict[str, str] = {}
        self.table: Table
        self.refresh()

    @property
    def reader(self) -> AnswerReader:
        """What reads answers by the names of the table as it is now."""
        if self._reader is None:
            self._reader = AnswerReader(self._data, str(self.path), self.gazetteer)
        return self._reader

    def refresh(self) -> None:
        """Read the table anew where it was changed meanwhile; one with errors is a `TableError`."""
        data = read_bytes(self.path)
        if data != self._data:
            self._take(data, parse_presence(data, str(self.path), self.gazetteer, allow_empty=True)[0])

    def _take(self, data: bytes, table: Table) -> None:
        self._data, self.table, self._reader = data, table, None

    def find_decision(self, item: ReviewItem) -> str | None:
        """Say what was decided of a proposal before."""
        return self.state.decided.get(item.text_hash, {}).get(item.key)

    def find_entry(self, item: ReviewItem) -> NewEntry:
        """Give a proposal as it stands: as it was changed, where it was, and with the source that the text has."""
        if changed := self.state.edited.get(item.text_hash, {}).get(item.key):
            return changed
        values = _put(item.entry.values, "source", self.source) if self.source else item.entry.values
        return replace(item.entry, values=values)

    def find_known(self, item: ReviewItem) -> Known | None:
        """Find what the table says of it already."""
        return find_known(self.find_entry(item), self.table, self._identify)

    def _identify(self, name: str) -> str | None:
        """Give the code of the unit that a name means; those of proposals are its own."""
        if not self._codes:
            self._codes = {unit.name: code for code, unit in self.gazetteer.units.items()}
        return self._codes.get(name) or self.reader.context.identify_unit(name)

    def has_accepted(self, item: ReviewItem) -> bool:
        """Tell whether another proposal of the same sentence was accepted."""
        beside = [each for each in self.items if each.proposal.spot == item.proposal.spot and each is not item]
        return any(self.find_decision(each) == ACCEPTED for each in beside)

    def list_doubts(self, item: ReviewItem) -> tuple[Doubt, ...]:
        """List what has to be answered first, with candidates where there are some."""
        entry, asked = self.find_entry(item), []
        part = find_part(entry)
        for key in ("group", *PLACES, "level"):
            value = entry.values.get(key, entry.under[1] if key == "group" and len(entry.under) > 1 else "")
            if value == ASKED:
                asked.append(Doubt(key, self._word_doubt(item, key), self._list_candidates(item, part, key)))
        return tuple(asked)

    def _word_doubt(self, item: ReviewItem, key: str) -> str:
        if key == "level":
            return "the text has no word for a level of the table"
        why = getattr(item.proposal, "why", "")
        return why or ("who is meant" if key == "group" else "which {units} are meant").format(
            units=self.gazetteer.noun.many
        )

    def _list_candidates(self, item: ReviewItem, part: str, key: str) -> tuple[Option, ...]:
        """List who or where may be meant: what the draft found, else all that the table has."""
        if key == "in":
            units, places = self.gazetteer.units, getattr(item.proposal, "places", ())
            return tuple(Option(units[code].name) for code in places if code in units)
        options = self.reader.list_options(part, key)
        meant = getattr(item.proposal, "candidates", ()) if key == "group" else ()
        return tuple(each for each in options if each.value in meant) or options

    def name_source(self, id_: str) -> Problem | None:
        """Take an id for that of the source that the texts are, or say why it can be none."""
        if problem := self.reader.check_id(id_):
            return problem
        self.source = id_
        self.state.named |= {item.text_hash: id_ for item in self.items}
        self.state.save()
        return None

    def describe_source(self, id_: str, values: Mapping[str, str]) -> Problem | None:
        """Keep what a source is that the table does not have, or say what is wrong with it."""
        for key, value in values.items():
            if isinstance(problem := self.reader.read("sources", key, value), Problem):
                return problem
        self.state.sources[id_] = dict(values)
        self.state.save()
        return None

    def list_sources(self) -> tuple[Option, ...]:
        """List the sources of the table."""
        return tuple(Option(each.id, each.title) for each in self.table.sources.values())

    def knows_source(self, id_: str) -> bool:
        """Tell whether the table has a source, or it was described."""
        return id_ in self.table.sources or id_ in self.state.sources

    def answer(self, item: ReviewItem, key: str, answer: str) -> Problem | None:
        """Change one key of a proposal, or say what is wrong with an answer; an empty one takes the key away.

        A place takes the place of any other. What was changed is kept until it is decided.
        """
        entry = self.find_entry(item)
        part = find_part(entry)
        if not answer:
            if self.reader.is_needed(part, key):
                return Problem(str(self.path), f"nothing for `{key}`", "an answer: an entry cannot do without it")
            values = {name: value for name, value in entry.values.items() if name != key}
            self._keep(item, replace(entry, values=values))
            return None
        value = self.reader.read(part, key, answer)
        if isinstance(value, Problem):
            return value
        if key == "group" and part in ("strength", "statements"):
            changed = replace(entry, under=("groups", str(value), part))
        else:
            others = PLACES if part == "presence" and key in PLACES else ()
            changed = replace(entry, values=_put(entry.values, key, value, others))
        self._keep(item, changed)
        return None

    def _keep(self, item: ReviewItem, entry: NewEntry) -> None:
        self.state.edited.setdefault(item.text_hash, {})[item.key] = entry
        self.state.save()

    def accept(self, item: ReviewItem) -> Added | None:
        """Put a proposal into the table as it stands; None where the table says the same already.

        The table has it before it is noted as decided: an end at any moment loses nothing and leaves a whole table.
        """
        self.refresh()
        entry, added = self.find_entry(item), None
        known = self.find_known(item)
        if not (known and known.is_same):
            source = entry.values.get("source")
            described = self.state.sources.get(source) if isinstance(source, str) else None
            entries = [entry]
            if described and source not in self.table.sources:
                copy = self.copies.get(item.text_hash)
                values = {**described, "copy": copy} if copy else described
                entries.insert(0, NewEntry(("sources",), values, str(source)))
            added = self._put(entries)
            self._take(added.data, added.table)
        self._decide(item, ACCEPTED)
        return added

    def _put(self, entries: list[NewEntry]) -> Added:
        try:
            return put_entries(self.path, tuple(entries), self.gazetteer, (self._data, self.table))
        except TableError as error:  # whoever accepts one entry knows which it is
            problems = [replace(each, found=NUMBERED.sub("", each.found)) for each in error.problems]
            raise TableError(problems) from None

    def skip(self, item: ReviewItem) -> None:
        """Leave a proposal out."""
        self._decide(item, SKIPPED)

    def _decide(self, item: ReviewItem, decision: str) -> None:
        self.state.decided.setdefault(item.text_hash, {})[item.key] = decision
        if decision == ACCEPTED:
            self.state.edited.get(item.text_hash, {}).pop(item.key, None)
        self.state.edited = {text: entries for text, entries in self.state.edited.items() if entries}
        self.state.sources = {id_: each for id_, each in self.state.sources.items() if id_ not in self.table.sources}
        self.state.save()


def open_review(texts: Iterable[Path], job: Job = Job(), options: DraftOptions = DraftOptions()) -> Review:
    r"""Draft texts and begin to go through what is proposed, or go on where an earlier review of them stopped.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table, text = Path(folder, "t.yaml"), Path(folder, "a.txt")
    ...     _ = table.write_text("groups: {red: {name: Red Group}} # all\n", encoding="utf-8")
    ...     _ = text.write_text("The Red Group is active in Kunar.", encoding="utf-8")
    ...     review = open_review([text], options=DraftOptions(table))
    ...     (item,) = review.items
    ...     _ = review.accept(item)
    ...     print(table.read_text(encoding="utf-8"))
    groups: {red: {name: Red Group}} # all
    <BLANKLINE>
    presence:
      - group: red
        in: [Kunar]
        as_written: "Kunar"
        quote: "The Red Group is active in Kunar."
    <BLANKLINE>
    """
    check_path(options.table)
    texts = tuple(texts)
    read = read_texts(texts, job, options)
    hashes = _hash_documents(read.documents)
    told = tuple(problem for each in read.documents for problem in each.told)
    items = list_items(read.draft, read.documents, read.table, read.gazetteer)
    review = Review(options.table, read.gazetteer, items, told)
    copies = [_find_copy(text, options.table) for text in texts]
    review.copies = {text: copy for text, copy in zip(hashes, copies, strict=True) if copy}
    review.source = options.source or next(filter(None, map(review.state.named.get, hashes)), None)
    return review


def list_items(
    draft: Draft, documents: Sequence[Document], table: Table, gazetteer: Gazetteer
) -> tuple[ReviewItem, ...]:  # fmt: skip
    """List what a draft of texts proposes, each with the entry that it would be.

    Examples
    --------
    >>> from geo.draft.proposals import Draft
    >>> list_items(Draft(), (), Table("", {}, {}, {}, (), ()), Gazetteer({}, {}, ""))
    ()
    """
    from geo.draft.entries import Frame, list_proposals, make_entry
    from geo.draft.marked_words import Marker

    frame, marker = Frame(gazetteer, None, len(table.levels) > 1), Marker(table, gazetteer)
    hashes, items = _hash_documents(documents), []
    for proposal in list_proposals(draft):
        entry, at = make_entry(proposal, frame), proposal.spot.text
        name = documents[at].source
        items.append(ReviewItem(name, hashes[at], hash_entry(entry), proposal, entry, marker.mark(proposal)))
    return tuple(items)


def _hash_documents(documents: Iterable[Document]) -> list[str]:
    return [hash_text(tuple(block.text for block in each.blocks)) for each in documents]


def _find_copy(text: Path, table: Path) -> dict[str, Value] | None:
    """Name a text that lies beside a table as the copy of its source, in which quotes can be looked for."""
    home, real = (os.path.realpath(each) for each in (table.parent, text))
    if text.is_symlink() or not Path(real).is_relative_to(home):
        return None
    try:
        data = read_regular(text, LARGEST_FILE)
    except (IrregularError, LargeError, OSError):
        return None
    file = Path(os.path.relpath(real, home)).as_posix()
    return {"file": file, "sha256": hash_bytes(data)} if re.fullmatch(COPY_FILE.pattern, file) else None


def find_part(entry: NewEntry) -> str:
    """Say to which part of a table an entry belongs.

    Examples
    --------
    >>> find_part(NewEntry(("groups", "red", "strength"), {})), find_part(NewEntry(("presence",), {}))
    ('strength', 'presence')
    """
    return entry.under[-1]


def word_entry(entry: NewEntry, without: str = "") -> str:
    """Write an entry on a line as it would stand in the table; keys that hold the text ``without`` are left out.

    Examples
    --------
    >>> word_entry(NewEntry(("groups", "red", "statements"), {"text": "A.", "about": ["blue"], "quote": "A."}), "A.")
    'groups / red / statements: {about: [blue]}'
    """
    values = {key: value for key, value in entry.values.items() if value != without}
    return f"{' / '.join(entry.under)}: {write_value(values)}"


def word_value(value: Value, key: str) -> str:
    """Write a value as it would stand under its key.

    Examples
    --------
    >>> word_value(["Kabul", "Sar-e Pol"], "in"), word_value("", "note")
    ('[Kabul, Sar-e Pol]', '')
    """
    return write_value(value, key) if value else ""


def _put(values: Mapping[str, Value], key: str, value: Value, others: tuple[str, ...] = ()) -> dict[str, Value]:
    """Put a value where its key, or one of others, stands; a new one in front of what stands at the end of an entry."""
    replaced = {key, *others}
    has_place = not replaced.isdisjoint(values)
    ending = ENDING[ENDING.index(key) + 1 :] if key in ENDING else ENDING
    made: dict[str, Value] = {}
    for name, known in values.items():
        if name in replaced or (name in ending and not has_place):
            made.setdefault(key, value)
        if name not in replaced:
            made[name] = known
    made.setdefault(key, value)
    return made
