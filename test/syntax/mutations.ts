/** One-character changes of templates, and the resources that remain unchanged. */
import { parse } from '../../server/src/syntax/parse.ts';
import { pairOf, type MapNode, type Pair, type DocumentTree, type Tree } from '../../server/src/syntax/tree.ts';
import { sameNode } from '../kit/tree-change.ts';

const INSERTED = ['"', "'", '[', ']', '{', '}', ':', '#', '-', '\n', '\t', ' '];

export interface Mutation {
  readonly at: number;
  readonly text: string;
  readonly what: string;
}

/** Deletes a character or inserts one at every `step`th offset of a text, the inserted ones in turn. */
export function* mutations(text: string, step: number): Generator<Mutation> {
  for (let at = 0, turn = 0; at < text.length; at += step, turn++) {
    yield { at, text: text.slice(0, at) + text.slice(at + 1), what: `without ${JSON.stringify(text[at])} at ${at}` };
    const inserted = INSERTED[turn % INSERTED.length]!;
    yield {
      at,
      text: text.slice(0, at) + inserted + text.slice(at),
      what: `with ${JSON.stringify(inserted)} at ${at}`,
    };
  }
}

export interface Survival {
  readonly tree: DocumentTree;
  /**
   * How many resources there are besides the one that was changed, and the names of those that are not there any more.
   */
  readonly others: number;
  readonly lost: readonly string[];
}

/** Which resources of a template are still in their place, as they were, after a change to it. */
export function survival(template: DocumentTree, mutation: Mutation): Survival {
  const tree = parse(template.doc, mutation.text, template.language);
  const resources = resourcesOf(template)!;
  const left = resourcesOf(tree);
  const others = resources.pairs.filter((_, i) => !isEdited(template.text, resources.pairs, i, mutation.at));
  const lost = others.filter((pair) => {
    const found = left?.pairs.filter((one) => one.name === pair.name) ?? [];
    return found.length !== 1 || !sameNode(found[0]!.value, pair.value);
  });
  return { tree, others: others.length, lost: lost.map((pair) => pair.name) };
}

export function resourcesOf(tree: Tree): MapNode | undefined {
  const value = pairOf(tree.roots[0], 'Resources')?.value;
  return value?.kind === 'map' ? value : undefined;
}

/** Whether a change is to the name of the section itself, without which nothing is a resource. */
export function isSectionName(tree: Tree, at: number): boolean {
  const { key } = pairOf(tree.roots[0], 'Resources')!;
  return at >= key.start && at <= key.end;
}

/** A resource reaches from the line end in front of its name to the one in front of the next. */
function isEdited(text: string, pairs: readonly Pair[], i: number, at: number): boolean {
  const lineEndBefore = (offset: number): number => text.lastIndexOf('\n', offset - 1);
  const next = pairs[i + 1];
  return at >= lineEndBefore(pairs[i]!.start) && at <= (next ? lineEndBefore(next.start) : pairs[i]!.end);
}
