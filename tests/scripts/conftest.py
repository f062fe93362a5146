"""One Node for all tests of the rules in our scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.scripts.node import Node


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    """Start the one process of this session or worker."""
    started = Node()
    yield started
    started.close()
