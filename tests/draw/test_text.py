"""The two doors for text: whatever goes in stays text."""

import html
import json
from html.parser import HTMLParser

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.draw.text import dump_json, escape, tag

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
        self.data: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.data.append(data)


@given(text | hostile)
def test_escaped_text_adds_no_element_and_reads_back(value: str) -> None:
    parser = Counter()
    parser.feed(tag("p", {"title": value}, escape(value)))
    parser.close()
    assert parser.tags == ["p"]
    assert html.unescape(escape(value)) == value


@given(text | hostile)
def test_no_template_engine_finds_anything_in_escaped_text(value: str) -> None:
    """Folium's engine drops one line end at the close of a template; nothing else may change."""
    assert jinja2.Template(escape(value) + ".").render() == jinja2.Template("{{ x }}.").render(x=escape(value)).replace(
        "\r\n", "\n"
    ).replace("\r", "\n")


@given(st.dictionaries(text | hostile, text | hostile | st.lists(hostile)))
def test_json_reads_back_and_cannot_leave_its_element(value: dict[str, object]) -> None:
    written = dump_json(value)
    assert json.loads(written) == value
    assert not set(written) & set("<>&\u2028\u2029")
    assert jinja2.Template(written).render().strip() == written.replace("\r\n", "\n").strip()


@pytest.mark.parametrize("name", ["meta", "rect"])
def test_void_elements_are_closed(name: str) -> None:
    assert tag(name, {"x": "1"}) == f'<{name} x="1"/>'
    assert tag("script", {}) == "<script></script>", "an empty script element needs its end"
