"""`python -m geo` is the command `presence`; this module is small, so that Ctrl-C finds it ready at once."""

from __future__ import annotations

try:
    import sys

    from geo.cli.signals import INTERRUPTED, answer_signals, find_exit
except KeyboardInterrupt:  # It came before anything of ours could answer.
    raise SystemExit(130) from None

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

__all__ = ["run"]


def run() -> NoReturn:
    """Answer signals from now on, then load the command and run it."""
    answer_signals()
    try:
        from geo.cli.main import run as run_command
    except KeyboardInterrupt:
        sys.exit(find_exit(INTERRUPTED))
    run_command()


if __name__ == "__main__":
    run()
