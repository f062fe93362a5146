"""Where a page shows each quote, once, however many records rest on it, and which were found in a copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from geo.draw.html import Markup, chain, tag
from geo.draw.wording.catalogue import Catalogue
from geo.model import Evidence, Quoted, Strength, Table

__all__ = ["ShownQuotes"]

Key = tuple[str | None, str]
MOST_LINKS = 8
NONE: frozenset[Quoted] = frozenset()


class ShownQuotes:
    """The quotes of a page while it is drawn, from above.

    A quote of several records stands below the first of them, and each says the same of it, so that claims which differ
    in their group alone are still one in the panel of a unit. What else quotes it leads there, where the page lists its
    records; else it stands where it comes first.
    """

    def __init__(
        self, phrases: Catalogue, table: Table, checked: frozenset[Quoted] = NONE, *, listed: bool = True
    ) -> None:
        self._phrases, self._checked = phrases, checked
        self._numbers: dict[Key, list[int]] = {}
        for number, record in enumerate(table.records if listed else (), 1):
            if key := _name(record.evidence):
                self._numbers.setdefault(key, []).append(number)
        self._seen: set[Key] = set()

    def pass_groups(self, table: Table) -> None:
        """Take what groups quote, one by one, as shown already."""
        self._seen |= {key for evidence in _list_of_groups(table) if (key := _name(evidence))}

    def tell_record(self, evidence: Evidence) -> list[Markup]:
        """Return what stands within the evidence of a record: its quote, or where that is which it shares."""
        key = _name(evidence)
        if not key:
            return []
        return [self._say_shared(key) if len(self._numbers[key]) > 1 else self._show(evidence)]

    def show_shared(self, evidence: Evidence, number: int) -> Markup:
        """Return what stands below the evidence of a record: a quote that others have too, below the first of them."""
        key = _name(evidence)
        numbers = self._numbers[key] if key else []
        is_first = len(numbers) > 1 and numbers[0] == number
        return tag("p", {"class": "evidence"}, self._show(evidence)) if is_first else Markup("")

    def tell(self, evidence: Evidence, said: str = "") -> list[Markup]:
        """Return what stands within other evidence: its quote, unless the page shows or ``said`` is the same."""
        key = _name(evidence)
        if not key:
            return []
        if key in self._numbers:
            return [self._lead_to(key)]
        if key[1] == " ".join(said.split()):
            self._seen.add(key)
            return [self._mark(evidence)] if self._mark(evidence) else []
        if key in self._seen:
            return [tag("span", {}, self._phrases.say("quoted_above"))]
        self._seen.add(key)
        return [self._show(evidence)]

    def _lead_to(self, key: Key) -> Markup:
        number = self._numbers[key][0]
        said = self._phrases.say("record_number", n=self._phrases.write_number(number))
        return self._phrases.mark_up("quoted_at", record=tag("a", {"href": f"#record-{number}"}, said))

    def _say_shared(self, key: Key) -> Markup:
        numbers, write = self._numbers[key], self._phrases.write_number
        links: list[str] = [tag("a", {"href": f"#record-{number}"}, write(number)) for number in numbers[:MOST_LINKS]]
        more = len(numbers) - MOST_LINKS
        links += [self._phrases.say("and_more", n=write(more))] if more > 0 else []
        return self._phrases.mark_up("quote_shared", records=chain(links, " "))

    def _show(self, evidence: Evidence) -> Markup:
        return chain(filter(None, [tag("q", {}, evidence.quote or ""), self._mark(evidence)]), " ")

    def _mark(self, evidence: Evidence) -> Markup:
        """Return the mark of a quote that was found in a copy of its source."""
        if evidence.quoted not in self._checked:
            return Markup("")
        return tag("span", {"class": "checked"}, self._phrases.say("quote_checked"))


def _name(evidence: Evidence) -> Key | None:
    return (evidence.source, " ".join(evidence.quote.split())) if evidence.quote else None


def _list_of_groups(table: Table) -> Iterator[Evidence]:
    for group in table.groups.values():
        if group.part_of:
            yield group.part_of.evidence
        yield from _list_of_strengths(group.strengths)
        yield from (statement.evidence for statement in group.statements)


def _list_of_strengths(strengths: Iterable[Strength]) -> Iterator[Evidence]:
    for strength in strengths:
        yield strength.evidence
        yield from _list_of_strengths(strength.of_which)
