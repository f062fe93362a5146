"""A snippet is markup of ours around text of theirs, whatever that text is."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.draw.web.assets import hash_source
from geo.draw.web.embed import HEIGHT, RESIZE, RESIZE_HASH, draw_frame, draw_picture

Elements = list[tuple[str, dict[str, str | None]]]
HOSTILE = [
    '"><script>alert(1)</script>',
    "' onload='alert(1)",
    "</iframe><img src=x onerror=alert(1)>",
    "{{7*7}}{% x %}",
    "-->",
]
FILES = [
    "a.html",
    "a b.html",
    'a"b.html',
    "a#b?c.html",
    "javascript:alert(1).html",
    "نقشه.html",
    "&lt;.html",
    "100%.html",
]


class Reader(HTMLParser):
    """Lists elements, and text outside scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: Elements = []
        self.text = ""
        self.feed(str(text))  # a parser cuts and joins what it is fed
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data if data != RESIZE else ""


def test_the_frame_has_the_rights_it_needs_and_no_more() -> None:
    (name, frame), script = Reader(draw_frame("A map", "a.html")).elements
    assert (name, script) == ("iframe", ("script", {}))
    assert frame == {
        "data-presence-map": "", "title": "A map", "src": "a.html#embed", "width": "100%", "height": str(HEIGHT),
        "style": "border:0", "loading": "lazy", "referrerpolicy": "no-referrer",
        "sandbox": "allow-scripts allow-popups allow-downloads", "lang": "en", "dir": "ltr",
    }  # fmt: skip


def test_the_script_is_the_same_for_every_map_and_its_hash_is_told() -> None:
    scripts = {draw_frame(title, "a.html").partition("<script>")[2].partition("</script>")[0] for title in HOSTILE}
    assert scripts == {RESIZE}
    assert hash_source(RESIZE) == RESIZE_HASH
    assert "event.source === frame.contentWindow" in RESIZE


@given(st.one_of(st.text(), st.sampled_from(HOSTILE)))
def test_any_title_stays_text(title: str) -> None:
    frame, picture = Reader(draw_frame(title, "a.html")), Reader(draw_picture(title, title, "a.html", "a.png"))
    assert [name for name, _ in frame.elements] == ["iframe", "script"]
    assert [name for name, _ in picture.elements] == ["figure", "a", "img", "figcaption", "bdi", "a"]
    assert frame.text.strip() == ""
    assert "{{" not in draw_frame(title, "a.html").partition("<script>")[0]
    if "\r" not in title and "\0" not in title:
        assert frame.elements[0][1]["title"] == title
        assert picture.elements[2][1]["alt"] == title
        assert title in picture.text


@pytest.mark.parametrize("file", FILES)
def test_any_file_name_stays_one_file_beside_the_page(file: str) -> None:
    (_, frame), _ = Reader(draw_frame("A", file)).elements
    address = urlsplit(frame["src"] or "")
    assert (address.scheme, address.netloc, address.query, address.fragment) == ("", "", "", "embed")
    assert unquote(address.path).removeprefix("./") == file
    links = [known["href"] for name, known in Reader(draw_picture("A", "", file, "a.png")).elements if name == "a"]
    assert [unquote(link or "").removeprefix("./") for link in links] == [file] * 2


def test_a_picture_without_description_is_called_by_its_title() -> None:
    assert Reader(draw_picture("A map", "", "a.html", "a.png")).elements[2][1]["alt"] == "A map"
