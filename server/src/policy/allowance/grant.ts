/** Where policies and statements grant permissions to the identity that they are attached to. */
import { memoize } from '../../base/memoize.ts';
import { all, exists, is, judgement, NO, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { oneOf } from '../../model/predicate.ts';
import { EVERY_RESOURCE } from '../resource/resource-pattern.ts';

/**
 * Where a policy grants permissions to an identity. Boundaries, SCPs, RCPs, VPC endpoint policies and session policies
 * only limit permissions; resource-based policies and trust policies grant access to principals.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html
 */
export function grantsToIdentity(policy: PolicyDocument): Judgement {
  return policy.kind === 'identity' || policy.kind === 'permission-set' ? granting(policy) : NO;
}

/** Memoized, because it is evaluated for each statement of a policy. */
const granting = memoize(({ statements, when: there }: PolicyDocument): Judgement =>
  statements.some(deniesEverything) ? NO : judgement(there),
);

/**
 * Whether a statement denies all actions on all resources in every scenario. Other statements then grant nothing,
 * because an explicit deny overrides any allow.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html
 */
function deniesEverything(statement: Statement): boolean {
  return isAboutEverything(statement, 'Deny');
}

/**
 * Whether a policy allows all actions on all resources and denies nothing in every scenario. As a boundary, it limits
 * nothing.
 */
export function allowsEverything({ when: there, statements, complete }: PolicyDocument): boolean {
  return (
    there.yes.isAlways() &&
    complete.yes.isAlways() &&
    statements.some((statement) => isAboutEverything(statement, 'Allow')) &&
    statements.every(({ effect }) => is(effect, oneOf('Deny')).no.isAlways())
  );
}

const EFFECTS = { Allow: oneOf('Allow'), Deny: oneOf('Deny') };

function isAboutEverything(
  { effect, when, conditions, conditionsComplete, actions, resources }: Statement,
  expected: 'Allow' | 'Deny',
): boolean {
  const isEffect = is(effect, EFFECTS[expected]);
  if (!isEffect.yes.isAlways() || conditions.length > 0 || !conditionsComplete.yes.isAlways()) return false;
  return all(
    judgement(when),
    isEffect,
    exists(itemsOf(actions, true), (action) => all(judgement(action.when), is(action.value, oneOf('*')))),
    exists(itemsOf(resources, true), (resource) => all(judgement(resource.when), is(resource.value, EVERY_RESOURCE))),
  ).yes.isAlways();
}
