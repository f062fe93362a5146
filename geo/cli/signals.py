"""Signals that ask for an end become exit codes: 130 for Ctrl-C, 143 for SIGTERM, 129 for a closed terminal."""

from __future__ import annotations

import signal
import sys

TYPE_CHECKING = False  # Nothing is loaded that need not be: until this module stands, Ctrl-C is answered by Python.
if TYPE_CHECKING:
    from sys import UnraisableHookArgs
    from types import FrameType
    from typing import NoReturn

__all__ = ["INTERRUPTED", "answer_signals", "find_exit", "ignore_signals", "word_end"]

WORDS = {"SIGHUP": "the terminal was closed", "SIGTERM": "terminated", "SIGINT": "interrupted"}
KNOWN = {signal.Signals[name]: words for name, words in WORDS.items() if name in signal.Signals.__members__}
INTERRUPTED = 128 + signal.SIGINT

came: list[int] = []
PAUSE = 0.01
"""Seconds until what a finalizer swallowed is said again."""


class Ended(KeyboardInterrupt):
    """A signal that asks for an end came.

    Python notes where a KeyboardInterrupt itself passes code that it runs as text, as dataclasses are made, and then
    ends by SIGINT in spite of whoever caught it.
    """


def answer_signals() -> None:
    """Have each signal that asks for an end unwind the program as Ctrl-C does, so that nothing is left behind.

    A second one ends it where it stands. What is ignored, as under nohup, stays ignored.
    """
    for number in KNOWN:
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _end)
    sys.unraisablehook = _say_again


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    came.append(number)
    for each in KNOWN:
        if signal.getsignal(each) is _end:
            signal.signal(each, signal.SIG_DFL)
    raise Ended


def _say_again(lost: UnraisableHookArgs) -> None:
    """Have a signal come again that came within a finalizer, whose exceptions Python prints and drops."""
    if not isinstance(lost.exc_value, Ended):
        sys.__unraisablehook__(lost)
        return
    import threading

    number = came.pop()
    for each in KNOWN:
        if signal.getsignal(each) is signal.SIG_DFL:
            signal.signal(each, _end)
    again = threading.Timer(PAUSE, _send, [number])
    again.daemon = True
    again.start()


def _send(number: int) -> None:
    import _thread
    import threading

    if hasattr(signal, "pthread_kill") and (main := threading.main_thread().ident):
        signal.pthread_kill(main, number)  # which wakes it where it sleeps, too
    else:
        _thread.interrupt_main(signal.Signals(number))


def ignore_signals() -> None:
    """Let nothing disturb Python on its way out: all is done, and it takes only a moment."""
    for number in KNOWN:
        signal.signal(number, signal.SIG_IGN)


def find_exit(code: int) -> int:
    """Return the exit code: that of the signal which came, whatever became of its exception, or else ``code``.

    Examples
    --------
    >>> find_exit(1)
    1
    """
    return 128 + came[0] if came else code


def word_end() -> str:
    """Say in a word why the program ends early.

    Examples
    --------
    >>> word_end()
    'interrupted'
    """
    return KNOWN[signal.Signals(came[0])] if came else "interrupted"
