"""What tests of drafts share with those of commands."""

from __future__ import annotations

from tests.cli.conftest import here, run

__all__ = ["here", "run"]
