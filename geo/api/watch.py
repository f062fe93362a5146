"""A table kept in view: built again whenever it is saved, and shown by a server on this machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

from geo.api.job import Job, stay_silent
from geo.api.maps import Built, build_maps, settle_pages
from geo.api.maps_folder import MapsFolder
from geo.errors import PresenceError, Problem, TableError

__all__ = ["watch_table"]


def watch_table(
    table: Path,
    files: Mapping[str, Path],
    job: Job = Job(),
    *,
    folder: MapsFolder | None = None,
    port: int = 0,
    at_start: Callable[[str], None] = stay_silent,
    at_build: Callable[[Built], None] = lambda _: None,
    at_error: Callable[[PresenceError], None] = lambda _: None,
) -> NoReturn:
    """Draw maps of a table whenever it is saved, and show them on this machine until Ctrl-C.

    What is wrong with the table is told, and the maps of the last good one stay, in the folder and in the browser.
    Port 0 takes one that is free; ``at_start`` is given the address once there is something to see there.

    Examples
    --------
    >>> watch_table(Path("no/such.yaml"), {})
    Traceback (most recent call last):
    geo.errors.TableError: no/such.yaml: there is no such file; expected the path of a presence table
    """
    if not table.is_file():
        found = "standard input is read once only" if str(table) == "-" else "there is no such file"
        raise TableError([Problem(str(table), found, "the path of a presence table")])
    files = settle_pages(table, files, job)
    # Only here, for other commands need no server.
    from geo.serve import file_changes
    from geo.serve.preview import Preview
    from geo.serve.server import serve_preview

    preview = Preview()

    def tell(error: PresenceError) -> None:
        preview.tell(str(error).splitlines())
        at_error(error)

    def tell_loss() -> None:
        tell(TableError([Problem(str(table), "the table is gone", "it in its place again; watching goes on then")]))

    with serve_preview(preview, port) as address:
        is_open = False
        while True:
            seen = file_changes.read_stamp(table)  # before it is read, so that what is saved meanwhile is not missed
            try:
                built = build_maps(table, files, job, folder=folder)
            except PresenceError as error:
                tell(error)
            else:
                preview.show(built.pages)
                at_build(built)
            if not is_open:
                at_start(address)
                is_open = True
            file_changes.wait_for_change(table, seen, tell_loss)
