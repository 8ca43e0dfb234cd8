import { flatMap } from '../base/flat-map.ts';
import type { Range, Uri } from '../base/span.ts';
import { folderOf } from '../base/uri.ts';
import { isPlain, textOfScalar } from '../syntax/scalar.ts';
import { pairOf, resolved, type Item, type Node, type Pair } from '../syntax/tree.ts';
import type { ConfiguredFile, ConfiguredParameters, ConfiguredValue } from './configuration.ts';
import { fileBelow, NOT_A_PATH } from './file-below.ts';
import { settingList, settingMap, pairsOf, placeOf, settingText, type ReportError } from './nodes.ts';
import { reportUnknownKey } from './repair.ts';

const NAMES = ['files', 'templates', 'values'] as const;

/** The maximum number of items of one parameter value. Aliases could repeat long lists without limit. */
const MOST_ITEMS = 1000;

/** The inputs of template parameters in a configuration. Incomplete entries are ignored. */
export function readConfiguredParameters(node: Node, doc: Uri, say: ReportError): readonly ConfiguredParameters[] {
  return flatMap(settingList(node, '"parameters"', say)?.items ?? [], (item) => readEntry(item, doc, say));
}

/** The ranges of configured values. They can be secrets, so they are not shown. */
export function placesOfValues(node: Node | undefined): readonly Range[] {
  const list = resolved(node);
  return list?.kind === 'list' ? flatMap(list.items, ({ value }) => pairOf(value, 'values')?.value ?? []) : [];
}

function readEntry(item: Item, doc: Uri, say: ReportError): readonly ConfiguredParameters[] {
  const map = settingMap(item.value, 'an entry of "parameters"', say);
  if (!map) {
    if (resolved(item.value)?.kind === 'scalar' && item.value.start === item.value.end)
      say(item, 'Missing "templates", and "files" or "values".');
    return [];
  }
  const pairs = new Map(pairsOf(map, say).map((pair) => [pair.name, pair]));
  for (const pair of pairs.values())
    if (!NAMES.some((name) => name === pair.name)) reportUnknownKey(pair, NAMES, 'an entry of "parameters"', say);
  const place = map.pairs[0]?.key ?? item;
  if (!pairs.has('templates')) say(place, 'Missing "templates".');
  if (!pairs.has('files') && !pairs.has('values')) say(place, 'Missing "files" or "values".');
  const templates = readTemplates(pairs.get('templates'), say);
  const folder = folderOf(doc);
  const files = readFiles(pairs.get('files'), folder, say);
  const values = readValues(pairs.get('values'), doc, say);
  return templates === undefined || (!files && values.size === 0)
    ? []
    : [{ folder, templates, ...(files ? { files } : {}), values }];
}

function readTemplates(pair: Pair | undefined, say: ReportError): string | undefined {
  const written = pair && settingText(pair.value);
  if (pair && written === undefined) say(placeOf(pair), 'Expected "templates" to be a path pattern.');
  return written;
}

/** Parses a path, or a list of them. */
function readFiles(pair: Pair | undefined, folder: Uri, say: ReportError): readonly ConfiguredFile[] | undefined {
  const node = resolved(pair?.value);
  if (!pair || !node) return undefined;
  const nodes = node.kind === 'list' ? node.items.map((item) => item.value) : [node];
  const read = flatMap(nodes, (each): ConfiguredFile[] => {
    const name = settingText(each);
    const uri = name === undefined ? undefined : fileBelow(folder, name);
    if (name !== undefined && uri !== undefined) return [{ name, uri }];
    say(
      each.end > each.start ? each : pair.key,
      name === undefined ? 'Expected "files" to be a list of paths.' : NOT_A_PATH,
    );
    return [];
  });
  // A list without valid entries does not disable files.
  return nodes.length > 0 && read.length === 0 ? undefined : read;
}

function readValues(pair: Pair | undefined, doc: Uri, say: ReportError): ReadonlyMap<string, ConfiguredValue> {
  const values = new Map<string, ConfiguredValue>();
  if (!pair) return values;
  for (const { key, name, value } of pairsOf(settingMap(pair.value, '"values"', say), say)) {
    const node = resolved(value);
    const parts = node?.kind === 'list' ? node.items.map((item) => resolved(item.value)) : [node];
    if (name !== '' && parts.length <= MOST_ITEMS && parts.every(isPlain))
      values.set(name, { text: parts.map(textOfScalar).join(','), at: { doc, start: value.start, end: value.end } });
    else
      say(
        value.end > value.start ? value : key,
        `Expected ${name === '' ? 'a parameter' : `"${name}"`} to be a string, number, boolean or list of these.`,
      );
  }
  return values;
}
