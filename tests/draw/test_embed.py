"""A snippet is markup of ours around text of theirs, whatever that text is."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.draw.web.assets import hash_source
from geo.draw.web.embed import HEIGHT, RESIZE, RESIZE_HASH, draw_frame, draw_picture
from tests.elements import Elements

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


def test_the_frame_has_the_rights_it_needs_and_no_more() -> None:
    frame, script = Elements(draw_frame("A map", "a.html")).begun
    assert (frame.name, script.name, script.attributes) == ("iframe", "script", [])
    assert dict(frame.attributes) == {
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
    frame, picture = Elements(draw_frame(title, "a.html")), Elements(draw_picture(title, title, "a.html", "a.png"))
    assert [part.name for part in frame.begun] == ["iframe", "script"]
    assert [part.name for part in picture.begun] == ["figure", "a", "img", "figcaption", "bdi", "a"]
    assert frame.read().strip() == RESIZE.strip()
    assert "{{" not in draw_frame(title, "a.html").partition("<script>")[0]
    if "\r" not in title and "\0" not in title:
        assert frame.find("iframe")[0]["title"] == title
        assert picture.find("img")[0]["alt"] == title
        assert title in picture.read()


@pytest.mark.parametrize("file", FILES)
def test_any_file_name_stays_one_file_beside_the_page(file: str) -> None:
    (frame,) = Elements(draw_frame("A", file)).find("iframe")
    address = urlsplit(frame["src"] or "")
    assert (address.scheme, address.netloc, address.query, address.fragment) == ("", "", "", "embed")
    assert unquote(address.path).removeprefix("./") == file
    links = [link["href"] for link in Elements(draw_picture("A", "", file, "a.png")).find("a")]
    assert [unquote(link or "").removeprefix("./") for link in links] == [file] * 2


def test_a_picture_without_description_is_called_by_its_title() -> None:
    assert Elements(draw_picture("A map", "", "a.html", "a.png")).find("img")[0]["alt"] == "A map"
