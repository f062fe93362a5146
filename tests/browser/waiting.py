"""Waiting for what a script can tell: Playwright's own way runs text as code, which the policy of a page may refuse."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Frame, Page

__all__ = ["wait_until"]

SECONDS = 30


def wait_until(page: Page | Frame, function: str, given: Any = None) -> None:
    """Ask a function of the page again and again until it says yes."""
    end = time.monotonic() + SECONDS
    while not page.evaluate(function, given):
        assert time.monotonic() < end, function
        page.wait_for_timeout(20)
