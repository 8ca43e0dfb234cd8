/** Parameters and variables that can have any value. */
import { flatMap } from '../base/flat-map.ts';
import { judge, type Judgement } from './judgement.ts';
import { leaves } from './navigate.ts';
import type { Leaf, Value } from './value.ts';

/**
 * The leaves of a value that are literals with which the document compares a parameter, anywhere. The parameter can
 * have any other value too, so that they are not written where the value is used.
 */
export function literalsOfOpenInputs(value: Value): ReadonlySet<Leaf> {
  if (value.state !== 'choice') return NONE;
  const all = leaves(value);
  const inputs = flatMap(all, ({ value: leaf }) => (isInput(leaf) ? [nameOf(leaf.input)] : []));
  if (inputs.length === 0) return NONE;
  const isCompared = ({ state, origin }: Leaf): boolean =>
    state === 'known' && origin.steps.some(({ what, name }) => what === 'allowed' && inputs.includes(name));
  return new Set(flatMap(all, ({ value: leaf }) => (isCompared(leaf) ? [leaf] : [])));
}

const NONE: ReadonlySet<Leaf> = new Set();

function isInput(leaf: Leaf): leaf is Extract<Leaf, { state: 'unknown' }> & { readonly input: string } {
  return leaf.state === 'unknown' && leaf.input !== undefined;
}

function nameOf(input: string): string {
  return input.slice(input.lastIndexOf('#') + 1);
}

/**
 * Whether a value is a parameter or variable that is not marked as secret, so that it is visible wherever parameters
 * are.
 */
export function isUnprotectedInput(value: Value): Judgement {
  const compared = literalsOfOpenInputs(value);
  return judge(
    value,
    (leaf) => (isInput(leaf) || compared.has(leaf)) && (!leaf.origin.secret || leaf.origin.secretByName === true),
  );
}
