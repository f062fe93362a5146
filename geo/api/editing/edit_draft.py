"""What was edited and not saved, kept beside the table for its owner alone until it is."""

from __future__ import annotations

import json
import os
from pathlib import Path

from geo.errors import Problem, TableError
from geo.read.common.file_text import LARGEST_FILE
from geo.regular_files import read_regular
from geo.write.files import write_files
from geo.write.private_file import is_private_file, write_private

__all__ = ["drop_draft", "name_draft", "read_draft", "write_draft"]

FORM = "presence edit 1"
MOST = 6 * LARGEST_FILE
"""Bytes of a draft: two texts, whose signs take six each where JSON spells them out."""

ANEW = "the file that 'presence edit' wrote, or none: move it away to begin with the table as it stands"


def name_draft(table: Path) -> Path:
    """Name the file that holds what was edited of a table.

    Examples
    --------
    >>> name_draft(Path("presence.yaml")).name
    'presence.yaml.edit.json'
    """
    return table.with_name(f"{table.name}.edit.json")


def write_draft(table: Path, base: bytes, data: bytes) -> None:
    """Keep the bytes of a table as they are edited, and those of the file that they were made of."""
    said = {"form": FORM, "base": base.decode(), "text": data.decode()}
    write_private(name_draft(table), f"{json.dumps(said, ensure_ascii=False)}\n".encode())


def drop_draft(table: Path) -> None:
    """Remove what was kept: all of it stands in the table."""
    if name_draft(table).exists():
        write_files({}, remove=[name_draft(table)])


def read_draft(table: Path) -> tuple[bytes, bytes] | None:
    """Read what was kept of a table: the bytes of the file that it was made of, and those that came of it.

    Examples
    --------
    >>> read_draft(Path("no.yaml")) is None
    True
    """
    path = name_draft(table)
    if not os.path.lexists(path):
        return None
    if not is_private_file(path):
        raise TableError([Problem(str(path), "no file of yours", ANEW)])
    data = read_regular(path, MOST)
    try:
        said = json.loads(data)
        base, text = said["base"], said["text"]
        if said["form"] != FORM:
            raise ValueError
        return base.encode(), text.encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise TableError([Problem(str(path), "no draft that could be gone on with", ANEW)]) from None
