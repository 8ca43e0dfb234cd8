import { flatMap } from '../base/flat-map.ts';
import type { Uri } from '../base/span.ts';
import { resolved, type Item, type Node, type Pair } from '../syntax/tree.ts';
import { KINDS, type ConfiguredKind, type ConfiguredPolicies } from './configuration.ts';
import { didYouMean } from './nearest-name.ts';
import { settingList, settingMap, pairsOf, placeOf, settingText, type ReportError } from './nodes.ts';
import { reportUnknownKey, unknownWord } from './repair.ts';

const NAMES = ['files', 'kind', 'service'] as const;

/** The configured kinds of policy files. Patterns are relative to `folder`. Incomplete entries are ignored. */
export function readPolicies(node: Node, folder: Uri, say: ReportError): readonly ConfiguredPolicies[] {
  return flatMap(settingList(node, '"policies"', say)?.items ?? [], (item) => readEntry(item, folder, say));
}

function readEntry(item: Item, folder: Uri, say: ReportError): readonly ConfiguredPolicies[] {
  const map = settingMap(item.value, 'an entry of "policies"', say);
  if (!map) {
    if (resolved(item.value)?.kind === 'scalar' && item.value.start === item.value.end)
      say(item, 'Missing "files" and "kind".');
    return [];
  }
  const pairs = new Map(pairsOf(map, say).map((pair) => [pair.name, pair]));
  for (const pair of pairs.values())
    if (!NAMES.some((name) => name === pair.name)) reportUnknownKey(pair, NAMES, 'an entry of "policies"', say);
  const missing = (['files', 'kind'] as const).filter((name) => !pairs.has(name));
  if (missing.length > 0)
    say(map.pairs[0]?.key ?? item, `Missing ${missing.map((name) => `"${name}"`).join(' and ')}.`);
  const files = read(pairs.get('files'), 'a path pattern', say);
  const kind = readKind(pairs.get('kind'), say);
  const service = readService(pairs.get('service'), kind, say);
  return files !== undefined && kind !== undefined
    ? [{ folder, files, kind, ...(service === undefined ? {} : { service }) }]
    : [];
}

function readKind(pair: Pair | undefined, say: ReportError): ConfiguredKind | undefined {
  const written = read(pair, 'a policy kind', say);
  if (pair === undefined || written === undefined) return undefined;
  const kind = KINDS.find((known) => known === written);
  if (!kind)
    say(
      pair.value,
      `Unknown policy kind "${written}".${didYouMean(written, KINDS)} Supported: ${KINDS.join(', ')}.`,
      unknownWord(pair.value, written, KINDS),
    );
  return kind;
}

function readService(pair: Pair | undefined, kind: ConfiguredKind | undefined, say: ReportError): string | undefined {
  const written = read(pair, 'a service prefix, such as "s3"', say);
  if (pair === undefined || written === undefined || kind === undefined) return undefined;
  if (kind === 'resource') return written.toLowerCase();
  say(pair.key, '"service" applies only to policies of kind "resource".');
  return undefined;
}

function read(pair: Pair | undefined, what: string, say: ReportError): string | undefined {
  if (!pair) return undefined;
  const written = settingText(pair.value);
  if (written === undefined) say(placeOf(pair), `Expected "${pair.name}" to be ${what}.`);
  return written;
}
