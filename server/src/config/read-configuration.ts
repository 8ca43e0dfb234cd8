/** Parses one configuration file. Errors are reported at their ranges, and the rest applies. */
import { flatMap } from '../base/flat-map.ts';
import type { Range, Span, Uri } from '../base/span.ts';
import { putEntry } from '../base/table.ts';
import { folderOf } from '../base/uri.ts';
import { CERTAINTIES, type Problem } from '../model/finding.ts';
import { PROFILES } from '../model/profile.ts';
import { SEVERITIES } from '../model/severity.ts';
import { PEER_SUPPRESSION_TOOLS, type SuppressionTool } from '../model/suppression.ts';
import { parse } from '../syntax/parse.ts';
import { resolved, valueOf, type Node, type Pair, type Tree } from '../syntax/tree.ts';
import {
  ASSUMPTIONS,
  type Configuration,
  type ConfiguredFile,
  type FailOn,
  type PathPatterns,
} from './configuration.ts';
import { fileBelow, NOT_A_PATH } from './file-below.ts';
import { didYouMean } from './nearest-name.ts';
import { settingBoolean, settingList, settingMap, pairsOf, placeOf, settingText, type ReportError } from './nodes.ts';
import { withDefaults, type PartialConfiguration } from './partial-configuration.ts';
import { readBoolean, readChoice, readTexts } from './read-choice.ts';
import { readOverrides } from './read-overrides.ts';
import { placesOfValues, readConfiguredParameters } from './read-parameters.ts';
import { readPolicies } from './read-policies.ts';
import { readQuotas } from './read-quotas.ts';
import { readRules } from './read-rules.ts';
import { readScenario } from './read-scenario.ts';
import { readSuppressions } from './read-suppressions.ts';
import { repairsOf, unknownKey, unknownWord } from './repair.ts';

export interface ReadConfiguration {
  /** The configuration of this file alone, with defaults. */
  readonly configuration: Configuration;
  /** What the file states. */
  readonly part: PartialConfiguration;
  /** The files that it extends. */
  readonly extended: readonly ExtendedFile[];
  readonly problems: readonly Problem[];
  /** The ranges that are not shown. */
  readonly confidential: readonly Range[];
}

/** A file that a configuration extends. */
export interface ExtendedFile extends ConfiguredFile {
  readonly at: Span;
}

/** The configuration in a file, and its problems. Files that it extends are not read. */
export function readConfiguration(doc: Uri, text: string): ReadConfiguration {
  const tree = parse(doc, text, 'yaml');
  const problems: Problem[] = tree.problems.map((p) => ({
    at: { doc, start: p.start, end: p.end },
    message: p.message,
    kind: 'syntax',
  }));
  const say: ReportError = ({ start, end }, message, unknown) =>
    problems.push({
      at: { doc, start, end },
      message,
      kind: 'document',
      ...(unknown ? { repairs: () => repairsOf(tree, unknown) } : {}),
    });
  const [root, second] = tree.roots;
  if (second) say(second, 'Expected one YAML document. This one is ignored.');
  const { extended, ...part } = readRoot(root, tree, say);
  return {
    configuration: withDefaults(part),
    part,
    extended,
    problems,
    confidential: placesOfValues(valueOf(root, 'parameters')),
  };
}

/** What the file of a setting states, and where. */
interface ReadSetting {
  readonly stated?: Partial<Configuration>;
  readonly extended?: readonly ExtendedFile[];
  /** The places of its parts, by their names below the setting; that of the setting itself by default. */
  readonly parts?: readonly (readonly [name: string, at: Range])[];
}

type Read = (pair: Pair, tree: Tree, say: ReportError) => ReadSetting;

/** The settings of a configuration, in the order of the reference page. */
const READERS = {
  extends: (pair, { doc }, say) => ({ extended: readExtends(pair, doc, say) }),
  profile: (pair, _tree, say) => one('profile', readChoice(pair, PROFILES, say)),
  certainty: (pair, _tree, say) => one('certainty', readChoice(pair, CERTAINTIES, say)),
  failOn: (pair, _tree, say) => one('failOn', readChoice(pair, FAIL_ON, say)),
  include: (pair, { doc }, say) => one('include', readPatterns(pair, doc, say)),
  exclude: (pair, { doc }, say) => one('exclude', readPatterns(pair, doc, say)),
  gitignore: (pair, _tree, say) => one('gitignore', readBoolean(pair, say)),
  rules: (pair, { doc }, say) => {
    const rules = readRules(pair.value, doc, say);
    return { stated: { rules }, parts: rules.map(({ selector, at }) => [selector, at]) };
  },
  overrides: (pair, { doc }, say) => one('overrides', readOverrides(pair.value, doc, say)),
  suppressions: (pair, tree, say) => one('suppressions', readSuppressions(pair.value, tree, say)),
  // An invalid value must not allow what a team wants to forbid.
  inlineSuppressions: (pair, _tree, say) => one('inlineSuppressions', readBoolean(pair, say) ?? false),
  honorSuppressionsOf: (pair, _tree, say) => one('honoredTools', readTools(pair, say)),
  requireSuppressionReason: (pair, _tree, say) => one('requireSuppressionReason', readBoolean(pair, say)),
  reportUnusedSuppressions: (pair, _tree, say) => one('reportUnusedSuppressions', readBoolean(pair, say)),
  baseline: (pair, { doc }, say) => one('baseline', readFile(pair, doc, say)),
  scenario: (pair, _tree, say) => one('scenario', readScenario(pair.value, say)),
  assume: (pair, _tree, say) => {
    const { assume, accounts } = readAssumptions(pair.value, say);
    return { stated: { assume, ...(accounts ? { accounts } : {}) }, parts: partsOf(pair) };
  },
  quotas: (pair, _tree, say) => ({ stated: { quotas: readQuotas(pair.value, say) }, parts: partsOf(pair) }),
  policies: (pair, { doc }, say) => one('policies', readPolicies(pair.value, folderOf(doc), say)),
  parameters: (pair, { doc }, say) => one('parameters', readConfiguredParameters(pair.value, doc, say)),
} satisfies Readonly<Record<string, Read>>;

