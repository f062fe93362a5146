// A form for any value of the table, made from the schema: a key that the format gains is a field here.

const page = JSON.parse(document.getElementById("edit-data").textContent);
const say = page.words;
const root = page.schema;

function build(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element && typeof value !== "string") element[key] = value;
    else if (["className", "textContent", "value", "htmlFor"].includes(key)) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

const fillWords = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

// What a value may be: a text, a list of something, a mapping; of these a schema may allow several.
function readShapes(schema) {
  const shapes = {};
  for (const each of flatten(schema)) {
    const types = [each.type ?? (each.enum || each.pattern ? "string" : [])].flat();
    if (types.includes("array")) shapes.list ??= each.items;
    if (types.includes("object")) shapes.map ??= each;
    if (types.some((type) => ["string", "number", "integer", "boolean"].includes(type))) shapes.text ??= each;
  }
  return shapes;
}

function flatten(schema) {
  if (schema.$ref) {
    const kind = schema.$ref.split("/").pop();
    return [{ ...root.definitions[kind], refers: kind }];
  }
  const inner = schema.anyOf ?? schema.allOf;
  return inner ? inner.flatMap(flatten) : [schema];
}

// What may be chosen for a text that names something: of the table, or of the world.
function listChoices(text, table) {
  const kind = text.refers ?? text.title?.split(" ").pop();
  const named = { group: "groups", source: "sources", level: "levels" }[kind];
  if (named) return Object.entries(table[named] ?? {}).filter(([id]) => id !== "internal").map(([id, each]) => [id, each.name ?? each.title ?? id]);
  if (kind === "unit") return page.units.map((unit) => [unit.name, unit.names.join(" · ")]);
  if (kind === "region") return [...new Set([...Object.keys(table.regions ?? {}), ...page.regions])].map((name) => [name, name]);
  return null;
}

let fieldCount = 0;
const nextId = () => `field-${(fieldCount += 1)}`;
const isNothing = (value) => value === undefined || value === "" || (Array.isArray(value) && !value.length) || (value && typeof value === "object" && !Array.isArray(value) && !Object.keys(value).length);

// Each field is {element, read, find}: what it says now, and the field in it that a path leads to.
function makeField(schema, value, key, { table, isNeeded = false, label = nameField(key) } = {}) {
  const { text, list, map } = readShapes(schema);
  const isMap = value && typeof value === "object" && !Array.isArray(value);
  const inner = list ? makeList(list, isMap ? undefined : value, label, { table, alone: Boolean(text) }) : text ? makeText(text, isMap ? undefined : value, table) : null;
  const details = map ? makeMap(map, isMap ? value : {}, { table }) : null;
  const id = inner?.id ?? nextId();
  const said = [key === "internal" ? say.internal : schema.description].filter(Boolean).join(" ").replaceAll("`", "");
  const help = build("p", { className: "help", id: `${id}-help`, textContent: said });
  const problem = build("p", { className: "problem", id: `${id}-problem` });
  const heading = [label, isNeeded ? build("span", { className: "needed", textContent: ` ${say.needed}` }) : "", key ? build("code", { textContent: key, dir: "ltr" }) : ""];
  const element = build("div", { className: "field" });
  element.dataset.key = key;
  if (inner) {
    if (inner.isGroup) element.append(build("p", { className: "label", id: `${id}-label` }, ...heading));
    else element.append(build("label", { htmlFor: id }, ...heading));
    for (const control of inner.controls) control.setAttribute("aria-describedby", `${id}-help ${id}-problem`);
    element.append(inner.element, help, problem);
    if (details) element.append(build("details", { open: isMap }, build("summary", { textContent: fillWords(say.detail, { field: label }) }), details.element));
  } else {
    const set = build("fieldset", {}, build("legend", {}, ...heading), help, problem, details.element);
    element.append(set);
  }
  const readNow = () => {
    const said = details?.read();
    return isNothing(said) ? (inner ? inner.read() : said) : said;
  };
  // What nobody touched is given back as it was, with what the field may not be able to show of it.
  const first = JSON.stringify(readNow());
  return {
    element, key,
    read: () => {
      const said = readNow();
      return JSON.stringify(said) === first ? value : said;
    },
    find: ([first, ...rest]) => (first === undefined ? null : (details?.find([first, ...rest]) ?? inner?.find?.([first, ...rest]))) ?? element,
  };
}

function nameField(key) {
  const name = String(key).replaceAll("_", " ");
  return (Object.hasOwn(page.fields, key) && page.fields[key]) || name.charAt(0).toUpperCase() + name.slice(1);
}

function makeText(schema, value, table) {
  const id = nextId();
  const choices = listChoices(schema, table);
  const known = [...new Set((schema.enum ?? []).map(String))];
  let control;
  if (known.length === 1) {
    control = build("input", { type: "checkbox", id, checked: value === known[0] });
    return { element: control, controls: [control], id, read: () => (control.checked ? known[0] : undefined) };
  }
  if (known.length || (choices && !schema.refers)) control = makeSelect(id, choices ?? known.map((each) => [each, each]), value);
  else if (choices) control = build("input", { id, list: `names-${schema.refers}`, autocomplete: "off", value: value ?? "" });
  else control = build("textarea", { id, rows: "1", dir: "auto", value: value ?? "" });
  return { element: control, controls: [control], id, read: () => control.value.trim() || undefined };
}

