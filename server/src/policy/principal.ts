/**
 * Whom a statement names. `"*"` and `{"AWS": "*"}` mean everybody, with credentials or without; a star under `Service` or `Federated` does
 * not, and neither does a star in a part of an ARN, which AWS refuses.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { all, any, exists, is, isPresent, judgement, type Judgement, type Predicate } from '../model/judgement.ts';
import { absentFrom, itemsOf, mapLeaves, member, type Items } from '../model/navigate.ts';
import type { Statement } from '../model/policy.ts';
import { oneOf, text } from '../model/predicate.ts';
import type { Value } from '../model/value.ts';

/** One principal that lets everybody in. */
export interface Opening {
  /** The star itself, or what `NotPrincipal` names. */
  readonly at: Value;
  /** Where it stands for everybody. */
  readonly everybody: Judgement;
}

/** The star for everybody. A reference and a text with something put into it name somebody. */
export const STAR: Predicate = { ...text((principal) => principal === '*', ['*']), text: () => false, reference: () => false };

/** The principals of a statement that mean everybody. To allow all but some (`NotPrincipal`) is to allow everybody. */
export function openings(statement: Statement): readonly Opening[] {
  const { principals, notPrincipals } = statement;
  return [
    { at: principals, everybody: is(principals, STAR) },
    ...accounts(principals).items.map((item) => ({ at: item.value, everybody: all(judgement(item.when), is(item.value, STAR)) })),
    { at: notPrincipals, everybody: all(is(statement.effect, oneOf('Allow')), isPresent(notPrincipals)) },
  ];
}

/** Whether a `Principal` element names everybody. */
export function namesEverybody(principals: Value): Judgement {
  return any(is(principals, STAR), exists(accounts(principals), (item) => is(item.value, STAR)));
}

/** What stands under `AWS` where a `Principal` element is an object. */
function accounts(principals: Value): Items {
  return itemsOf(member(mapLeaves(principals, (leaf) => leaf.state === 'object' ? leaf : absentFrom(leaf)), 'AWS'), true);
}
