/**
 * A template without the properties of the resources that the cursor is not in. Completions in a policy depend on those only by their names
 * and types, and in a large template most of the work is to read them.
 */
import { ANCHOR } from './policy-place.ts';
import { pairOf, textOf, valueOf, type Pair, type Tree } from '../syntax/tree.ts';

/** The types of resources of which completions need the name and the type only. Which resources SAM generates depends on the properties of its own. */
const TYPE = /^(?!AWS::Serverless::)[\w:.-]+$/;

/** Leaves out parts of a text that is the document with a mark at the cursor. */
export type Reducing = (marked: string) => string;

/** Leaves out the other resources if the cursor is in a resource of a template; undefined elsewhere. */
export function withoutOthers(tree: Tree, offset: number): Reducing | undefined {
  const { roots, text } = tree;
  const [root] = roots;
  if (tree.language === 'hcl' || roots.length !== 1 || root?.kind !== 'map' || ANCHOR.test(text)) return undefined;
  const section = lastBefore(root.pairs, offset);
  if (section?.name !== 'Resources' || section !== pairOf(root, 'Resources') || section.value.kind !== 'map')
    return undefined;
  const { pairs } = section.value;
  const own = lastBefore(pairs, offset);
  if (!own) return undefined;
  const index = pairs.indexOf(own);
  const [before, after] = [pairs.slice(0, index), pairs.slice(index + 1)];
  const behind = after[0]?.start ?? text.length;
  const [head, tail] = [withTypesOnly(text, 0, own.start, before), withTypesOnly(text, behind, text.length, after)];
  return (marked) => head + marked.slice(own.start, marked.length - (text.length - behind)) + tail;
}

function lastBefore(pairs: readonly Pair[], offset: number): Pair | undefined {
  return pairs.findLast(({ start }) => start <= offset);
}

/** A range of a text, in which some resources have only their types. */
function withTypesOnly(text: string, start: number, end: number, resources: readonly Pair[]): string {
  const pieces: string[] = [];
  let from = start;
  for (const { separator, value, end: to } of resources) {
    const type = textOf(valueOf(value, 'Type'));
    // An entry that is needed, is not a resource, or cannot be read, stays.
    if (separator < from || value.kind !== 'map' || type === undefined || !TYPE.test(type)) continue;
    pieces.push(text.slice(from, separator + 1), ` {"Type": "${type}"}`);
    from = to;
  }
  return [...pieces, text.slice(from, end)].join('');
}
