"""What the script of a page needs for what its reader can leave out, beside what it knows of the table."""

from __future__ import annotations

from collections.abc import Mapping

from geo.draw.wording.catalogue import BASED, DATED, FILTERED, GRADED, HIDDEN, PUBLISHED, SURE
from geo.draw.wording.evidence import say_stale_level
from geo.draw.wording.localised_names import LocalisedTable
from geo.join.filter_offers import FilterOffers, name_value

__all__ = ["add_filters"]


def add_filters(data: Mapping[str, object], joined: LocalisedTable, offers: FilterOffers) -> dict[str, object]:
    """Add what can be chosen, by the names of an address, and its words; where days can, also what depends on a day."""
    return {
        **data,
        "filters": {
            name: [name_value(each, name) for each in values] for name, values in offers.list_choices().items()
        },
        "words": _add_words(data["words"], joined, offers),
        **(_tell_days(data, joined) if offers.as_of else {}),
    }


def _add_words(words: object, joined: LocalisedTable, offers: FilterOffers) -> dict[str, object]:
    is_dated = offers.as_of and any(level.valid_for for level in joined.table.levels.values())
    parts = (
        (FILTERED, True), (HIDDEN, offers.of_records), (SURE, offers.confidence), (GRADED, offers.grade),
        (BASED, offers.basis), (PUBLISHED, offers.as_of), (DATED, is_dated),
    )  # fmt: skip
    assert isinstance(words, dict)  # noqa: S101  # phrases by key
    return words | joined.phrases.pick_words(*(keys for keys, is_wanted in parts if is_wanted))


def _tell_days(data: Mapping[str, object], joined: LocalisedTable) -> dict[str, object]:
    """Tell what is said of a record once its level's validity has gone by, and since when statements are known."""
    phrases, table = joined.phrases, joined.table
    levels, statements = data["levels"], data.get("statements", [])
    assert isinstance(levels, list)  # noqa: S101  # as claims_data builds them
    assert isinstance(statements, list)  # noqa: S101
    valid = {level.id: {"stale": say_stale_level(phrases, level)} for level in table.levels.values() if level.valid_for}
    known = [level | valid.get(level["id"], {}) for level in levels]
    said = [each.evidence for group in table.groups.values() for each in group.statements if each.place]
    times = [{"source": each.source, **({"observed": str(each.observed)} if each.observed else {})} for each in said]
    told = [statement | time for statement, time in zip(statements, times, strict=True)]
    return {"levels": known, **({"statements": told} if told else {})}