function makeSelect(id, choices, value) {
  const held = value !== undefined && !choices.some(([each]) => each === value) ? [[value, value]] : [];
  const options = [["", "–"], ...choices, ...held].map(([each, name]) => build("option", { value: each, textContent: name }));
  const select = build("select", { id }, ...options);
  select.value = value ?? "";
  return select;
}

function makeList(schema, value, label, { table, alone }) {
  const { text, map } = readShapes(schema);
  return map && !text ? makeEntries(schema, value ?? [], { table }) : makeNames(text, value, label, { table, alone });
}

// A list of texts: what is chosen stands before the field by which more is chosen.
function makeNames(schema, value, label, { table, alone }) {
  const held = value === undefined ? [] : [value].flat();
  const wasList = Array.isArray(value);
  const choices = listChoices(schema, table);
  const adder = makeText(schema, "", table);
  const [control] = adder.controls;
  const shown = build("ul", { className: "chosen" });
  const nameOf = (each) => (schema.refers ? each : (choices?.find(([id]) => id === each)?.[1] ?? each));
  const tell = () => control.dispatchEvent(new Event("change", { bubbles: true }));
  const draw = () => {
    const drop = (each) => () => (held.splice(held.indexOf(each), 1), draw(), tell(), control.focus());
    shown.replaceChildren(...held.map((each) => {
      const button = build("button", { type: "button", "aria-label": fillWords(say.drop, { name: nameOf(each) }), textContent: "×" });
      button.addEventListener("click", drop(each));
      return build("li", {}, build("bdi", { textContent: nameOf(each) }), button);
    }));
    shown.hidden = !held.length;
  };
  const take = () => {
    const isKnown = (choices ?? []).some(([id, name]) => [id, ...name.split(" · ")].includes(control.value.trim()));
    const given = schema.refers === "unit" && !isKnown ? control.value.split(/[\n,;،؛]/) : choices?.length || schema.refers ? [control.value] : control.value.split("\n");
    for (const each of given.map((one) => one.trim())) if (each && !held.includes(each)) held.push(each);
    control.value = "";
    draw();
  };
  // By keys a list of choices is walked through: what one stops at is meant.
  let byKeys = false;
  const settle = () => control.value.trim() && (take(), tell());
  // What moves while a button below is pressed would be missed by the press; a form that is read knows it already.
  const settleSoon = () => setTimeout(settle, 250);
  control.addEventListener("pointerdown", () => (byKeys = false));
  control.addEventListener("blur", settleSoon);
  control.addEventListener("change", (event) => event.isTrusted && !(byKeys && control.matches("select")) && (control.matches("select") ? settle() : settleSoon()));
  control.addEventListener("keydown", (event) => {
    byKeys = true;
    if (event.key !== "Enter" || !control.value.trim()) return;
    event.preventDefault();
    take();
    tell();
  });
  draw();
  const element = build("div", {}, shown, control);
  const read = () => {
    const pending = control.value.trim();
    const all = pending && !held.includes(pending) ? [...held, pending] : [...held];
    return !all.length ? undefined : all.length === 1 && alone && !wasList ? all[0] : all;
  };
  const toggle = (name) => (held.includes(name) ? held.splice(held.indexOf(name), 1) : held.push(name), draw(), tell());
  Object.assign(element, { toggle, refers: schema.refers });
  return { element, controls: [control], id: adder.id, read };
}

function makeEntries(schema, values, { table }) {
  const element = build("div", { className: "entries" });
  const fields = [];
  const add = (value) => {
    const box = build("fieldset", {}, build("legend", { textContent: String(fields.length + 1) }));
    const field = makeField(schema, value, "", { table, label: "" });
    const button = build("button", { type: "button", textContent: say.remove });
    button.addEventListener("click", () => {
      fields.splice(fields.indexOf(field), 1);
      box.remove();
    });
    box.append(field.element, button);
    fields.push(field);
    element.insertBefore(box, more);
    return box;
  };
  const more = build("button", { type: "button", textContent: say.add_entry });
  more.addEventListener("click", () => add({}).querySelector("input, select, textarea")?.focus());
  element.append(more);
  for (const value of values) add(value);
  const read = () => {
    const said = fields.map((field) => field.read()).filter((each) => !isNothing(each));
    return said.length ? said : undefined;
  };
  return { element, controls: [], isGroup: true, id: nextId(), read, find: ([first, ...rest]) => fields[first]?.find(rest) };
}

const firstKeys = {
  presence: ["group", "in", "region", "nationwide", "unlocated", "level", "source", "via", "observed", "finding", "quote", "page", "note"],
  groups: ["name", "short", "kind", "aliases", "note"],
  sources: ["title", "author", "date", "publisher", "url", "note"],
};

