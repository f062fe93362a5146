"""The log of a table's corrections, newest first, with links to the records that it holds."""

from __future__ import annotations

from collections.abc import Iterable

from geo.draw.html import Markup, chain, say_name, tag, tag_section
from geo.draw.sections.records import link_record
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.change_log import order_changes
from geo.draw.wording.evidence import DOT
from geo.draw.wording.localised_names import LocalisedTable
from geo.model import LoggedChange, Table

__all__ = ["draw_corrections", "list_logged"]


def draw_corrections(joined: LocalisedTable) -> Markup:
    """Return the section that holds the whole log; nothing where the table has none."""
    phrases, table = joined.phrases, joined.table
    if not table.changes:
        return Markup("")
    note = tag("p", {"class": "region-note"}, phrases.say("corrections_note"))
    listed = list_logged(phrases, order_changes(table.changes), table)
    return tag_section("corrections", phrases.say("corrections"), note, listed)


def list_logged(phrases: Catalogue, changes: Iterable[LoggedChange], table: Table) -> Markup:
    """List entries; a record that the page does not hold goes by its id."""
    numbers = {record.id: number for number, record in enumerate(table.records, 1) if record.id}
    return tag("ul", {}, (_draw_entry(phrases, change, numbers) for change in changes))


def _draw_entry(phrases: Catalogue, change: LoggedChange, numbers: dict[str, int]) -> Markup:
    more = [phrases.mark_up("logged", "why", why=say_name(change.why))] if change.why else []
    more += [phrases.mark_up_names([_name_record(phrases, id_, numbers) for id_ in change.records])]
    parts = phrases.mark_up_names([say_name(part) for part in change.parts])
    more += [phrases.mark_up("logged", "parts", parts=parts)] if parts else []
    said = phrases.mark_up("logged", change.type, date=phrases.write_date(change.date), what=say_name(change.what))
    about = chain(filter(None, more), DOT)
    return tag("li", {}, tag("p", {"class": "what"}, said), tag("p", {"class": "evidence"}, about) if about else "")


def _name_record(phrases: Catalogue, id_: str, numbers: dict[str, int]) -> Markup:
    if id_ in numbers:
        return link_record(phrases, numbers[id_])
    return phrases.mark_up("record_number", n=say_name(id_))
