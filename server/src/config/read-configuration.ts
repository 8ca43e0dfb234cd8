/** Reads `.stackwarden.yaml`. What is wrong in it is said at its place, and the rest counts. */
import type { Range, Uri } from '../base/span.ts';
import { putEntry } from '../base/table.ts';
import { folderOf } from '../base/uri.ts';
import type { Problem } from '../model/finding.ts';
import { parse } from '../syntax/parse.ts';
import { valueOf, type Node } from '../syntax/tree.ts';
import { ASSUMPTIONS, DEFAULT_CONFIGURATION, type Configuration } from './configuration.ts';
import { didYouMean } from './nearest-name.ts';
import { booleanOf, mapOf, pairsOf, placeOf, type Say } from './nodes.ts';
import { placesOfValues, readParameters } from './read-parameters.ts';
import { readPolicies } from './read-policies.ts';
import { readQuotas } from './read-quotas.ts';

export interface ReadConfiguration {
  readonly configuration: Configuration;
  readonly problems: readonly Problem[];
  /** Places of which nothing is to be shown. */
  readonly confidential: readonly Range[];
}

/** What a configuration file says, and what in it was not understood. */
export function readConfiguration(doc: Uri, text: string): ReadConfiguration {
  const tree = parse(doc, text, 'yaml');
  const problems: Problem[] = tree.problems.map((p) => ({ at: { doc, start: p.start, end: p.end }, message: p.message, kind: 'syntax' }));
  const say: Say = ({ start, end }, message) => problems.push({ at: { doc, start, end }, message, kind: 'document' });
  const [root, second] = tree.roots;
  if (second) say(second, 'A configuration is one document; this one is not read.');
  return { configuration: root ? readRoot(root, doc, say) : DEFAULT_CONFIGURATION, problems, confidential: placesOfValues(valueOf(root, 'parameters')) };
}

const SETTINGS = ['assume', 'parameters', 'policies', 'quotas'] as const;

function readRoot(root: Node, doc: Uri, say: Say): Configuration {
  const folder = folderOf(doc);
  let { assume, policies, parameters, quotas } = DEFAULT_CONFIGURATION;
  for (const pair of pairsOf(mapOf(root, 'The configuration', say), say)) {
    switch (pair.name) {
      case 'assume': assume = readAssumptions(pair.value, say); break;
      case 'parameters': parameters = readParameters(pair.value, doc, say); break;
      case 'policies': policies = readPolicies(pair.value, folder, say); break;
      case 'quotas': quotas = readQuotas(pair.value, say); break;
      default: say(pair.key, `There is no setting ${pair.name}.${didYouMean(pair.name, SETTINGS)}`);
    }
  }
  return { assume, policies, parameters, quotas };
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
    else putEntry(assume, pair.name, value);
  }
  return assume;
}
