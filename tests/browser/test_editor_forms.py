"""What a table may hold can be typed: tables put into empty forms, field by field, come out of them as they were."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from geo.api.editing.edit_table import describe_format, name_units
from geo.draw.web.assets import read_editor_script
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.updates.splice_change import read_plain
from geo.serve.editor_page import list_files
from tests.random_tables import make_table

ROOT = Path(__file__).parents[2]
EXAMPLES = int(os.environ.get("PRESENCE_FORMS", "25"))
TYPE = """
// As a person does: choose, type, press the button below for one more.
function typeInto(element, schema, value) {
  const { list, map } = readShapes(schema);
  const isMap = value && typeof value === "object" && !Array.isArray(value);
  if (isMap) return typeMap(element, map, value);
  const items = [value].flat();
  if (list && readShapes(list).map && !readShapes(list).text) {
    const entries = element.querySelector(":scope > .entries");
    for (const item of items) {
      entries.querySelector(":scope > button").click();
      const box = [...entries.querySelectorAll(":scope > fieldset")].pop();
      typeInto(box.firstElementChild.nextElementSibling, list, item);
    }
    return;
  }
  const scope = list ? ":scope > div > " : ":scope > ";
  const control = ["input", "select", "textarea"].map((name) => element.querySelector(scope + name)).find(Boolean);
  for (const item of items) {
    if (control.type === "checkbox") control.checked = true;
    else control.value = item;
    if (control.type !== "checkbox" && control.value !== item) throw new Error(`${item} is no choice`);
    if (list) control.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
  }
}
function typeMap(element, map, value) {
  const keys = element.matches(".keys, .rows") ? element : element.querySelector(".keys, .rows");
  for (const [key, each] of Object.entries(value)) {
    if (keys.matches(".rows") && key !== "internal") {
      keys.querySelector(":scope > button").click();
      const row = [...keys.querySelectorAll(":scope > .row")].pop();
      row.querySelector(":scope > input").value = key;
      typeInto(row.querySelector(":scope > .field"), map.properties?.[key] ?? map.additionalProperties, each);
      continue;
    }
    const radio = keys.querySelector(`:scope > .place input[type=radio][value="${key}"]`);
    if (radio) { radio.checked = true; radio.dispatchEvent(new Event("change")); if (key === "nationwide") continue; }
    const ways = ["> ", "> .more > ", "> .place > "];
    const field = ways.map((way) => keys.querySelector(`:scope ${way}.field[data-key="${key}"]`)).find(Boolean);
    if (!field) throw new Error(`no field ${key}`);
    if (field.hidden) throw new Error(`hidden ${key}`);
    typeInto(field, map.properties[key], each);
  }
}
function typeTable(table) {
  const typed = {};
  for (const [part, held] of Object.entries(table)) {
    const schema = root.properties[part];
    const { list, map } = readShapes(schema);
    const isEntries = parts.includes(part) && held && typeof held === "object";
    if (!isEntries) {
      const whole = { type: "object", properties: { [part]: schema }, additionalProperties: false };
      const form = makeMap(whole, {}, { table, part: "head" });
      typeMap(form.element, { properties: root.properties }, { [part]: held });
      typed[part] = form.read()[part];
      continue;
    }
    const inner = Array.isArray(held) ? list : map.additionalProperties;
    const typeOne = (value) => {
      const { map: own, text, list: many } = readShapes(inner);
      const isKeys = own?.properties && !(text || many);
      const one = () => makeField(inner, undefined, "", { table, label: "x" });
      const field = isKeys ? makeMap(inner, {}, { table, part }) : one();
      if (isKeys) typeMap(field.element, own, value); else typeInto(field.element, inner, value);
      return field.read();
    };
    const typeNamed = ([id, value]) => [id, id === "internal" ? value : typeOne(value)];
    typed[part] = Array.isArray(held) ? held.map(typeOne) : Object.fromEntries(Object.entries(held).map(typeNamed));
  }
  return typed;
}
const parts = ["presence", "groups", "sources", "levels", "relations", "regions"];
"""


@pytest.fixture(scope="module")
def form(browser: Browser) -> Any:
    """Return a page that holds the form's own functions, and those that type into it."""
    gazetteer = read_gazetteer()
    page = browser.new_page()
    _, _, made = list_files("en", "t.yaml", describe_format(gazetteer), name_units(gazetteer))["/"]
    page.set_content(made.decode())
    script = read_editor_script().removeprefix('"use strict";(() => {\n').partition("// A text or rows")[0]
    page.evaluate(f"() => {{ {script} {TYPE} window.typeTable = typeTable; }}")
    yield page
    page.close()


def fold(value: Any) -> Any:
    """One alone means the same as a list of one."""
    if isinstance(value, dict):
        return {key: fold(each) for key, each in value.items()}
    if isinstance(value, list):
        return fold(value[0]) if len(value) == 1 else [fold(each) for each in value]
    return value


def check(form: Page, table: dict[str, Any]) -> None:
    assert fold(form.evaluate("(table) => typeTable(table)", table)) == fold(table)


@pytest.mark.parametrize("name", ["tests/data/full.yaml", "presence.yaml", "examples/three-reports.yaml"])
def test_every_key_can_be_typed(name: str, form: Page) -> None:
    """The first of these has every key of the format."""
    check(form, {k: v for k, v in read_plain((ROOT / name).read_bytes(), "t").items() if k != "version"})


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_random_tables_can_be_typed(form: Page, seed: int) -> None:
    table = read_plain(make_table(seed).encode(), "t")
    check(form, {key: value for key, value in table.items() if value})
