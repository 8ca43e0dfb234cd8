/**
 * A template without the properties of the resources that the cursor is not in. Completions in a policy depend on those
 * only by their names and types, and in a large template most of the work is to read them.
 */
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import { offsetBefore, rangeNow, shiftBetween } from '../base/shift.ts';
import type { Range } from '../base/span.ts';
import { ANCHOR } from './policy-place.ts';
import { pairOf, textOf, valueOf, type Language, type Pair, type Tree } from '../syntax/tree.ts';

/**
 * The types of resources whose properties completions do not need. Which resources SAM generates depends on the
 * properties of its own.
 */
const TYPE = /^(?!AWS::Serverless::)[\w:.-]+$/;

/** The properties of functions that do not decide which resources SAM generates. */
const FUNCTION = { type: 'AWS::Serverless::Function', leftOut: ['Environment', 'Policies', 'Tags', 'VpcConfig'] };

/** Leaves out parts of a text that is the document with a mark at the cursor. */
export type Reducing = (marked: string) => string;

/** A text in which parts are left out, as a document of its own. */
export interface ReducedText {
  readonly text: string;
  readonly language: Language;
  /** The cursor in it. */
  readonly offset: number;
  /** By how much the text around the cursor is moved forward. */
  readonly removed: number;
}

/**
 * A template without the properties of the resources that neither the cursor nor a change is in, by the tree of the
 * template before the change, so that the whole text need not be parsed again; undefined if the cursor was not in a
 * resource.
 */
export function reducedByChange(before: Tree, text: string, offset: number): ReducedText | undefined {
  const { language } = before;
  if (before.problems.length > 0 || (language !== 'yaml' && language !== 'json')) return undefined;
  const shift = shiftBetween(before.text, text);
  const resources = resourcesAt(before, offsetBefore(shift, offset) ?? shift.start);
  if (!resources) return undefined;
  const { pairs, own } = resources;
  // What stands behind a resource up to the next one can be a part of it after the change.
  const isChanged = ({ start }: Pair, index: number): boolean =>
    start <= shift.before + 1 && shift.start <= (pairs[index + 1]?.start ?? before.text.length) + 1;
  const left = pairs.filter((pair, index) => pair !== own && !isChanged(pair, index));
  const parts = unneededOf(left).map((part) => ({ ...part, ...rangeNow(shift, part) }));
  const reduced = withParts({ text, language, offset, start: rangeNow(shift, own).start }, parts);
  return hasAnchor(before) || ANCHOR.test(reduced.text) ? undefined : reduced;
}

/**
 * A text in which parts are replaced.
 * @param parts In the order of the text. None is around the cursor.
 */
export function withParts(
  { text, language, offset, start }: Pick<ReducedText, 'text' | 'language' | 'offset'> & { readonly start: number },
  parts: readonly Replaced[],
): ReducedText {
  const own = Math.min(start, offset);
  const index = parts.findIndex(({ end }) => end > own);
  const [before, after] = index < 0 ? [parts, []] : [parts.slice(0, index), parts.slice(index)];
  const [head, rest] = [replaced(text, 0, own, before), replaced(text, own, text.length, after)];
  return { text: head + rest, language, offset: offset - own + head.length, removed: own - head.length };
}

const hasAnchor = memoize(({ text }: Tree) => ANCHOR.test(text));

/** Leaves out the other resources if the cursor is in a resource of a template; undefined elsewhere. */
export function withoutOthers(tree: Tree, offset: number): Reducing | undefined {
  const { text } = tree;
  const resources = resourcesAt(tree, offset);
  if (!resources || hasAnchor(tree)) return undefined;
  const { pairs, own } = resources;
  const index = pairs.indexOf(own);
  const [before, after] = [pairs.slice(0, index), pairs.slice(index + 1)];
  const behind = after[0]?.start ?? text.length;
  const head = replaced(text, 0, own.start, unneededOf(before));
  const tail = replaced(text, behind, text.length, unneededOf(after));
  return (marked) => head + marked.slice(own.start, marked.length - (text.length - behind)) + tail;
}

/** The resources of a template, if an offset is in one of them. */
function resourcesAt(
  { roots, language }: Tree,
  offset: number,
): { readonly pairs: readonly Pair[]; readonly own: Pair } | undefined {
  const [root] = roots;
  if (language === 'hcl' || roots.length !== 1 || root?.kind !== 'map') return undefined;
  const section = lastBefore(root.pairs, offset);
  if (section?.name !== 'Resources' || section !== pairOf(root, 'Resources') || section.value.kind !== 'map')
    return undefined;
  const { pairs } = section.value;
  const own = lastBefore(pairs, offset);
  return own && { pairs, own };
}

function lastBefore(pairs: readonly Pair[], offset: number): Pair | undefined {
  return pairs.findLast(({ start }) => start <= offset);
}

/** A part of a text that is replaced by another text. */
export interface Replaced extends Range {
  readonly by: string;
}

/** What completions do not need of resources. */
function unneededOf(resources: readonly Pair[]): readonly Replaced[] {
  return flatMap(resources, ({ separator, value, end }): readonly Replaced[] => {
    const type = textOf(valueOf(value, 'Type'));
    // An entry that is needed, is not a resource, or cannot be read, stays.
    if (value.kind !== 'map' || type === undefined) return [];
    if (TYPE.test(type)) return [{ start: separator + 1, end, by: ` {"Type": "${type}"}` }];
    if (type !== FUNCTION.type) return [];
    const properties = valueOf(value, 'Properties');
    return flatMap([pairOf(value, 'Metadata'), ...FUNCTION.leftOut.map((name) => pairOf(properties, name))], (pair) =>
      pair ? [{ start: pair.separator + 1, end: pair.end, by: ' {}' }] : [],
    ).toSorted((one, other) => one.start - other.start);
  });
}

/** A range of a text in which parts are replaced. */
function replaced(text: string, start: number, end: number, parts: readonly Replaced[]): string {
  const pieces: string[] = [];
  let from = start;
  for (const part of parts) {
    if (part.start < from) continue;
    pieces.push(text.slice(from, part.start), part.by);
    from = part.end;
  }
  return [...pieces, text.slice(from, end)].join('');
}
