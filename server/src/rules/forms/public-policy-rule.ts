/** The form of rules against resource policies that allow public access. */
import { aliasesByTool } from '../../model/covered.ts';
import { ownEntry } from '../../base/table.ts';
import { capital, lowerFirst, some } from '../../base/words.ts';
import type { Fix } from '../../model/edit.ts';
import type { Profile, Severity } from '../../model/finding.ts';
import { all, every, is, isPresent, not, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import { always, never, sometimes } from '../../model/quantified.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { text } from '../../model/predicate.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Stack } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import { withSenders } from '../../policy/allowance/senders.ts';
import { isNarrowingKey } from '../../policy/condition/condition-key.ts';
import { weakCondition } from '../../policy/condition/weak-condition.ts';
import { knownPrincipals } from '../../policy/principal/known-principals.ts';
import { publicGrants } from '../../policy/principal/public-grant.ts';
import { namesAction } from '../../policy/resource/statement-names.ts';
import { notPrincipalPeers } from '../not-principal-peers.ts';
import { defineRule, type AnyRule, type Report } from '../rule.ts';
import { exposureBy, verbsOf } from './exposure.ts';
import { coveredBy, metadataOf, type FormFacts } from './metadata.ts';
import { meetsAll, meetsAny, type Tests } from './test.ts';
import { decidedByGrant } from '../iam/decided-by.ts';

/** A resource policy that should not allow public access. */
export type PublicPolicyRule = Omit<FormFacts, 'topic' | 'fix' | 'subsumes'> & {
  /** The service of the policy: `sqs`. */
  readonly service: string;
  /**
   * The name of the policy or its resource in a sentence: `queue policy`; by the type of its host where some differ.
   */
  readonly policy: string | { readonly [type: string]: string; readonly otherwise: string };
  /** The public: `anyone`, or `any AWS account` where the service requires credentials. */
  readonly who: string;
  /** The actions that matter most, in lower case, each with a verb and its object: `receive`, `messages`. */
  readonly actions: readonly (readonly [action: string, verb: string, object: string])[];
  /** Set where one of the actions changes the policy, so that all of them together are full access. */
  readonly control?: true;
  /** Actions that only read the settings of the resource, in lower case. */
  readonly readsSettings: RegExp;
  /** Set where public access to the settings is not reported. */
  readonly settings?: 'not reported';
  /** The condition keys that restrict the statement other than by its principals. */
  readonly narrow: string;
  /** The relation to the resources of the policy, if services send to them: a fix then names the service. */
  readonly senders?: RelationKind;
  /** Settings of the host with which a public policy is safe, where one of them is met. */
  readonly unless?: Tests;
  /** Settings of the host that limit public access, and the report about it there. */
  readonly limited?: Limit;
};

interface Limit {
  readonly where: Tests;
  readonly severity: Severity;
  readonly profile: Profile;
  /** Replaces that of the rule. */
  readonly who?: string;
  /** What to do, with `{setting}` for the first setting. */
  readonly advice: string;
  /** Set where the policy is wrong with either value, so that a finding is certain although the setting is unknown. */
  readonly eitherWay?: true;
}

/**
 * Makes a rule from its data: the message states what the policy allows the public to do, and the fixes name known
 * principals.
 */
export function publicPolicyRule(data: PublicPolicyRule): AnyRule {
  // A finding about Allow with NotPrincipal takes over the aliases of that rule.
  const facts = {
    ...data,
    topic: 'data-exposure',
    subsumes: ['iam-policy-not-principal'],
    ...coveredBy(data, [{ aliases: notPrincipalPeers(data.service) }]),
  } as const;
  const readsHost = data.unless !== undefined || data.limited !== undefined;
  return defineRule({
    ...metadataOf(facts, { advice: `Specify the principals, or add a condition on ${data.narrow}.`, fixable: true }),
    on: 'policy',
    kinds: ['resource'],
    needs: { statement: ['allow', 'any-principal'], attachedTo: [data.service] },
    ...(readsHost ? {} : { selfContained: true }),
    *check(policy, { stack }) {
      if (policy.service !== data.service) return;
      for (const grant of grantsOf(policy, stack, data)) yield* reportsOn(policy, grant, data);
    },
  });
}

/** A public grant, and its effect. */
interface Grant {
  readonly statement: Statement;
  /** The report without its message. */
  readonly report: Pick<Report, 'violations' | 'fixes' | 'decidedBy'>;
  readonly open: Judgement;
  /** What it allows the public to do: `to send and receive messages`. */
  readonly does: string;
}

