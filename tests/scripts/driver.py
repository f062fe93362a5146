"""The Node that Playwright brings: the one program that reads our scripts outside a browser."""

from __future__ import annotations

from pathlib import Path

import playwright

__all__ = ["NO_NODE", "find_node"]

NO_NODE = (
    "our scripts are read by the Node that Playwright brings, which is missing: "
    "python -m pip install --force-reinstall playwright"
)


def find_node() -> Path:
    """Return the program.

    Raises
    ------
    FileNotFoundError
        Playwright is installed without it.
    """
    driver = Path(playwright.__file__).parent / "driver"
    found = next((driver / name for name in ("node", "node.exe") if (driver / name).is_file()), None)
    if found is None:
        raise FileNotFoundError(NO_NODE)
    return found
