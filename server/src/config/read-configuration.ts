/** Parses `.stackwarden.yaml`. Errors are reported at their ranges, and the rest applies. */
import type { Range, Uri } from '../base/span.ts';
import { putEntry } from '../base/table.ts';
import { folderOf } from '../base/uri.ts';
import type { Problem } from '../model/finding.ts';
import { parse } from '../syntax/parse.ts';
import { valueOf, type Node } from '../syntax/tree.ts';
import { ASSUMPTIONS, DEFAULT_CONFIGURATION, type Configuration } from './configuration.ts';
import { didYouMean } from './nearest-name.ts';
import { booleanOf, listOf, mapOf, pairsOf, placeOf, textOf, type Say } from './nodes.ts';
import { placesOfValues, readParameters } from './read-parameters.ts';
import { readPolicies } from './read-policies.ts';
import { readQuotas } from './read-quotas.ts';

export interface ReadConfiguration {
  readonly configuration: Configuration;
  readonly problems: readonly Problem[];
  /** The ranges that are not shown. */
  readonly confidential: readonly Range[];
}

/** The configuration in a file, and its problems. */
export function readConfiguration(doc: Uri, text: string): ReadConfiguration {
  const tree = parse(doc, text, 'yaml');
  const problems: Problem[] = tree.problems.map((p) => ({
    at: { doc, start: p.start, end: p.end },
    message: p.message,
    kind: 'syntax',
  }));
  const say: Say = ({ start, end }, message) => problems.push({ at: { doc, start, end }, message, kind: 'document' });
  const [root, second] = tree.roots;
  if (second) say(second, 'Expected one YAML document. This one is ignored.');
  return {
    configuration: root ? readRoot(root, doc, say) : DEFAULT_CONFIGURATION,
    problems,
    confidential: placesOfValues(valueOf(root, 'parameters')),
  };
}

const SETTINGS = ['assume', 'parameters', 'policies', 'quotas'] as const;

function readRoot(root: Node, doc: Uri, say: Say): Configuration {
  const folder = folderOf(doc);
  let { assume, accounts, policies, parameters, quotas } = DEFAULT_CONFIGURATION;
  for (const pair of pairsOf(mapOf(root, 'the configuration', say), say)) {
    switch (pair.name) {
      case 'assume':
        ({ assume, accounts } = readAssumptions(pair.value, say));
        break;
      case 'parameters':
        parameters = readParameters(pair.value, doc, say);
        break;
      case 'policies':
        policies = readPolicies(pair.value, folder, say);
        break;
      case 'quotas':
        quotas = readQuotas(pair.value, say);
        break;
      default:
        say(pair.key, `Unknown setting "${pair.name}".${didYouMean(pair.name, SETTINGS)}`);
    }
  }
  return { ...DEFAULT_CONFIGURATION, assume, ...(accounts ? { accounts } : {}), policies, parameters, quotas };
}

function readAssumptions(node: Node, say: Say): Pick<Configuration, 'assume' | 'accounts'> {
  const assume: Record<string, boolean> = {};
  let accounts: readonly string[] | undefined;
  const known = [ACCOUNTS, ...Object.keys(ASSUMPTIONS)];
  for (const pair of pairsOf(mapOf(node, '"assume"', say), say)) {
    if (!known.includes(pair.name)) {
      say(
        pair.key,
        `Unknown assumption "${pair.name}".${didYouMean(pair.name, known)} Supported: ${known.join(', ')}.`,
      );
      continue;
    }
    if (pair.name === ACCOUNTS) {
      accounts = readAccounts(pair.value, say);
      continue;
    }
    const value = booleanOf(pair.value);
    if (value === undefined) say(placeOf(pair), `Expected "${pair.name}" to be true or false.`);
    else putEntry(assume, pair.name, value);
  }
  return { assume, ...(accounts ? { accounts } : {}) };
}

const ACCOUNTS = 'accounts';

/** The user's account IDs. Invalid entries are reported; without valid ones, nothing is stated. */
function readAccounts(node: Node, say: Say): readonly string[] | undefined {
  const accounts = (listOf(node, `"${ACCOUNTS}"`, say)?.items ?? []).flatMap(({ value: item }) => {
    const text = textOf(item);
    if (text !== undefined && /^\d{12}$/.test(text)) return [text];
    say(item, 'Expected an AWS account ID of 12 digits, such as "111122223333".');
    return [];
  });
  return accounts.length > 0 ? accounts : undefined;
}