function makeMap(schema, value, { table, part = "" }) {
  return schema.properties && schema.additionalProperties === false ? makeKeys(schema, value, { table, part }) : makeRows(schema, value, { table });
}

function makeKeys(schema, value, { table, part }) {
  const needed = new Set(schema.required ?? []);
  const isUsual = (key) => (key === "via" && part ? Object.keys(table.sources ?? {}).length > 1 : (firstKeys[part]?.includes(key) ?? (!part && key !== "internal")));
  const isFirst = (key) => needed.has(key) || !isNothing(value[key]) || isUsual(key);
  const keys = Object.keys(schema.properties);
  let fields = keys.map((key) => makeField(schema.properties[key], value[key], key, { table, isNeeded: needed.has(key) || (part === "presence" && key === "level" && Object.keys(table.levels ?? {}).length > 1) }));
  const order = ({ key }) => (firstKeys[part] ?? []).indexOf(key) + 1 || 99;
  let [first, others] = [fields.filter(({ key }) => isFirst(key)).sort((one, other) => order(one) - order(other)), fields.filter(({ key }) => !isFirst(key))];
  if (part === "presence") {
    const place = makePlace(placeKeys.map((key) => fields.find((field) => field.key === key)), value);
    fields = fields.map((field) => place.fields.find(({ key }) => key === field.key) ?? field);
    first = first.flatMap((field) => (field.key === "in" ? [place] : placeKeys.includes(field.key) ? [] : [field]));
  }
  const element = build("div", { className: "keys" }, ...first.map((field) => field.element));
  if (others.length) element.append(build("details", { className: "more" }, build("summary", { textContent: say.more }), ...others.map((field) => field.element)));
  const read = () => {
    const said = Object.create(null);
    for (const field of fields) {
      const each = field.read();
      if (!isNothing(each)) said[field.key] = each;
    }
    for (const key of Object.keys(value)) if (!keys.includes(key)) said[key] = value[key];
    return said;
  };
  return { element, read, find: ([key, ...rest]) => fields.find((field) => field.key === key)?.find(rest) };
}

const placeKeys = ["in", "region", "nationwide", "unlocated"];

// Where a record is, as one choice: what is not chosen is not shown and says nothing.
function makePlace(fields, value) {
  const given = placeKeys.filter((key) => !isNothing(value[key]));
  let shown = given.length ? given : ["in"];
  const id = nextId();
  const box = build("fieldset", { className: "place" }, build("legend", {}, say.where, build("span", { className: "needed", textContent: ` ${say.needed}` })));
  const draw = () => fields.forEach((field) => (field.element.hidden = !shown.includes(field.key) || (field.key === "nationwide" && shown.length === 1)));
  const radios = placeKeys.map((key) => {
    const radio = build("input", { type: "radio", name: id, value: key, id: `${id}-${key}`, checked: shown.length === 1 && shown[0] === key });
    radio.addEventListener("change", () => ((shown = [key]), draw()));
    return build("label", { htmlFor: radio.id }, radio, ` ${say[`where_${key}`]}`);
  });
  const problem = build("p", { className: "problem" });
  box.append(build("div", { className: "choices" }, ...radios), problem, ...fields.map((field) => field.element));
  draw();
  const read = (field) => (!shown.includes(field.key) ? undefined : (field.read() ?? (field.key === "nationwide" ? "true" : undefined)));
  return { key: "in", element: box, fields: fields.map((field) => ({ ...field, read: () => read(field), find: (path) => (field.element.hidden ? box : field.find(path)) })) };
}

// A mapping whose keys are free, such as names by language.
function makeRows(schema, value, { table }) {
  const element = build("div", { className: "rows" });
  const rows = [];
  const add = (name, held) => {
    const id = nextId();
    const key = build("input", { id, value: name, dir: "ltr" });
    const field = makeField(schema.properties?.[name] ?? schema.additionalProperties, held, "", { table, label: say.value });
    const box = build("div", { className: "row" }, build("label", { htmlFor: id, textContent: say.key }), key, field.element);
    rows.push({ key, field });
    element.insertBefore(box, more);
    return key;
  };
  const more = build("button", { type: "button", textContent: say.add_entry });
  more.addEventListener("click", () => add("", undefined).focus());
  element.append(more);
  const own = schema.properties?.internal && makeField(schema.properties.internal, value.internal, "internal", { table });
  if (own) element.append(build("details", { className: "more" }, build("summary", { textContent: say.more }), own.element));
  for (const [name, held] of Object.entries(value)) if (!own || name !== "internal") add(name, held);
  const read = () => {
    const said = rows.map(({ key, field }) => [key.value.trim(), field.read()]);
    return Object.fromEntries([...said, ["internal", own?.read()]].filter(([name, each]) => name && !isNothing(each)));
  };
  return { element, read, find: ([name, ...rest]) => (name === "internal" ? own : rows.find(({ key }) => key.value.trim() === name)?.field)?.find(rest) };
}
