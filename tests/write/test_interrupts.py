"""Signals that come while files change places: each is answered, once, in order, and only afterwards."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator

import pytest

from geo.write.interrupts import SIGNALS, hold_interrupts

pytestmark = pytest.mark.skipif(len(SIGNALS) < 3, reason="this system knows Ctrl-C only")


@pytest.fixture
def answered() -> Iterator[list[int]]:
    """Note the signals that come through instead of ending the tests."""
    came: list[int] = []
    before = {number: signal.signal(number, lambda number, _: came.append(number)) for number in SIGNALS}
    yield came
    for number, handler in before.items():
        signal.signal(number, handler)


def test_signals_wait_and_are_answered_in_their_order(answered: list[int]) -> None:
    with hold_interrupts():
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGINT)
        assert answered == []
    assert answered == [signal.SIGTERM, signal.SIGINT]


def test_every_handler_is_back_afterwards(answered: list[int]) -> None:
    before = [signal.getsignal(number) for number in SIGNALS]
    with hold_interrupts():
        assert all(signal.getsignal(number) not in before for number in SIGNALS)
    assert [signal.getsignal(number) for number in SIGNALS] == before


def test_a_pause_lets_signals_through_and_then_holds_again(answered: list[int]) -> None:
    with hold_interrupts() as hold:
        signal.raise_signal(signal.SIGTERM)
        with hold.pause():
            assert answered == [signal.SIGTERM]
            signal.raise_signal(signal.SIGINT)
            assert answered == [signal.SIGTERM, signal.SIGINT]
        signal.raise_signal(signal.SIGHUP)
        assert answered == [signal.SIGTERM, signal.SIGINT]
    assert answered == [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]


def test_what_is_ignored_stays_ignored(answered: list[int]) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    with hold_interrupts() as hold:
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        signal.raise_signal(signal.SIGHUP)
        assert hold.came == []
    assert answered == []


def test_an_error_within_is_not_lost_to_a_signal_that_waits(answered: list[int]) -> None:
    def fail() -> None:
        with hold_interrupts():
            signal.raise_signal(signal.SIGINT)
            raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        fail()
    assert answered == [signal.SIGINT]


def test_an_answer_that_raises_leaves_the_handlers_in_their_place(answered: list[int]) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with pytest.raises(KeyboardInterrupt), hold_interrupts():
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    signal.signal(signal.SIGINT, before)


def test_another_thread_holds_nothing(answered: list[int]) -> None:
    before = [signal.getsignal(number) for number in SIGNALS]
    found: list[object] = []

    def look() -> None:
        with hold_interrupts():
            found.extend(signal.getsignal(number) for number in SIGNALS)

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == before
