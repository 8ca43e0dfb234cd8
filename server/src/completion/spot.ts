/** The place of the mark in policies, which determines the completions. */
import { flatMap } from '../base/flat-map.ts';
import { itemsOf, leaves, member } from '../model/navigate.ts';
import type { PolicyDocument, Statement } from '../model/policy.ts';
import type { Leaf, Value } from '../model/value.ts';
import { MARK } from './typing.ts';

interface Place {
  readonly policy: PolicyDocument;
}

interface InStatement extends Place {
  readonly statement: Statement;
}

export type Spot =
  /** The key of a policy element, or of a statement element if Statement is a single object. */
  | (Place & { readonly what: 'policy element' | 'version'; readonly has: readonly string[] })
  | (InStatement & { readonly what: 'statement element'; readonly has: readonly string[] })
  | (InStatement & { readonly what: 'effect' | 'action' | 'resource' | 'operator' })
  | (InStatement & { readonly what: 'condition key'; readonly operator: string })
  | (InStatement & { readonly what: 'condition value'; readonly operator: string; readonly key: string })
  | (InStatement & {
      readonly what: 'principal';
      /** `Service`; undefined for the whole element. */ readonly kind: string | undefined;
    })
  | (InStatement & { readonly what: 'principal kind' });

/**
 * The spot of the mark in one of some policies; undefined outside of policies, or if there are no completions for it.
 */
export function spotIn(policies: readonly PolicyDocument[]): Spot | undefined {
  for (const policy of policies) {
    for (const leaf of objects(policy.value)) {
      if (leaf.entries.some(({ key }) => isMark(key))) return { what: 'policy element', policy, has: keysOf(leaf) };
      const version = member(leaf, 'Version');
      if (holdsMark(version)) return { what: 'version', policy, has: keysOf(leaf) };
    }
    for (const statement of policy.statements) {
      const spot = inStatement(policy, statement);
      if (spot) return spot;
    }
  }
  return undefined;
}

function inStatement(policy: PolicyDocument, statement: Statement): Spot | undefined {
  const place = { policy, statement };
  // A single scalar in an item becomes the key of an element.
  if (leaves(statement.value).some(({ value }) => isMarkText(value)))
    return { what: 'statement element', ...place, has: [] };
  for (const leaf of objects(statement.value))
    if (leaf.entries.some(({ key }) => isMark(key))) return { what: 'statement element', ...place, has: keysOf(leaf) };
  if (holdsMark(statement.effect)) return { what: 'effect', ...place };
  if (listHoldsMark(statement.actions) || listHoldsMark(statement.notActions)) return { what: 'action', ...place };
  if (listHoldsMark(statement.resources) || listHoldsMark(statement.notResources))
    return { what: 'resource', ...place };
  return (
    inCondition(place, member(statement.value, 'Condition')) ??
    inPrincipal(place, statement.principals) ??
    inPrincipal(place, statement.notPrincipals)
  );
}

function inCondition(place: InStatement, block: Value): Spot | undefined {
  if (holdsMark(block)) return { what: 'operator', ...place };
  for (const operators of objects(block))
    for (const operator of operators.entries) {
      if (isMark(operator.key)) return { what: 'operator', ...place };
      if (holdsMark(operator.value)) return { what: 'condition key', ...place, operator: operator.key };
      for (const keys of objects(operator.value))
        for (const key of keys.entries) {
          if (isMark(key.key)) return { what: 'condition key', ...place, operator: operator.key };
          if (listHoldsMark(key.value))
            return { what: 'condition value', ...place, operator: operator.key, key: key.key };
        }
    }
  return undefined;
}

function inPrincipal(place: InStatement, principals: Value): Spot | undefined {
  if (holdsMark(principals)) return { what: 'principal', ...place, kind: undefined };
  for (const kinds of objects(principals))
    for (const kind of kinds.entries) {
      if (isMark(kind.key)) return { what: 'principal kind', ...place };
      if (listHoldsMark(kind.value)) return { what: 'principal', ...place, kind: kind.key };
    }
  return undefined;
}

/** The objects among the leaves of a value. */
function objects(value: Value): readonly (Leaf & { readonly state: 'object' })[] {
  return flatMap(leaves(value), ({ value: leaf }) => (leaf.state === 'object' ? [leaf] : []));
}

function keysOf({ entries }: Leaf & { readonly state: 'object' }): readonly string[] {
  return entries.map(({ key }) => key).filter((key) => !isMark(key));
}

/** Whether a string of a list contains the mark, or is an object that becomes a list. */
function listHoldsMark(value: Value): boolean {
  return itemsOf(value, true).items.some(
    (item) =>
      holdsMark(item.value) || objects(item.value).some(({ entries }) => entries.some(({ key }) => isMark(key))),
  );
}

function holdsMark(value: Value): boolean {
  return leaves(value).some(({ value: leaf }) => isMarkText(leaf));
}

function isMarkText(leaf: Leaf): boolean {
  return (
    (leaf.state === 'known' && isMark(leaf.raw)) ||
    (leaf.state === 'template' && leaf.pieces.some((piece) => typeof piece === 'string' && isMark(piece)))
  );
}

function isMark(text: string): boolean {
  return text.includes(MARK);
}
