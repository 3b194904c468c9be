// A decision model and cases -> for each case the results of all decisions, and how many rows of each table held.
// Nothing of whytune is used: dmn-moddle reads the model, feelin its entries, and hit policies are those of DMN.

import { readFileSync } from 'node:fs';
import { DmnModdle } from 'dmn-moddle';
import { evaluate, unaryTest } from 'feelin';

const { model, cases } = JSON.parse(readFileSync(0, 'utf8'));
const { rootElement, warnings } = await new DmnModdle().fromXML(model, 'dmn:Definitions');
const decisions = new Map(
  rootElement.drgElement.filter((part) => part.$type === 'dmn:Decision').map((part) => [part.name, part])
);

const plain = (answer) =>
  answer && typeof answer === 'object' && 'value' in answer ? answer.value : answer;

const valueOf = (text) => plain(evaluate(text, {}));

const remembered = new Map();

function holds(text, value) {
  const key = JSON.stringify([text, value]);
  if (!remembered.has(key)) {
    remembered.set(key, plain(unaryTest(text, { '?': value })) === true);
  }
  return remembered.get(key);
}

function outcome(table, rows) {
  const output = table.output[0];
  const values = rows.map((row) => valueOf(row.outputEntry[0].text));
  if (!values.length) {
    return output.defaultOutputEntry ? valueOf(output.defaultOutputEntry.text) : null;
  }
  if (table.hitPolicy === 'PRIORITY') {
    const order = valueOf(`[${output.outputValues.text}]`);
    return values.sort((one, other) => order.indexOf(one) - order.indexOf(other))[0];
  }
  const alike = values.every((value) => value === values[0]);
  if ((table.hitPolicy === 'ANY' && !alike) || (table.hitPolicy === 'UNIQUE' && rows.length > 1)) {
    throw new Error(`hit policy ${table.hitPolicy} of ${table.id}: ${rows.map((row) => row.id)}`);
  }
  return values[0];
}

function answers(facts) {
  const results = {};
  const hits = {};
  const value = (name) => {
    if (!decisions.has(name)) {
      return name in facts ? facts[name] : null;
    }
    if (!(name in results)) {
      const table = decisions.get(name).decisionLogic;
      const asked = (table.input ?? []).map((column) => value(column.inputExpression.text));
      const rows = table.rule.filter((row) => (row.inputEntry ?? []).every((entry, index) => holds(entry.text, asked[index])));
      hits[name] = rows.length;
      results[name] = outcome(table, rows);
    }
    return results[name];
  };
  [...decisions.keys()].forEach(value);
  return { results, hits };
}

console.log(JSON.stringify({ warnings: warnings.map(String), answers: cases.map(answers) }));
