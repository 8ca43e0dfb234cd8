/** What rules say of policies of resources that let everybody in. */
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
import type { Report } from './rule.ts';

/** What everybody can do with a kind of resource whose policy lets them in. */
export interface Opened {
  /** What the policy is called in a sentence: `queue policy`. */
  readonly what: string;
  /** Whom it lets in: services that ask for credentials let in whoever has an account of AWS. */
  readonly who: string;
  /** The actions that matter most, in lower case, and what they do. */
  readonly deeds: readonly (readonly [action: string, does: string])[];
  /** Actions that only tell how the resource is set up, in lower case. */
  readonly looks: RegExp;
  /** How else the statement can be narrowed than by the principals. */
  readonly narrow: string;
}

/** A grant to everybody, and what can be said of it. */
export interface Told extends PublicGrant {
  /** What everybody can do by it: `send and receive messages`. */
  readonly does: string;
  /** Where it lets everybody look at the settings and nothing else. */
  readonly looks: Judgement;
  /** Whom it can let in instead. */
  readonly fixes: (star: Leaf) => readonly Fix[];
}

/** The grants of a policy to everybody. */
export function told(policy: PolicyDocument, stack: Stack, { deeds, looks }: Opened): readonly Told[] {
  return publicGrants(policy).filter(({ open }) => !open.no.isAlways()).map((grant): Told => ({
    ...grant,
    does: some(deeds.filter(([action]) => namesAction(grant.statement, action).yes.isAlways()).map(([, does]) => does), 3, 'and', 'more') || 'use it',
    looks: onlyLooks(grant.statement, looks),
    fixes: (star) => knownPrincipals(policy, grant.statement, star, stack),
  }));
}

/**
 * The reports about the grants of a policy to everybody.
 * @param instead Fixes that take the place of those that let in who is known, given the statement, the star and these.
 */
export function* lettingEverybodyIn(policy: PolicyDocument, stack: Stack, opened: Opened, instead?: (statement: Statement, star: Leaf, known: readonly Fix[]) => readonly Fix[]): Iterable<Report> {
  const { displayName } = policy.host;
  for (const grant of told(policy, stack, opened)) {
    const own: Told = instead ? { ...grant, fixes: (star) => instead(grant.statement, star, grant.fixes(star)) } : grant;
    // Of several findings at one place the first that is certain is kept.
    yield looking(own, opened, displayName);
    yield opening(own, opened, displayName);
  }
}

/** The report about a grant that only tells everybody how the resource is set up. */
export function looking({ open, at, looks, fixes }: Told, { what, who }: Opened, name: string): Report {
  return {
    faults: [{ wrong: all(open, looks), at }], fixes,
    severity: 'low', profile: 'strict',
    message: `The ${what} ${name} lets ${who} look at how it is set up, though not use it; name the principals.`,
  };
}

/** The report about a grant that lets everybody do what matters. */
export function opening({ open, at, does, fixes }: Told, { what, who, narrow }: Opened, name: string): Report {
  return {
    faults: [{ wrong: open, at }], fixes,
    message: `The ${what} ${name} lets ${who} ${does}; name the principals, or narrow the statement by ${narrow}.`,
  };
}

function onlyLooks({ actions }: Statement, looks: RegExp): Judgement {
  return all(isPresent(actions), every(itemsOf(actions, true), (action) => is(action.value, text((name) => looks.test(name.toLowerCase())))));
}
