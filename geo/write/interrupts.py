"""Ctrl-C and requests to end wait while files change places, so that no run stops half-way through."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

__all__ = ["Hold", "hold_interrupts"]

# SIGINT last: the handler that raises is the last one to be back in its place.
SIGNALS = tuple(signal.Signals[name] for name in ("SIGHUP", "SIGTERM", "SIGINT") if name in signal.Signals.__members__)

Handler = Callable[[int, FrameType | None], Any] | int


class Hold:
    """Signals that came while files were written, and the handlers they wait for."""

    def __init__(self) -> None:
        self.came: list[int] = []
        self._handlers: dict[signal.Signals, Handler] = {}

    def take(self) -> None:
        """Let signals wait from now on, but for those that are ignored or belong to another language."""
        if threading.current_thread() is not threading.main_thread():  # Only there may handlers be set, or run.
            return
        for number in SIGNALS:
            handler = signal.getsignal(number)
            if handler is not None and handler is not signal.SIG_IGN:
                self._handlers[number] = handler
                signal.signal(number, self._note)

    def release(self) -> None:
        """Give all handlers back, and let them have what came."""
        while self._handlers:
            number = next(iter(self._handlers))
            signal.signal(number, self._handlers[number])
            del self._handlers[number]
        while self.came:
            signal.raise_signal(self.came.pop(0))

    @contextmanager
    def pause(self) -> Iterator[None]:
        """Let signals through for a while, as a wait without end must allow."""
        self.release()
        try:
            yield
        finally:
            self.take()

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.came.append(number)


@contextmanager
def hold_interrupts() -> Iterator[Hold]:
    """Let signals that would end the process wait until the block is left.

    Examples
    --------
    >>> with hold_interrupts() as hold:
    ...     signal.raise_signal(signal.SIGINT)
    ...     hold.came.clear()
    """
    hold = Hold()
    try:
        hold.take()
        yield hold
    finally:
        hold.release()