function grantsOf(policy: PolicyDocument, stack: Stack, data: PublicPolicyRule): readonly Grant[] {
  const { senders, unless } = data;
  const safe = meetsAny((path) => policy.host.get(path), unless);
  return publicGrants(policy)
    .filter(({ open }) => !never(open))
    .map(({ statement, at, open: grants }) => {
      const open = all(grants, not(safe));
      const fixes = (wildcard: Leaf): readonly Fix[] => {
        const known = knownPrincipals(policy, statement, wildcard, stack);
        return senders ? withSenders(policy, statement, wildcard, senders, stack, known) : known;
      };
      return {
        statement,
        open,
        does: effectOf(statement, data),
        report: {
          violations: [{ wrong: open, at, aliases: aliasesByTool(data.aliases ?? {}) }],
          fixes,
          decidedBy: () => decidedByGrant(statement),
        },
      };
    });
}

/** The reports about a public grant. Of several findings at one place the first that is certain is kept. */
function* reportsOn(
  policy: PolicyDocument,
  { statement, report, open, does }: Grant,
  data: PublicPolicyRule,
): Iterable<Report> {
  const { host } = policy;
  const { who, limited } = data;
  const name = `The ${wordFor(host.type, data)} ${host.displayName}`;
  const [violation] = report.violations as readonly [Report['violations'][number]];
  const where = (wrong: Judgement): typeof report => ({ ...report, violations: [{ ...violation, wrong }] });
  const readsOnly = onlyReadsSettings(statement, data.readsSettings);
  const shared = (degree: string, principal: string, what: string, advice: string): Pick<Report, 'cause'> => ({
    cause: exposureBy(host, {
      degree,
      name: what,
      also: `${name} also ${grants(principal, what)}.`,
      message: (exposed, names) => `${exposed} ${grants(principal, allOf(names))}. ${advice}`,
    }),
  });
  const access = {
    message: `${name} ${grants(who, does)}. ${adviceOn(statement, data.narrow)}`,
    ...shared('open', who, does, `Specify the principals, or add a condition on ${data.narrow}.`),
  };
  const serious = data.settings === 'not reported' ? all(open, not(readsOnly)) : open;
  if (data.settings !== 'not reported')
    yield {
      ...where(all(open, readsOnly)),
      severity: 'low',
      profile: 'strict',
      message: `${name} allows ${who} to read its settings. Specify the principals.`,
      ...shared('settings', who, 'to read its settings', 'Specify the principals.'),
    };
  if (!limited) {
    yield { ...where(serious), ...access };
    return;
  }
  const limits = meetsAll((path) => host.get(path), limited.where);
  const limitedWho = limited.who ?? who;
  const limitedAdvice = limited.advice.replaceAll('{setting}', host.nativePath(Object.keys(limited.where)[0]!));
  yield { ...where(all(serious, not(limits))), ...access };
  yield {
    ...where(all(serious, limits)),
    severity: limited.severity,
    profile: limited.profile,
    message: `${name} ${grants(limitedWho, does)}. ${limitedAdvice}`,
    ...shared('limited', limitedWho, does, limitedAdvice),
  };
  if (limited.eitherWay) yield { ...where(serious), ...access };
}

/** What several grants allow together. */
function allOf(names: readonly string[]): string {
  return names.includes(FULL_ACCESS) ? FULL_ACCESS : verbsOf(names);
}

const FULL_ACCESS = 'full access';

function wordFor(type: string, { policy }: PublicPolicyRule): string {
  return typeof policy === 'string' ? policy : (ownEntry(policy, type) ?? policy.otherwise);
}

/** What a statement allows the public to do, with at most three verbs: `to read, write and delete documents`. */
function effectOf(statement: Statement, { actions, control }: PublicPolicyRule): string {
  const allowed = actions.filter(([action]) => always(namesAction(statement, action)));
  if (control && allowed.length === actions.length) return FULL_ACCESS;
  const verbs = new Map<string, string[]>();
  for (const [, verb, object] of allowed.slice(0, MOST_VERBS)) verbs.set(object, [...(verbs.get(object) ?? []), verb]);
  const more = allowed.length - MOST_VERBS;
  const phrases = [...verbs].map(([object, them]) => `${some(them)} ${object}`);
  const others = more > 0 ? ` (and ${more} more ${more === 1 ? 'action' : 'actions'})` : '';
  return `to ${some(phrases) || 'use it'}${others}`;
}

const MOST_VERBS = 3;

/** The predicate of a sentence about a policy: `allows anyone to send messages`, `grants full access to anyone`. */
function grants(who: string, does: string): string {
  return does.startsWith('to ') ? `allows ${who} ${does}` : `grants ${does} to ${who}`;
}

/**
 * What a message advises on a public statement, as a sentence: to correct a weak condition, else to specify principals
 * or to add a condition on some keys.
 */
function adviceOn(statement: Statement, keys: string): string {
  const weak = weakCondition(statement, isNarrowingKey);
  if (weak) return `${capital(weak.because)}; ${lowerFirst(weak.remedy)}.`;
  return statement.conditions.some(({ when }) => sometimes(when))
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
