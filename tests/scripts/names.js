// Tells of each script that is given which names it defines at its top, as the engine itself reads it, or where it is
// none. Defining comes before running, which ends where a script first asks for a page.

const { Session } = require("node:inspector");
const { createContext, Script } = require("node:vm");

const session = new Session();
const contexts = new Map();
session.connect();
session.on("Runtime.executionContextCreated", ({ params: { context } }) => contexts.set(context.name, context.id));
session.post("Runtime.enable");

function findNames({ file, source }) {
  const global = createContext({}, { name: file });
  const script = new Script(`"use strict";${source}`, { filename: file });
  try {
    script.runInContext(global, { timeout: 1000 });
  } catch {
    // There is no page.
  }
  let names = [];
  session.post("Runtime.globalLexicalScopeNames", { executionContextId: contexts.get(file) }, (_, found) => ({ names } = found));
  return [...Object.keys(global), ...names];
}

function tell(script) {
  try {
    return { names: findNames(script) };
  } catch ({ stack }) {
    const lines = stack.split("\n");
    return { place: lines[0], failed: lines.find((line) => line.startsWith("SyntaxError")) ?? lines[0] };
  }
}

process.stdout.write(JSON.stringify(JSON.parse(require("node:fs").readFileSync(0, "utf-8")).map(tell)));
