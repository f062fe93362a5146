"""What a page or a snippet consists of, as a browser reads it."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

__all__ = ["Elements", "Part"]

Attributes = list[tuple[str, str | None]]


@dataclass
class Part:
    """What begins or ends, a comment or a declaration, and the text up to the next."""

    name: str
    attributes: Attributes
    text: str = ""


class Elements(HTMLParser):
    """The parts of a page in their order.

    The end of an element is called ``end of name``; a comment and the like ``!``, with what it says for an attribute.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts = [Part("", [])]
        self.feed(str(page))  # a parser cuts and joins what it is fed
        self.close()

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.parts.append(Part(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(Part(f"end of {tag}", []))

    def handle_comment(self, data: str) -> None:
        self.parts.append(Part("!", [(data, None)]))

    handle_pi = handle_comment

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def handle_data(self, data: str) -> None:
        self.parts[-1].text += data

    @property
    def begun(self) -> list[Part]:
        """The elements, each with the text that it begins with."""
        return [part for part in self.parts[1:] if not part.name.startswith(("end of ", "!"))]

    def find(self, name: str) -> list[dict[str, str | None]]:
        """List the attributes of each element of a name."""
        return [dict(part.attributes) for part in self.parts if part.name == name]

    def read(self, *names: str) -> str:
        """Return the text right after what has one of these names, or all text."""
        return "".join(part.text for part in self.parts if not names or part.name in names)
