"""All rows by name, and the messages that each was seen to come through."""

from __future__ import annotations

from pathlib import Path

from tests.remedies import of_boundaries, of_commands, of_events, of_quotes, of_sheets, of_tables
from tests.remedies.follow import Case

__all__ = ["CASES", "FOLLOWED", "read_followed"]

FOLLOWED = Path(__file__).with_name("followed.txt")
ROOMS = (of_tables, of_sheets, of_commands, of_events, of_boundaries, of_quotes)
CASES: dict[str, Case] = {
    f"{room.__name__.rpartition('.')[2].removeprefix('of_')}: {case.name}": case
    for room in ROOMS
    for case in room.CASES
}


def read_followed() -> dict[str, str]:
    """Read for each message that a row follows the name of that row."""
    lines = FOLLOWED.read_text("utf-8").splitlines()
    return {site: name for site, _, name in (line.rpartition("\t") for line in lines)}
