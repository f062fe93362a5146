// Runs the scripts of a page on its data block, as the page does, and answers what functions of theirs give. Each line
// of input is a page, or a function and its arguments; each line of output is the answer, or what went wrong; all JSON.

const { createInterface } = require("node:readline");

// A page's script is one function, so that no name is global: here it gives back what looks names up in it.
const [head, tail] = ['"use strict";(() => {', "})();"];
let find = null;

// All that scripts touch while they load. A rule that needs more of a page fails here: it belongs into a browser.
function standIn(texts) {
  const make = (textContent = "") => ({ textContent, childNodes: [], append() {}, setAttribute() {}, getContext: () => ({}) });
  const elements = new Map(Object.entries(texts).map(([selector, text]) => [selector, make(text)]));
  const document = {
    getElementById: (id) => elements.get("#" + id) ?? null,
    querySelector: (selector) => elements.get(selector) ?? null,
    createElement: () => make(),
    createElementNS: () => make(),
  };
  const window = { matchMedia: () => ({ matches: false }) };
  window.parent = window;
  const L = { featureGroup: () => ({}) };
  return { document, window, L, location: { hash: "" }, requestAnimationFrame() {} };
}

function load({ script, texts }) {
  if (!script.startsWith(head) || !script.endsWith(tail)) throw new Error("the script of a page is no longer one function");
  const around = standIn(texts);
  const body = `"use strict";${script.slice(head.length, -tail.length)}\nreturn (code) => eval(code);`;
  find = new Function(...Object.keys(around), body)(...Object.values(around));
}

const plain = (_, value) => (value instanceof Map ? Object.fromEntries(value) : value instanceof Set ? [...value] : value);

function answer(asked) {
  try {
    const given = asked.script ? load(asked) : find(`(${asked.code})`)(...asked.arguments);
    return { given: given ?? null };
  } catch (error) {
    return { failed: error.stack };
  }
}

createInterface({ input: process.stdin }).on("line", (line) => process.stdout.write(JSON.stringify(answer(JSON.parse(line)), plain) + "\n"));
