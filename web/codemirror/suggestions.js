// A place in a YAML file and the schema of the file -> what may stand there.

const TOKEN = /^(\s*)((?:-\s+)*)(?:([\w.-]+|"[^"]*"|'[^']*')\s*:(?=\s|$))?/;

// The dashes and the key with which a line begins, each with its column; and what stands after them.
function beginning(text) {
  const [whole, space, dashes, key] = text.match(TOKEN);
  const tokens = [...dashes.matchAll(/-\s+/g)].map((dash) => ({ column: space.length + dash.index, step: "[]" }));
  const column = space.length + dashes.length;
  if (key !== undefined) tokens.push({ column, step: key.replace(/^["']|["']$/g, "") });
  return { tokens, column, key, rest: text.slice(whole.length) };
}

// The steps from the root of a file to the place, and whether a key can stand there, or only a value.
export function placeOf(doc, position) {
  const line = doc.lineAt(position);
  const here = beginning(line.text.slice(0, position - line.from));
  const path = here.tokens.map((token) => token.step);
  let { column, step } = here.tokens[0] ?? { column: here.column, step: "" };
  for (let number = line.number - 1; number > 0 && (column > 0 || step === "[]"); number--) {
    const { text } = doc.line(number);
    if (/^\s*(#|$)/.test(text)) continue;
    const above = beginning(text).tokens.filter(
      (token) => token.column < column || (token.column === column && step === "[]" && token.step !== "[]"),
    );
    if (!above.length) continue;
    path.unshift(...above.map((token) => token.step));
    ({ column, step } = above[0]);
  }
  return within(here.rest, path, here.key === undefined);
}

// The same within the braces and brackets that are open at the end of what stands after a key.
function within(rest, path, isKey) {
  const open = [];
  for (const [token, key] of rest.matchAll(/"[^"]*"|'[^']*'|([\w.-]+)\s*:(?=\s|$)|[{}[\],]/g)) {
    const last = open.at(-1);
    if (token === "{" || token === "[") open.push({ kind: token, key: null });
    else if (token === "}" || token === "]") open.pop();
    else if (token === "," && last) last.key = null;
    else if (key !== undefined && last) last.key = key;
  }
  const steps = open.filter((one) => one.kind === "[" || one.key !== null).map((one) => one.key ?? "[]");
  const last = open.at(-1);
  return { path: [...path, ...steps], isKey: last ? last.kind === "{" && last.key === null : isKey };
}

// All schemas that a schema combines or refers to.
function parts(schema, root) {
  if (!schema || schema.doNotSuggest) return [];
  const referred = schema.$ref ? parts(at(root, schema.$ref), root) : [];
  const inner = ["anyOf", "oneOf", "allOf"].flatMap((key) => schema[key] ?? []);
  return [schema, ...referred, ...inner.flatMap((part) => parts(part, root))];
}

function at(root, place) {
  return place.split("/").slice(1).reduce((part, key) => part?.[key], root);
}

function below(schema, step, root) {
  return parts(schema, root).flatMap((part) => {
    if (step === "[]") return [part.items].flat().filter(Boolean);
    const member = part.properties?.[step] ?? part.additionalProperties;
    return member && typeof member === "object" ? [member] : [];
  });
}

// The keys and values that a schema allows, each once, with what it is for.
function allowed(schemas, root, isKey) {
  const options = new Map();
  const add = (label, detail, info, type) =>
    options.has(label) || options.set(label, { label, detail, info, type, apply: type === "property" ? `${label}: ` : label });
  for (const part of schemas.flatMap((schema) => parts(schema, root))) {
    for (const [key, member] of isKey ? Object.entries(part.properties ?? {}) : []) {
      if (!member.doNotSuggest) add(key, undefined, member.description, "property");
    }
    const values = part.enum ?? ("const" in part ? [part.const] : []);
    values.forEach((value, index) => add(String(value), part.enumDescriptions?.[index], undefined, "enum"));
  }
  return [...options.values()];
}

// What may stand at the position, as CodeMirror shows it; null if the schema names nothing.
export function suggestions(doc, position, root) {
  const { path, isKey } = placeOf(doc, position);
  const schemas = path.reduce((reached, step) => reached.flatMap((schema) => below(schema, step, root)), [root]);
  const options = allowed(schemas, root, isKey);
  const line = doc.lineAt(position);
  const word = line.text.slice(0, position - line.from).match(/[\w.-]*$/)[0];
  return options.length ? { from: position - word.length, options, validFor: /^[\w.-]*$/ } : null;
}
