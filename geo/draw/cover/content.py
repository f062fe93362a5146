"""What a publication holds in one language, as a value: what its cover, its texts and its addresses are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.draw.figure.words_inside import FigureWords

__all__ = ["MAIN", "Edition", "PublishedPage", "find_folder", "name_social"]

MAIN = "en"
"""The language that stands at the top of the folder; each other has a folder of its own."""


@dataclass(frozen=True)
class PublishedPage:
    """A page as others show it: what it is called, and its map in words."""

    title: str
    description: str


@dataclass(frozen=True)
class Edition:
    """What there is in one language.

    Parameters
    ----------
    language : str
    languages : tuple of str
        All that the publication is in, this one too.
    pages : mapping of str to PublishedPage
        By name, as ``overlay``, in the order of the cover.
    figures : mapping of str to FigureWords
        What each says of itself, by its kind; it is there in every format.
    social : FigureWords, optional
        What the picture for social media says.
    picture : bytes
        That picture, or the overlay, as PNG.
    data : mapping of str to list of str
        Where data are in the publication, by what they are, as ``table``; the first file leads to the others.
    base : str
        The address at which the publication will stand, with its last slash; "" where nobody said.
    """

    language: str
    languages: tuple[str, ...]
    pages: Mapping[str, PublishedPage]
    figures: Mapping[str, FigureWords] = field(default_factory=dict)
    social: FigureWords | None = None
    picture: bytes = b""
    data: Mapping[str, Sequence[str]] = field(default_factory=dict)
    base: str = ""


def find_folder(language: str) -> str:
    """Return where the files in a language are, with its last slash.

    Examples
    --------
    >>> find_folder("en"), find_folder("fa")
    ('', 'fa/')
    """
    return "" if language == MAIN else f"{language}/"


def name_social(language: str) -> str:
    """Name the picture for social media, which stands at the top of the folder."""
    return f"social-{language}.png"
