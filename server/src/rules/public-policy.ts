/** The reports about resource policies that allow public access. */
import { capital, lowerFirst, some } from '../base/words.ts';
import type { Fix } from '../model/edit.ts';
import { all, every, is, isPresent, type Judgement } from '../model/judgement.ts';
import { itemsOf } from '../model/navigate.ts';
import type { PolicyDocument, Statement } from '../model/policy.ts';
import { text } from '../model/predicate.ts';
import type { Stack } from '../model/resource.ts';
import type { Leaf } from '../model/value.ts';
import { knownPrincipals } from '../policy/principal/known-principals.ts';
import { publicGrants, type PublicGrant } from '../policy/principal/public-grant.ts';
import { namesAction } from '../policy/resource/statement-names.ts';
import { isNarrowingKey } from '../policy/condition/condition-key.ts';
import { weakCondition } from '../policy/condition/weak-condition.ts';
import type { Report } from './rule.ts';

/** The words and actions of a kind of resource whose policy can allow public access. */
export interface ResourceProfile {
  /** The name of the policy or its resource in a sentence: `queue policy`. */
  readonly what: string;
  /** The public: anyone, or any AWS account where the service requires credentials. */
  readonly who: string;
  /** The actions that matter most, in lower case, each with a verb and its object: `receive`, `messages`. */
  readonly actions: readonly (readonly [action: string, verb: string, object: string])[];
  /** Set where one of the actions changes the policy, so that all of them together are full access. */
  readonly control?: true;
  /** Actions that only read the settings of the resource, in lower case. */
  readonly readsSettings: RegExp;
  /** The condition keys that restrict the statement other than by its principals. */
  readonly narrow: string;
}

/** A public grant, and its effect. */
export interface PublicGrantReport extends PublicGrant {
  /** What it allows the public to do: `to send and receive messages`. */
  readonly does: string;
  /** Whether it allows reading the settings and nothing else. */
  readonly readsSettings: Judgement;
  /** The fixes that name known principals instead. */
  readonly fixes: (star: Leaf) => readonly Fix[];
}

/** The public grants of a policy. */
export function publicGrantReports(
  policy: PolicyDocument,
  stack: Stack,
  profile: ResourceProfile,
): readonly PublicGrantReport[] {
  return publicGrants(policy)
    .filter(({ open }) => !open.no.isAlways())
    .map((grant): PublicGrantReport => ({
      ...grant,
      does: effectOf(grant.statement, profile),
      readsSettings: onlyReadsSettings(grant.statement, profile.readsSettings),
      fixes: (star) => knownPrincipals(policy, grant.statement, star, stack),
    }));
}

/** What a statement allows the public to do, with at most three verbs: `to read, write and delete documents`. */
function effectOf(statement: Statement, { actions, control }: ResourceProfile): string {
  const allowed = actions.filter(([action]) => namesAction(statement, action).yes.isAlways());
  if (control && allowed.length === actions.length) return 'full access';
  const verbs = new Map<string, string[]>();
  for (const [, verb, object] of allowed.slice(0, MOST_VERBS)) verbs.set(object, [...(verbs.get(object) ?? []), verb]);
  const more = allowed.length - MOST_VERBS;
  const phrases = [...verbs].map(([object, them]) => `${some(them)} ${object}`);
  const others = more > 0 ? ` (and ${more} more ${more === 1 ? 'action' : 'actions'})` : '';
  return `to ${some(phrases) || 'use it'}${others}`;
}

const MOST_VERBS = 3;

/**
 * The reports about the public grants of a policy.
 * @param instead Fixes in place of those for known principals, given the statement, the wildcard and these.
 */
export function* publicAccessReports(
  policy: PolicyDocument,
  stack: Stack,
  profile: ResourceProfile,
  instead?: (statement: Statement, star: Leaf, known: readonly Fix[]) => readonly Fix[],
): Iterable<Report> {
  const { displayName } = policy.host;
  for (const grant of publicGrantReports(policy, stack, profile)) {
    const own: PublicGrantReport = instead
      ? { ...grant, fixes: (star) => instead(grant.statement, star, grant.fixes(star)) }
      : grant;
    // Of several findings at one place the first that is certain is kept.
    yield settingsReport(own, profile, displayName);
    yield accessReport(own, profile, displayName);
  }
}

/** The report about a public grant that only allows reading the settings of the resource. */
export function settingsReport(
  { open, at, readsSettings, fixes }: PublicGrantReport,
  { what, who }: ResourceProfile,
  name: string,
): Report {
  return {
    violations: [{ wrong: all(open, readsSettings), at }],
    fixes,
    severity: 'low',
    profile: 'strict',
    message: `The ${what} ${name} allows ${who} to read its settings. Specify the principals.`,
  };
}

/** The report about a public grant of actions that matter. */
export function accessReport(
  { statement, open, at, does, fixes }: PublicGrantReport,
  { what, who, narrow }: ResourceProfile,
  name: string,
): Report {
  return {
    violations: [{ wrong: open, at }],
    fixes,
    message: `The ${what} ${name} ${grants(who, does)}. ${adviceOn(statement, narrow)}`,
  };
}

/** The predicate of a sentence about a policy: `allows anyone to send messages`, `grants full access to anyone`. */
export function grants(who: string, does: string): string {
  return does.startsWith('to ') ? `allows ${who} ${does}` : `grants ${does} to ${who}`;
}

/** What a message advises on a public statement, as a sentence: to correct a weak condition, else to specify principals or to add a condition on some keys. */
function adviceOn(statement: Statement, keys: string): string {
  const weak = weakCondition(statement, isNarrowingKey);
  if (weak) return `${capital(weak.because)}; ${lowerFirst(weak.remedy)}.`;
  return statement.conditions.some(({ when }) => when.yes.satisfiable())
    ? `Its conditions do not identify the caller; specify the principals, or add ${keys}.`
    : `Specify the principals, or add a condition on ${keys}.`;
}

function onlyReadsSettings({ actions }: Statement, readsSettings: RegExp): Judgement {
  return all(
    isPresent(actions),
    every(itemsOf(actions, true), (action) =>
      is(
        action.value,
        text((name) => readsSettings.test(name.toLowerCase())),
      ),
    ),
  );
}