/** The names of all settings. */
export const SETTINGS = Object.keys(READERS) as readonly (keyof typeof READERS)[];

function readRoot(
  root: Node | undefined,
  tree: Tree,
  say: ReportError,
): PartialConfiguration & { readonly extended: readonly ExtendedFile[] } {
  let stated: Partial<Configuration> = {};
  let extended: readonly ExtendedFile[] = [];
  const { doc } = tree;
  const origins = new Map<string, readonly Span[]>();
  for (const pair of root ? pairsOf(settingMap(root, 'the configuration', say), say) : []) {
    const name = SETTINGS.find((known) => known === pair.name);
    if (!name) {
      say(pair.key, `Unknown setting "${pair.name}".${didYouMean(pair.name, SETTINGS)}`, unknownKey(pair, SETTINGS));
      continue;
    }
    const read: ReadSetting = READERS[name](pair, tree, say);
    stated = { ...stated, ...read.stated };
    extended = [...extended, ...(read.extended ?? [])];
    if (!read.parts) origins.set(name, [{ doc, start: pair.start, end: pair.end }]);
    for (const [part, { start, end }] of read.parts ?? []) origins.set(`${name}.${part}`, [{ doc, start, end }]);
  }
  return { stated, extended, origins };
}

/** A setting with a value; nothing if it is invalid, so that the default applies. */
function one<K extends keyof Configuration>(name: K, value: Configuration[K] | undefined): ReadSetting {
  return value === undefined ? {} : { stated: { [name]: value } };
}

/** The keys of a setting, as its parts. */
function partsOf({ value }: Pair): NonNullable<ReadSetting['parts']> {
  const map = resolved(value);
  return map?.kind === 'map' ? map.pairs.map(({ name, key }) => [name, key]) : [];
}

const FAIL_ON: readonly FailOn[] = [...SEVERITIES, 'new'];

function readPatterns(pair: Pair, doc: Uri, say: ReportError): readonly PathPatterns[] | undefined {
  const patterns = readTexts(pair, 'a path pattern', say)?.map(({ text }) => text);
  return patterns && patterns.length > 0 ? [{ folder: folderOf(doc), patterns }] : undefined;
}

function readTools(pair: Pair, say: ReportError): readonly SuppressionTool[] | undefined {
  const texts = readTexts(pair, 'the name of a tool', say);
  if (!texts) return undefined;
  return flatMap(texts, ({ text, node, start, end }) => {
    const tool = PEER_SUPPRESSION_TOOLS.find((known) => known === text);
    if (!tool)
      say(
        { start, end },
        `Unknown tool "${text}".${didYouMean(text, PEER_SUPPRESSION_TOOLS)} Supported: ${PEER_SUPPRESSION_TOOLS.join(', ')}.`,
        unknownWord(node, text, PEER_SUPPRESSION_TOOLS),
      );
    return tool ?? [];
  });
}

function readFile(pair: Pair, doc: Uri, say: ReportError): ConfiguredFile | undefined {
  const name = settingText(pair.value);
  const uri = name === undefined ? undefined : fileBelow(folderOf(doc), name);
  if (name !== undefined && uri !== undefined) return { name, uri };
  say(placeOf(pair), NOT_A_PATH);
  return undefined;
}

function readExtends(pair: Pair, doc: Uri, say: ReportError): readonly ExtendedFile[] {
  return flatMap(readTexts(pair, 'the path of a configuration file', say) ?? [], ({ text, start, end }) => {
    const uri = fileBelow(folderOf(doc), text);
    if (uri !== undefined) return [{ name: text, uri, at: { doc, start, end } }];
    say({ start, end }, NOT_A_PATH);
    return [];
  });
}

function readAssumptions(node: Node, say: ReportError): Pick<Configuration, 'assume' | 'accounts'> {
  const assume: Record<string, boolean> = {};
  let accounts: readonly string[] | undefined;
  const known = [ACCOUNTS, ...Object.keys(ASSUMPTIONS)];
  for (const pair of pairsOf(settingMap(node, '"assume"', say), say)) {
    if (!known.includes(pair.name)) {
      say(
        pair.key,
        `Unknown assumption "${pair.name}".${didYouMean(pair.name, known)} Supported: ${known.join(', ')}.`,
        unknownKey(pair, known),
      );
      continue;
    }
    if (pair.name === ACCOUNTS) {
      accounts = readAccounts(pair.value, say);
      continue;
    }
    const value = settingBoolean(pair.value);
    if (value === undefined) say(placeOf(pair), `Expected "${pair.name}" to be true or false.`);
    else putEntry(assume, pair.name, value);
  }
  return { assume, ...(accounts ? { accounts } : {}) };
}

const ACCOUNTS = 'accounts';

/** The user's account IDs. Invalid entries are reported; without valid ones, nothing is stated. */
function readAccounts(node: Node, say: ReportError): readonly string[] | undefined {
  const accounts = flatMap(settingList(node, `"${ACCOUNTS}"`, say)?.items ?? [], ({ value: item }) => {
    const text = settingText(item);
    if (text !== undefined && /^\d{12}$/.test(text)) return [text];
    say(item, 'Expected an AWS account ID of 12 digits, such as "111122223333".');
    return [];
  });
  return accounts.length > 0 ? accounts : undefined;
}
