"""A table opened in a browser on this machine: the form, the map as it will be published, the server between them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.api.editing.session import EditSession
from geo.api.job import Job, stay_silent
from geo.api.maps import render_page
from geo.errors import TableError
from geo.option_values import LANGUAGES
from geo.read.table.json_schema import make_schema
from geo.write.edit_lock import hold_file

if TYPE_CHECKING:
    from geo.model import Gazetteer, UnitNoun

__all__ = ["draw_edited_map", "edit_table", "write_launcher"]

FRAME = "editor/editor_frame.js"


def edit_table(table: Path, job: Job = Job(), *, port: int = 0, at_start: Callable[[str], None] = stay_silent) -> None:
    """Let a person edit a table in a browser on this machine, until the last page is closed or Ctrl-C.

    ``at_start`` is given the address, which holds the token of the session; port 0 is one that is free. The file is
    written only when that is asked for on the page; what is not saved is kept in a draft beside it.

    Examples
    --------
    >>> edit_table(Path("no/such.yaml"))
    Traceback (most recent call last):
    geo.errors.TableError: no/such.yaml: there is no such file; expected the path of a presence table
    """
    with hold_file(table):
        session = EditSession(table, job)
        if job.boundaries.path is not None:
            job.progress(f"reading {job.boundaries.path}")
            _ = session.boundaries  # A file that is none is told before a page opens.
        # Only here, for other commands need no server.
        from geo.serve import editor_server
        from geo.serve.editor_page import list_files

        files = list_files(
            job.choices.language, table.name, describe_format(session.gazetteer), name_units(session.gazetteer)
        )
        site = editor_server.EditorSite(files, session.answer, lambda asked: draw_edited_map(session, asked))
        try:
            with editor_server.serve_editor(site, port) as editing:
                at_start(editing.address)
                job.progress(f"editing {table}; Ctrl-C ends it")
                editor_server.wait_until_left(editing)
                job.progress("the last page was closed")
        finally:
            session.lock.acquire()  # What is being written is written, and nothing more.


def describe_format(gazetteer: Gazetteer) -> dict[str, Any]:
    """Say what a form is made of: the schema, and what units and regions are called."""
    units = [
        {"code": code, "name": unit.name, "names": [*filter(None, (unit.name_fa, *unit.aliases))]}
        for code, unit in gazetteer.units.items()
    ]
    return {"schema": make_schema(gazetteer), "units": units, "regions": [*gazetteer.regions]}


def name_units(gazetteer: Gazetteer) -> dict[str, UnitNoun]:
    """Say what units are called in each language."""
    known = gazetteer.translations
    return {each: known[each].noun if each in known else gazetteer.noun for each in LANGUAGES}


def draw_edited_map(session: EditSession, language: str) -> bytes:
    """Draw the map of a table as it is now: the page that `overlay` writes, and one small script of the editor's."""
    with session.lock:
        table, job = session.table, session.job
    if table is None:
        raise TableError(session.problems)
    from geo.draw.pages.kinds import KINDS
    from geo.join.joined_table import join_presence

    choices = replace(job.choices, language=language if language in LANGUAGES else job.choices.language)
    with session.drawing:  # of two tabs one waits
        found = session.boundaries
        drawn: Any = KINDS["overlay"].draw(join_presence(table, found.gazetteer, found.frame, choices), found.topology)
        figure = drawn.get_root()
        figure.page = replace(figure.page, scripts=(*figure.page.scripts, FRAME))
        return render_page(drawn)


@contextmanager
def write_launcher(address: str) -> Iterator[str]:
    """Write a page for its owner alone that leads to an address, and give its own: no list of processes shows a token.

    Examples
    --------
    >>> with write_launcher("http://127.0.0.1:1/#t") as launcher:
    ...     launcher.startswith("file://")
    True
    """
    descriptor, name = tempfile.mkstemp(".html", "presence-edit-")
    path = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f'<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={address}">')
        yield path.as_uri()
    finally:
        with suppress(OSError):
            path.unlink()
