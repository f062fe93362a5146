"""A draft of the log of corrections: YAML for its author to complete and put under `changes`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from geo.export.yaml_table import write_table

__all__ = ["write_draft"]

SECTION = "changes"
HEAD = "# A draft: complete date, what and why, and put it under `changes` of the newer table.\n"
NOTHING = "# Nothing was added, corrected or withdrawn that the log does not tell already.\n"
WHY = "    # why:\n"
HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What keeps names apart on a page, and no table may hold."""


def write_draft(entries: Iterable[Mapping[str, str | list[str]]]) -> str:
    """Write entries, each with room for a reason where it has none.

    Examples
    --------
    >>> print(write_draft([{"date": "2021-05", "type": "added", "what": "A: Kabul", "records": ["a-1"]}]), end="")
    # A draft: complete date, what and why, and put it under `changes` of the newer table.
    changes:
      - date: 2021-05
        type: added
        what: 'A: Kabul'
        records: [a-1]
        # why:
    """
    written = [_write_entry(entry) for entry in entries]
    return f"{HEAD}{SECTION}:\n{''.join(written)}" if written else NOTHING


def _write_entry(entry: Mapping[str, str | list[str]]) -> str:
    said = {key: HIDDEN.sub("", value) if isinstance(value, str) else value for key, value in entry.items()}
    text = write_table({SECTION: [said]}).decode().partition("\n")[2].rstrip("\n") + "\n"
    return text if "why" in entry else text + WHY
