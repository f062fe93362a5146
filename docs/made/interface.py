"""The reference of the Python interface, from `geo.__all__` and what its functions give and raise."""

from __future__ import annotations

import inspect

import geo

__all__ = ["write_classes", "write_interface"]

VALUES = (
    "geo.model.Table", "geo.model.Gazetteer", "geo.join.joined_table.JoinedTable", "geo.join.filters.Choices",
    "geo.join.footprints.Footprint", "geo.model.Moment", "geo.join.join_report.JoinReport", "geo.join.overlap.Overlap",
    "geo.model.Activity", "geo.model.EventCount", "geo.model.EventPlace", "geo.model.EventSource",
)  # fmt: skip
ERRORS = (
    "geo.errors.PresenceError", "geo.errors.TableError", "geo.errors.BoundaryError", "geo.errors.EventsError",
    "geo.errors.WriteError", "geo.errors.Problem", "geo.model.Position",
)  # fmt: skip


def write_interface() -> str:
    """Write what Sphinx is to take from the docstrings.

    Returns
    -------
    str
        Markdown.

    Examples
    --------
    >>> write_interface().splitlines()[2]
    '.. autofunction:: geo.add_records'
    """
    public = [name for name in geo.__all__ if not name.startswith("_")]
    classes = [name for name in public if inspect.isclass(getattr(geo, name))]
    functions = [name for name in public if name not in classes]
    parts = {
        "Functions": [("autofunction", f"geo.{name}") for name in functions],
        "Values": [("autoclass", name) for name in VALUES],
        "Errors and warnings": [("autoexception" if "Error" in name else "autoclass", name) for name in ERRORS]
        + [("autoexception", f"geo.{name}") for name in classes],
    }
    return "\n".join(f"## {title}\n" + "\n".join(map(_write_entry, entries)) for title, entries in parts.items())


def _write_entry(entry: tuple[str, str]) -> str:
    directive, name = entry
    return f"```{{eval-rst}}\n.. {directive}:: {name}\n```\n"


def write_classes() -> str:
    """Write the keys of classes, which the module that gives them explains.

    Returns
    -------
    str
        Markdown.

    Examples
    --------
    >>> "geo.join.classes" in write_classes()
    True
    """
    return _write_entry(("automodule", "geo.join.classes"))
