"""The door of markup: whatever text goes in stays text."""

import html
from html.parser import HTMLParser

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.draw.html import escape, frame_wide, is_right_to_left, tag

text = st.text(st.characters(exclude_categories=["Cs"]))
hostile = st.lists(
    st.sampled_from(
        ["</script>", "<!--", "<img onerror=x>", "{{7*7}}", "{%", "{#", "&#123;", '"', "'", "\u2028", "`${x}`", "\\"]
    )
).map("".join)


class Counter(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attrs: list[tuple[str, str | None]] = []
        self.data: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attrs += attrs

    def handle_data(self, data: str) -> None:
        self.data.append(data)


@given(text | hostile)
def test_escaped_text_adds_no_element_and_reads_back(value: str) -> None:
    parser = Counter()
    parser.feed(tag("p", {"title": value}, escape(value)))
    parser.close()
    assert parser.tags == ["p"]
    assert parser.attrs == [("title", value)]
    assert html.unescape(escape(value)) == value


@given(text | hostile)
def test_no_template_engine_finds_anything_in_escaped_text(value: str) -> None:
    """Folium's engine drops one line end at the close of a template; nothing else may change."""
    assert jinja2.Template(escape(value) + ".").render() == jinja2.Template("{{ x }}.").render(x=escape(value)).replace(
        "\r\n", "\n"
    ).replace("\r", "\n")


@pytest.mark.parametrize("name", ["meta", "rect"])
def test_void_elements_are_closed(name: str) -> None:
    assert tag(name, {"x": "1"}) == f'<{name} x="1"/>'
    assert tag("script", {}) == "<script></script>", "an empty script element needs its end"


def test_each_sign_that_means_something_is_written_in_its_own_way() -> None:
    assert escape("<i>&'\"{}é") == "&lt;i&gt;&amp;&#x27;&quot;&#123;&#125;é"


def test_attributes_and_children_follow_each_other() -> None:
    made = tag("a", {"b": "1", "c": "<2>"}, "x", ["<y>", "<z>"], iter("uv"), "w")
    assert made == '<a b="1" c="&lt;2&gt;">x<y><z>uvw</a>'


@pytest.mark.parametrize("name", ["rect", "circle", "path", "input", "meta", "br", "img", "line"])
def test_only_an_element_without_content_is_void(name: str) -> None:
    assert tag(name) == (f"<{name}/>" if name != "line" else "<line></line>")
    assert tag(name, {}, "x") == f"<{name}>x</{name}>"


def test_a_frame_can_be_reached_and_has_a_name() -> None:
    assert frame_wide('A "b"', "<p></p>") == (
        '<div class="scroll" tabindex="0" role="region" aria-label="A &quot;b&quot;"><p></p></div>'
    )


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fa", True),
        ("FA", True),
        ("ps-AF", True),
        ("en", False),
        ("en-AF", False),
        ("uz-Arab", True),
        ("uz-AF-Arab", True),
        ("fa-Latn", False),
        ("fa-Latn-Arab", False),
        ("fa-x1", True),
        ("fa-1996", True),
        ("fa-latin", True),
        ("fa-Arab", True),
        ("ab-XX-XX", False),
    ],
)
def test_a_script_in_a_language_tag_goes_before_the_language(lang: str, expected: bool) -> None:
    assert is_right_to_left(lang) is expected
