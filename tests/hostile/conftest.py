"""What keeps a command that runs until Ctrl-C from running for ever: Ctrl-C comes as soon as it has nothing to do."""

from __future__ import annotations

import pytest

from geo.serve import editor_server, file_changes

INTERRUPTED = 130


@pytest.fixture(autouse=True)
def _interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(file_changes, "wait_for_change", interrupt)
    monkeypatch.setattr(editor_server, "wait_until_left", interrupt)
