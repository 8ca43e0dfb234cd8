/** What rules report about resource policies that allow public access. */
import { some } from '../base/words.ts';
import type { Fix } from '../model/edit.ts';
import { all, every, is, isPresent, type Judgement } from '../model/judgement.ts';
import { itemsOf } from '../model/navigate.ts';
import type { PolicyDocument, Statement } from '../model/policy.ts';
import { text } from '../model/predicate.ts';
import type { Stack } from '../model/resource.ts';
import type { Leaf } from '../model/value.ts';
import { knownPrincipals } from '../policy/known-principals.ts';
import { publicGrants, type PublicGrant } from '../policy/public-grant.ts';
import { namesAction } from '../policy/statement-names.ts';
import { adviceFor } from '../policy/weak-condition.ts';
import type { Report } from './rule.ts';

/** What anyone can do with a kind of resource whose policy allows public access. */
export interface ResourceProfile {
  /** What the policy is called in a sentence: `queue policy`. */
  readonly what: string;
  /** Who has access: anyone, or every AWS account where the service requires credentials. */
  readonly who: string;
  /** The actions that matter most, in lower case, and what they do. */
  readonly actions: readonly (readonly [action: string, does: string])[];
  /** Actions that only tell how the resource is set up, in lower case. */
  readonly looks: RegExp;
  /** How else the statement can be narrowed than by the principals. */
  readonly narrow: string;
}

/** A public grant, and what can be said of it. */
export interface PublicGrantReport extends PublicGrant {
  /** What anyone can do by it: `send and receive messages`. */
  readonly does: string;
  /** Where it allows reading the settings and nothing else. */
  readonly looks: Judgement;
  /** The fixes that name known principals instead. */
  readonly fixes: (star: Leaf) => readonly Fix[];
}

/** The public grants of a policy. */
export function publicGrantReports(
  policy: PolicyDocument,
  stack: Stack,
  { actions, looks }: ResourceProfile,
): readonly PublicGrantReport[] {
  return publicGrants(policy)
    .filter(({ open }) => !open.no.isAlways())
    .map((grant): PublicGrantReport => ({
      ...grant,
      does:
        some(
          actions.filter(([action]) => namesAction(grant.statement, action).yes.isAlways()).map(([, does]) => does),
          3,
          'and',
          'more',
        ) || 'use it',
      looks: onlyLooks(grant.statement, looks),
      fixes: (star) => knownPrincipals(policy, grant.statement, star, stack),
    }));
}

/**
 * The reports about the public grants of a policy.
 * @param instead Fixes that take the place of those for known principals, given the statement, the wildcard and these.
 */
export function* lettingEverybodyIn(
  policy: PolicyDocument,
  stack: Stack,
  opened: ResourceProfile,
  instead?: (statement: Statement, star: Leaf, known: readonly Fix[]) => readonly Fix[],
): Iterable<Report> {
  const { displayName } = policy.host;
  for (const grant of publicGrantReports(policy, stack, opened)) {
    const own: PublicGrantReport = instead
      ? { ...grant, fixes: (star) => instead(grant.statement, star, grant.fixes(star)) }
      : grant;
    // Of several findings at one place the first that is certain is kept.
    yield looking(own, opened, displayName);
    yield opening(own, opened, displayName);
  }
}

/** The report about a public grant that only shows the settings of the resource. */
export function looking(
  { open, at, looks, fixes }: PublicGrantReport,
  { what, who }: ResourceProfile,
  name: string,
): Report {
  return {
    violations: [{ wrong: all(open, looks), at }],
    fixes,
    severity: 'low',
    profile: 'strict',
    message: `The ${what} ${name} lets ${who} read its settings, but not use it. Name the principals.`,
  };
}

/** The report about a public grant of actions that matter. */
export function opening(
  { statement, open, at, does, fixes }: PublicGrantReport,
  { what, who, narrow }: ResourceProfile,
  name: string,
): Report {
  const { because, remedy } = adviceFor(statement, `Name the principals, or add a condition on ${narrow}`);
  return {
    violations: [{ wrong: open, at }],
    fixes,
    message: `The ${what} ${name} lets ${who} ${does}${because}. ${remedy}.`,
  };
}

function onlyLooks({ actions }: Statement, looks: RegExp): Judgement {
  return all(
    isPresent(actions),
    every(itemsOf(actions, true), (action) =>
      is(
        action.value,
        text((name) => looks.test(name.toLowerCase())),
      ),
    ),
  );
}
