/** Reads baselines. Errors are reported at their ranges, and the rest counts. */
import { flatMap } from '../base/flat-map.ts';
import { byText } from '../base/order.ts';
import type { Range, Uri } from '../base/span.ts';
import { CERTAINTIES, type Problem } from '../model/finding.ts';
import { PROFILES } from '../model/profile.ts';
import { parse } from '../syntax/parse.ts';
import { valueOf, type MapNode, type Node } from '../syntax/tree.ts';
import { BASELINE_VERSION, EMPTY_BASELINE, mergedEntries, type Baseline, type BaselineEntry } from './baseline.ts';

export interface ReadBaseline {
  readonly baseline: Baseline;
  readonly problems: readonly Problem[];
  /** Set if it has another version, so that none of it is read. It must not be overwritten. */
  readonly otherVersion?: true;
}

type Say = (range: Range, message: string) => void;

/** The baseline in a file, and its problems. */
export function readBaseline(doc: Uri, text: string): ReadBaseline {
  const tree = parse(doc, text, 'json');
  const problems: Problem[] = tree.problems.map(({ start, end, message }) => ({
    at: { doc, start, end },
    message,
    kind: 'syntax',
  }));
  const say: Say = ({ start, end }, message) => problems.push({ at: { doc, start, end }, message, kind: 'document' });
  const [root] = tree.roots;
  if (root?.kind !== 'map') {
    if (problems.length === 0) say(root ?? START, 'Expected a baseline. Run "stackwarden baseline" to create one.');
    return { baseline: EMPTY_BASELINE, problems };
  }
  const version = valueOf(root, 'version');
  if (!version) say(root.pairs[0]?.key ?? root, 'The baseline has no "version".');
  else if (numberIn(version) !== BASELINE_VERSION) {
    say(version, versionProblem(version));
    return { baseline: EMPTY_BASELINE, problems, otherVersion: true };
  }
  return {
    baseline: {
      profile: oneOf(PROFILES, valueOf(root, 'profile')) ?? EMPTY_BASELINE.profile,
      certainty: oneOf(CERTAINTIES, valueOf(root, 'certainty')) ?? EMPTY_BASELINE.certainty,
      entries: mergedEntries(entriesIn(valueOf(root, 'findings'), say)),
    },
    problems,
  };
}

const START: Range = { start: 0, end: 0 };

function versionProblem(version: Node): string {
  const number = numberIn(version);
  return number !== undefined && number > BASELINE_VERSION
    ? `The baseline has version ${number}, and this Stackwarden reads version ${BASELINE_VERSION}. Update Stackwarden.`
    : `Expected "version" to be ${BASELINE_VERSION}.`;
}

function entriesIn(findings: Node | undefined, say: Say): readonly BaselineEntry[] {
  if (!findings) return [];
  if (findings.kind !== 'list') {
    say(findings, 'Expected "findings" to be a list.');
    return [];
  }
  return flatMap(findings.items, ({ value }) => {
    const entry = value.kind === 'map' ? entryIn(value, say) : undefined;
    if (value.kind !== 'map') say(value, 'Expected an object with "rule", "path", "at" and "value".');
    return entry ?? [];
  });
}

function entryIn(map: MapNode, say: Say): BaselineEntry | undefined {
  const [rule, path, at, value] = REQUIRED.map((name) => stringIn(valueOf(map, name)));
  if (rule === undefined || path === undefined || at === undefined || value === undefined) {
    const missing = REQUIRED.find((name) => stringIn(valueOf(map, name)) === undefined)!;
    say(valueOf(map, missing) ?? map, `Expected "${missing}" to be a string. The entry is ignored.`);
    return undefined;
  }
  const [resource, count] = [valueOf(map, 'resource'), valueOf(map, 'count')];
  const number = count ? numberIn(count) : 1;
  if (number === undefined) say(count!, 'Expected "count" to be a positive integer. The entry is counted once.');
  const parts = partsIn(valueOf(map, 'with'), say);
  return {
    rule,
    path,
    resource: stringIn(resource) ?? null,
    at,
    value,
    ...(parts === undefined ? {} : { with: parts }),
    count: number ?? 1,
  };
}

/** The strings of a list, in order. */
function partsIn(list: Node | undefined, say: Say): readonly string[] | undefined {
  if (!list) return undefined;
  const parts = list.kind === 'list' ? list.items.map(({ value }) => stringIn(value)) : [undefined];
  if (parts.includes(undefined)) say(list, 'Expected "with" to be a list of strings.');
  return parts.filter((part) => part !== undefined).sort(byText);
}

const REQUIRED = ['rule', 'path', 'at', 'value'] as const;

function stringIn(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && node.style === 'double' ? node.value : undefined;
}

function numberIn(node: Node): number | undefined {
  return node.kind === 'scalar' && node.style === 'plain' && /^[1-9]\d{0,8}$/.test(node.value)
    ? Number(node.value)
    : undefined;
}

function oneOf<T extends string>(names: readonly T[], node: Node | undefined): T | undefined {
  const text = stringIn(node);
  return names.find((name) => name === text);
}
