"""A table kept in view: built again whenever it is saved, and shown by a server on this machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

from geo.api.boundaries import BUNDLED, BoundaryFile
from geo.api.maps import Built, build_maps
from geo.api.maps_folder import MapsFolder
from geo.api.output_paths import settle_file
from geo.api.tables import stay_silent
from geo.errors import PresenceError, Problem, TableError
from geo.join.filters import Choices

__all__ = ["watch_table"]


def watch_table(
    table: Path,
    files: Mapping[str, Path],
    *,
    folder: MapsFolder | None = None,
    port: int = 0,
    choices: Choices | None = None,
    boundaries: BoundaryFile = BUNDLED,
    allow_empty: bool = False,
    progress: Callable[[str], None] = stay_silent,
    at_start: Callable[[str], None] = stay_silent,
    at_build: Callable[[Built], None] = lambda _: None,
    at_error: Callable[[PresenceError], None] = lambda _: None,
) -> NoReturn:
    """Draw maps of a table whenever it is saved, and show them on this machine until Ctrl-C.

    What is wrong with the table is told, and the maps of the last good one stay, in the folder and in the browser.

    Parameters
    ----------
    table : Path
        The table, a file.
    files, folder, choices, boundaries, allow_empty, progress
        As for `build_maps`, which writes the files.
    port : int
        Where on 127.0.0.1 to show them; 0 takes a port that is free.
    at_start : callable
        Is given the address once there is something to see there.
    at_build, at_error : callable
        Are given what each build came to.

    Raises
    ------
    PresenceError
        If there is no such table at the start, or the port cannot be had.
    KeyboardInterrupt
        When the user ends it.

    Examples
    --------
    >>> watch_table(Path("no/such.yaml"), {})
    Traceback (most recent call last):
    geo.errors.TableError: no/such.yaml: there is no such file; expected the path of a presence table
    """
    if not table.is_file():
        found = "standard input is read once only" if str(table) == "-" else "there is no such file"
        raise TableError([Problem(str(table), found, "the path of a presence table")])
    files = {
        name: settle_file(file, ["html"], read=[table], table=table, boundaries=boundaries)[0]
        for name, file in files.items()
    }
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
                built = build_maps(
                    table, files, folder=folder, choices=choices, boundaries=boundaries, allow_empty=allow_empty,
                    progress=progress,
                )  # fmt: skip
            except PresenceError as error:
                tell(error)
            else:
                preview.show(built.pages)
                at_build(built)
            if not is_open:
                at_start(address)
                is_open = True
            file_changes.wait_for_change(table, seen, tell_loss)
