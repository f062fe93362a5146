"""Licences under which data are published, by their SPDX identifiers: programs know these, words they do not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["LICENCES", "find_licence", "find_meant_licence"]

CREATIVE_COMMONS = "https://creativecommons.org/licenses"
LICENCES: Mapping[str, str] = MappingProxyType(
    {
        "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
        **{
            f"CC-{kind.upper()}-{version}": f"{CREATIVE_COMMONS}/{kind}/{version}/"
            for kind in ("by", "by-sa", "by-nc", "by-nd", "by-nc-sa", "by-nc-nd")
            for version in ("4.0", "3.0")
        },
        "PDDL-1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
        "ODC-By-1.0": "https://opendatacommons.org/licenses/by/1-0/",
        "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
        "OGL-UK-3.0": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "etalab-2.0": "https://spdx.org/licenses/etalab-2.0.html",
        "MIT": "https://opensource.org/license/mit",
        "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    }
)
"""Where each is read, by its identifier; of the list of SPDX those under which data are published."""


def find_licence(licence: str | None) -> str | None:
    """Give the address of a licence that is named by its identifier, or by an address itself; None for other words.

    Examples
    --------
    >>> find_licence("CC-BY-4.0"), find_licence("ask the desk"), find_licence("https://example.org/terms")
    ('https://creativecommons.org/licenses/by/4.0/', None, 'https://example.org/terms')
    """
    if licence and re.fullmatch(r"https?://[^\s<>\"]+", licence):
        return licence
    return LICENCES.get(licence or "")


def find_meant_licence(licence: str) -> str | None:
    """Give the identifier that is meant where it is written otherwise; None where it is written so, or none is meant.

    Examples
    --------
    >>> find_meant_licence("cc by 4.0"), find_meant_licence("CC-BY-4.0"), find_meant_licence("All rights reserved")
    ('CC-BY-4.0', None, None)
    """
    if licence in LICENCES:
        return None
    folded = _fold(licence)
    return next((known for known in LICENCES if _fold(known) == folded), None)


def _fold(text: str) -> str:
    return re.sub(r"[\s_-]+", "", text.lower())
