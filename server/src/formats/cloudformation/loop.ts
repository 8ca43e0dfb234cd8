/**
 * Fn::ForEach, which the transform AWS::LanguageExtensions replaces by what its iterations make before CloudFormation
 * sees the template.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
import { bothTruths, eitherTruth, Guard, TRUE, type Truth } from '../../base/guard.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { Known, Leaf } from '../../model/value.ts';
import { resolved, type MapNode, type Node, type Pair } from '../../syntax/tree.ts';
import { spanOf } from '../located.ts';
import { pairsWithMerges } from './call.ts';
import type { Template } from './evaluate.ts';
import { replaced } from './loop-text.ts';

/** An entry of a map, as written or as an iteration of a loop makes it. */
export interface ExpandedPair {
  readonly pair: Pair;
  /** Its key in this turn. */
  readonly name: string;
  /** The template in which it is evaluated: that of the turn. */
  readonly template: Template;
  /** The scenarios in which it exists. */
  readonly when: Truth;
  /** Whether a merge key brings it. */
  readonly merged: boolean;
}

export interface ExpandedPairs {
  readonly pairs: readonly ExpandedPair[];
  /** Whether there may be others: a macro or a loop makes what is not seen. */
  readonly open: boolean;
}

/** The number of entries that the loops around one place may make. CloudFormation allows a template 500 resources. */
const MOST_MADE = 2000;

const LOOP = 'Fn::ForEach::';

/** Whether a key is that of a loop. */
export function isLoop(name: string): boolean {
  return name.startsWith(LOOP);
}

/** The entries of a map, those of its merge keys and loops included. */
export function expandedPairs(template: Template, map: MapNode): ExpandedPairs {
  const { pairs, complete } = pairsWithMerges(map);
  if (!complete) template.exhaust();
  const made: ExpandedPair[] = [];
  let open = !complete;
  for (const { pair, merged } of pairs) {
    if (pair.name === 'Fn::Transform') open = true;
    else if (merged && !template.repeat(pair.value)) open = true;
    else if (!isLoop(pair.name))
      made.push({ pair, name: replaced(pair.name, template.bindings), template, when: TRUE, merged });
    else if (!addTurns(template, pair, TRUE, merged, made)) open = true;
  }
  return { pairs: made, open };
}

/** Adds what a loop makes; false when that is not all. */
function addTurns(template: Template, loop: Pair, around: Truth, merged: boolean, made: ExpandedPair[]): boolean {
  const parts = resolved(loop.value);
  const [identifierNode, collection, body] = parts?.kind === 'list' ? parts.items.map((item) => item.value) : [];
  const identifier = template.text(identifierNode);
  const fragment = resolved(body);
  if (identifier === undefined || identifier === '' || !collection || fragment?.kind !== 'map') return false;
  const { texts, complete } = textsIn(template, collection);
  const written = pairsWithMerges(fragment);
  if (!written.complete) template.exhaust();
  // What an alias stands for others use too.
  const shared = merged || loop.value.kind === 'alias' || body?.kind === 'alias';
  let all = complete && written.complete;
  for (const [text, when] of texts) {
    if (made.length >= MOST_MADE || !template.repeat(fragment)) {
      template.exhaust();
      return false;
    }
    const turn = template.bound({
      texts: new Map(template.bindings.texts).set(identifier, text),
      steps: [
        ...template.bindings.steps,
        { what: 'loop', name: `${identifier} = ${text}`, at: spanOf(template.tree, collection) },
      ],
    });
    const there = bothTruths(around, when);
    for (const one of written.pairs) {
      const { pair } = one;
      const elsewhere = shared || one.merged;
      if (pair.name === 'Fn::Transform') all = false;
      else if (!isLoop(pair.name))
        made.push({ pair, name: replaced(pair.name, turn.bindings), template: turn, when: there, merged: elsewhere });
      else if (!addTurns(turn, pair, there, elsewhere, made)) all = false;
    }
  }
  return all;
}

/** The texts of a collection, each with the scenarios in which it is in it, and whether those are all in every scenario. */
function textsIn(
  template: Template,
  collection: Node,
): { readonly texts: ReadonlyMap<string, Truth>; readonly complete: boolean } {
  const { items, complete } = itemsOf(template.evaluate(collection));
  const texts = new Map<string, Truth>();
  // Where something of the collection is not known it may be any text.
  let known = complete.yes;
  let all = Guard.always.coveredBy(known);
  for (const { value, when } of items) {
    const options = leaves(value);
    known = known.and(options.reduce((sum, { guard, value: leaf }) => (isText(leaf) ? sum.or(guard) : sum), when.no));
    for (const { guard, value: leaf } of options) {
      if (!isText(leaf)) {
        all = false;
        continue;
      }
      const elsewhere = options.reduce<Guard>(
        (sum, other) => (other.guard === guard ? sum : sum.or(other.guard)),
        Guard.never,
      );
      const there: Truth = { yes: when.yes.and(guard), no: when.no.or(elsewhere) };
      const before = texts.get(leaf.raw);
      texts.set(leaf.raw, before ? eitherTruth(before, there) : there);
    }
  }
  return { texts: new Map([...texts].map(([text, { yes, no }]) => [text, { yes, no: no.and(known) }])), complete: all };
}

/** Whether an iteration can be made of what is in a collection. A secret would be shown by the names that it makes. */
function isText(leaf: Leaf): leaf is Known {
  return leaf.state === 'known' && leaf.value !== null && !leaf.origin.secret;
}
