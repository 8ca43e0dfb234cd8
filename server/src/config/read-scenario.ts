import { flatMap } from '../base/flat-map.ts';
import type { ScenarioTerm } from '../model/scenario.ts';
import { isPlain, textOfScalar } from '../syntax/scalar.ts';
import { resolved, type Node, type Pair } from '../syntax/tree.ts';
import { settingBoolean, settingMap, pairsOf, placeOf, type ReportError } from './nodes.ts';
import { reportUnknownKey } from './repair.ts';

const KEYS = ['conditions', 'parameters'] as const;

/** The chosen scenario: `{conditions: {IsProd: true}, parameters: {Stage: prod}}`. */
export function readScenario(node: Node, say: ReportError): readonly ScenarioTerm[] {
  return flatMap(pairsOf(settingMap(node, '"scenario"', say), say), (pair): readonly ScenarioTerm[] => {
    if (pair.name === 'conditions') return termsOf(pair, conditionOf, say);
    if (pair.name === 'parameters') return termsOf(pair, parameterOf, say);
    reportUnknownKey(pair, KEYS, '"scenario"', say);
    return [];
  });
}

function termsOf(
  pair: Pair,
  read: (entry: Pair, say: ReportError) => ScenarioTerm | undefined,
  say: ReportError,
): readonly ScenarioTerm[] {
  return flatMap(pairsOf(settingMap(pair.value, `"${pair.name}"`, say), say), (entry) => read(entry, say) ?? []);
}

function conditionOf(entry: Pair, say: ReportError): ScenarioTerm | undefined {
  const value = settingBoolean(entry.value);
  if (value !== undefined) return { kind: 'condition', name: entry.name, value: String(value) };
  say(placeOf(entry), `Expected "${entry.name}" to be true or false.`);
  return undefined;
}

function parameterOf(entry: Pair, say: ReportError): ScenarioTerm | undefined {
  const node = resolved(entry.value);
  if (isPlain(node)) return { kind: 'parameter', name: entry.name, value: textOfScalar(node) };
  say(placeOf(entry), `Expected "${entry.name}" to be a string, number or boolean.`);
  return undefined;
}
