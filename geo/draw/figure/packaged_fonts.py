"""Fonts that a Python package brings, so that a figure is the same on a machine that has none of its own."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from matplotlib import font_manager

__all__ = ["FAMILY", "PACKAGE", "find_packaged"]

PACKAGE, FAMILY = "fontpkg-ibm-plex-sans-arabic", "IBM Plex Sans Arabic"
FILES = {
    "IBMPlexSansArabic-Regular.ttf": "6f611412270a132bbac838da9259d4c68569b4175f3b3b8fa3fa36a30b56dab9",
    "IBMPlexSansArabic-Bold.ttf": "691e0c891a38637ae6bbdb69700f8042cb0724a137bee615068ffdb92244f61f",
}
"""Those whose letters were compared with the files that IBM publishes; others are not read at all."""


@cache
def find_packaged(package: str = PACKAGE) -> tuple[str, ...]:
    """Make the family of a package known to matplotlib and name it; nothing where it lacks a file that we know.

    The package is found without running it.
    """
    spec = find_spec(package.replace("-", "_"))
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        files = [Path(folder, "files", name) for name in FILES]
        if all(file.is_file() and sha256(file.read_bytes()).hexdigest() == FILES[file.name] for file in files):
            for file in files:
                font_manager.fontManager.addfont(file)
            return (FAMILY,)
    return ()
