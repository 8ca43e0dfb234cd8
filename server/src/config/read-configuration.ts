/** Reads `.stackwarden.yaml`. What is wrong in it is said at its place, and the rest counts. */
import type { Range, Uri } from '../base/span.ts';
import type { Problem } from '../model/finding.ts';
import { parse } from '../syntax/parse.ts';
import { resolved, type MapNode, type Node, type Pair } from '../syntax/tree.ts';
import { ASSUMPTIONS, DEFAULT_CONFIGURATION, type Configuration } from './configuration.ts';
import { didYouMean } from './nearest-name.ts';

export interface ReadConfiguration {
  readonly configuration: Configuration;
  readonly problems: readonly Problem[];
}

type Say = (range: Range, message: string) => void;

/** What a configuration file says, and what in it was not understood. */
export function readConfiguration(doc: Uri, text: string): ReadConfiguration {
  const tree = parse(doc, text, 'yaml');
  const problems: Problem[] = tree.problems.map((p) => ({ at: { doc, start: p.start, end: p.end }, message: p.message, kind: 'syntax' }));
  const say: Say = ({ start, end }, message) => problems.push({ at: { doc, start, end }, message, kind: 'document' });
  const [root, second] = tree.roots;
  if (second) say(second, 'A configuration is one document; this one is not read.');
  return { configuration: root ? readRoot(root, say) : DEFAULT_CONFIGURATION, problems };
}

function readRoot(root: Node, say: Say): Configuration {
  const map = mapOf(root, 'The configuration', say);
  let assume: Configuration['assume'] = {};
  for (const pair of pairsOf(map, say)) {
    if (pair.name === 'assume') assume = readAssumptions(pair.value, say);
    else say(pair.key, `There is no setting ${pair.name}.${didYouMean(pair.name, ['assume'])}`);
  }
  return { assume };
}

function readAssumptions(node: Node, say: Say): Configuration['assume'] {
  const assume: Record<string, boolean> = {};
  const known = Object.keys(ASSUMPTIONS);
  for (const pair of pairsOf(mapOf(node, 'assume', say), say)) {
    if (!known.includes(pair.name)) {
      say(pair.key, `Nothing can be assumed about ${pair.name}.${didYouMean(pair.name, known)} Known: ${known.join(', ')}.`);
      continue;
    }
    const value = booleanOf(pair.value);
    if (value === undefined) say(placeOf(pair), `${pair.name} is true or false.`);
    else assume[pair.name] = value;
  }
  return assume;
}

/** The pairs that count; of several with one name the last does. */
function pairsOf(map: MapNode | undefined, say: Say): readonly Pair[] {
  const last = new Map<string, Pair>();
  for (const pair of map?.pairs ?? []) {
    const earlier = last.get(pair.name);
    if (earlier) say(earlier.key, `${pair.name} is written twice; the last one counts.`);
    last.set(pair.name, pair);
  }
  return [...last.values()];
}

function mapOf(node: Node, what: string, say: Say): MapNode | undefined {
  const map = resolved(node);
  if (map?.kind === 'map') return map;
  // A setting with nothing behind it says nothing, which is all right.
  if (!(map?.kind === 'scalar' && (map.empty || NULL.test(map.value)))) say(node, `${what} is a list of names with their values, as in "name: value".`);
  return undefined;
}

const TRUE = /^(true|True|TRUE)$/;
const FALSE = /^(false|False|FALSE)$/;
const NULL = /^(~|null|Null|NULL)$/;

function booleanOf(node: Node): boolean | undefined {
  const scalar = resolved(node);
  if (scalar?.kind !== 'scalar' || scalar.style !== 'plain' || scalar.tag) return undefined;
  return TRUE.test(scalar.value) ? true : FALSE.test(scalar.value) ? false : undefined;
}

/** The place of a value, or of its key when there is no value. */
function placeOf(pair: Pair): Range {
  return pair.value.end > pair.value.start ? pair.value : pair.key;
}
