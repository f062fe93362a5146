"""presence-maps: one YAML table of claims in; honest, safe maps out.

The names below are what a program or a notebook needs; each is loaded when it is first asked for, so that the command
line starts at once.

Examples
--------
>>> import geo
>>> joined = geo.join_presence(geo.read_presence("presence.yaml"))
>>> geo.compare_footprints(joined, ["haqqani", "isis-k"]).coefficient
1.0
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # Nothing is loaded here: Ctrl-C finds `geo.__main__` ready the sooner.
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any

    from geo.api.python_interface import (
        PresenceError,
        PresenceWarning,
        add_records,
        check_quotes,
        compare_all,
        compare_footprints,
        count_events,
        draw_choropleth,
        draw_events,
        draw_figure,
        draw_overlay,
        draw_timeline,
        join_presence,
        read_boundaries,
        read_presence,
        verify_folder,
    )

__version__ = "0.1.0"
__all__ = [
    "PresenceError", "PresenceWarning", "__version__", "add_records", "check_quotes", "compare_all",
    "compare_footprints",
    "count_events", "draw_choropleth", "draw_events", "draw_figure", "draw_overlay", "draw_timeline", "join_presence",
    "read_boundaries", "read_presence", "verify_folder",
]  # fmt: skip


def _hush(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Show no traceback of Ctrl-C, which may come while Python is looking for `geo.__main__`."""
    if not issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)


# Of the command alone: a program that imports this package keeps its tracebacks.
if sys.argv and (sys.argv[0].endswith(("presence", "presence.exe")) or " -m geo " in f"{' '.join(sys.orig_argv)} "):
    sys.excepthook = _hush


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from geo.api import python_interface

    return getattr(python_interface, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
