// What every script stands on: the data block, words and figures, and the kinds of page.

const data = JSON.parse(document.getElementById("presence-data").textContent);
const words = data.words;
const unitByCode = new Map(data.units.map((unit) => [unit.code, unit]));

// Each kind of page registers what it does; app.js asks the one that the data name, and knows no other name of it.
const kinds = {};

const byId = (id) => document.getElementById(id);

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

// A figure as the page's language writes it.
const figures = { ...(data.digits || "0123456789"), ".": data.decimal || ".", ",": data.thousands || "," };
const localise = (text) => text.replace(/[0-9.,]/g, (sign) => figures[sign]);

function writeNumber(value) {
  const text = String(value);
  return localise(Number.isInteger(value) ? text.replace(/\B(?=(\d{3})+$)/g, ",") : text);
}

// What is in Latin letters must not draw brackets and figures around it into its own direction: a name runs in its own, a
// list of such names or a sentence that has some from the right. As Catalogue in geo/draw/wording/catalogue.py.
function keepApart(value) {
  if (data.direction !== "rtl" || !/[A-Za-z]/.test(value)) return value;
  const count = (letters) => (String(value).match(letters) || []).length;
  const isOurs = count(/\u2068/g) || count(/[\u0620-\u06d3\u06fa-\u06ff]/g) > count(/[A-Za-z]/g);
  return `${isOurs ? "\u2067" : "\u2068"}${value}\u2069`;
}

function fill(template, values) {
  const show = (value) => (typeof value === "number" ? writeNumber(value) : keepApart(value));
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? show(values[name]) : whole));
}

// Of none nothing is said.
const sayAny = (forms, n) => (n ? fill(forms[n === 1 ? 0 : 1], { n }) : "");

function list(names) {
  if (names.length < 2) return names.join("");
  return fill(words.and, { most: names.slice(0, -1).join(words.comma), last: names[names.length - 1] });
}

// What the reader has chosen; a kind adds what is its own.
const state = { view: data.view, unit: null };

// A class of units, one object for each key, so that what is the same is equal. `order` is its place in a legend, `fill`
// what SVG paints it with, `sign` what stands under a unit's name; a gap says that there is nothing to show.
const classesByKey = new Map();

function makeClass(key, describe) {
  if (!classesByKey.has(key)) classesByKey.set(key, { key, ...describe() });
  return classesByKey.get(key);
}

function compareClasses({ order: first }, { order: second }) {
  for (let index = 0; index < Math.max(first.length, second.length); index += 1) {
    const difference = (first[index] ?? -1) - (second[index] ?? -1);
    if (difference) return difference;
  }
  return 0;
}
