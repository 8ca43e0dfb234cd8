/** What a listener requires of requests before it forwards them: conditions, and actions that authenticate users. */
import { flatMap } from '../base/flat-map.ts';
import { ADDRESS_FAMILIES } from '../model/all-addresses.ts';
import {
  all,
  any,
  exists,
  is,
  isPresent,
  judgement,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
  type Predicate,
} from '../model/judgement.ts';
import { itemsOfProperty, leaves } from '../model/navigate.ts';
import { oneOf } from '../model/predicate.ts';
import { always, never, sometimes } from '../model/quantified.ts';
import type { Properties, Resource } from '../model/resource.ts';
import { NOT_KNOWN, shown } from '../model/shown.ts';
import type { Value } from '../model/value.ts';
import { some } from '../base/words.ts';
import type { PathStep } from './access-path.ts';

/** A requirement of a listener. */
export interface Requirement {
  readonly step: PathStep;
  /** What callers need, as a noun phrase. */
  readonly limit?: string;
  /** The header that the requests must have. */
  readonly header?: string;
  /** Whether it is about the address of the sender, which is another one behind a distribution or an API. */
  readonly isAboutSource?: true;
}

/** The requirements of a listener, or of a rule of a listener. */
export function requirementsOf(listener: Resource, owner: Resource): readonly Requirement[] {
  return [...certificateOf(owner), ...conditionsOf(listener), ...authenticationOf(listener)];
}

/**
 * Mutual TLS, which only the mode verify enforces.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
 */
function certificateOf(listener: Resource): readonly Requirement[] {
  const mode = listener.get('MutualAuthentication.Mode');
  if (!sometimes(all(isPresent(mode), is(mode, oneOf('verify'))))) return [];
  const limit = 'a client certificate';
  return [{ step: requirement(listener, `${listener.displayName} requires ${limit}`, mode), limit }];
}

function requirement(resource: Resource, text: string, at: Value, open: Judgement = YES, missing?: string): PathStep {
  return { resource, text, at, open, ...(missing === undefined ? {} : { missing }) };
}

/** The maximum number of address ranges that a step names. */
const MOST_RANGES = 2;

/**
 * The conditions of a rule on addresses and headers. Others, such as those on paths and hosts, anyone can meet.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
function conditionsOf(rule: Resource): readonly Requirement[] {
  if (rule.type !== 'AWS::ElasticLoadBalancingV2::ListenerRule') return [];
  return flatMap(rule.each('Conditions').items, (condition) => {
    const there = judgement(condition.when);
    return [...sourceCondition(rule, condition, there), ...headerCondition(rule, condition, there)];
  });
}

function sourceCondition(rule: Resource, condition: Properties, there: Judgement): readonly Requirement[] {
  const values = condition.get('SourceIpConfig.Values');
  const isSet = all(there, isPresent(values));
  const open = any(not(isSet), containsAll(values));
  if (never(isSet) || always(open)) return [];
  const ranges = itemsOfProperty(values)
    .items.map(({ value }) => shown(value))
    .filter((range) => range !== NOT_KNOWN);
  const from = ranges.length === 0 ? 'some addresses' : some(ranges, MOST_RANGES);
  const { displayName } = rule;
  const missing = `from which addresses ${displayName} forwards requests`;
  return [
    {
      step: requirement(rule, `${displayName} only forwards requests from ${from}`, values, open, missing),
      isAboutSource: true,
    },
  ];
}

/** Whether some of the ranges of a list are all addresses of a family, alone or as two halves. */
function containsAll(values: Value): Judgement {
  const ranges = itemsOfProperty(values);
  const has = (range: Predicate): Judgement => exists(ranges, ({ value }) => is(value, range));
  return any(...ADDRESS_FAMILIES.map(({ everyone, lower, upper }) => any(has(everyone), all(has(lower), has(upper)))));
}

function headerCondition(rule: Resource, condition: Properties, there: Judgement): readonly Requirement[] {
  const name = condition.get('HttpHeaderConfig.HttpHeaderName');
  if (never(all(there, isPresent(name))) || leaves(name).every(({ value }) => value.state === 'absent')) return [];
  const header = shown(name);
  const text = `${rule.displayName} only forwards requests with certain values of the header ${header}`;
  return [{ step: requirement(rule, text, name), limit: `the header ${header}`, header: header.toLowerCase() }];
}

/**
 * The actions that authenticate users, unless they let users through without it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
const SIGN_IN: readonly { readonly type: string; readonly config: string; readonly limit: string }[] = [
  { type: 'authenticate-cognito', config: 'AuthenticateCognitoConfig', limit: 'sign-in with Amazon Cognito' },
  { type: 'authenticate-oidc', config: 'AuthenticateOidcConfig', limit: 'sign-in with OpenID Connect' },
  { type: 'jwt-validation', config: 'JwtValidationConfig', limit: 'a JSON web token' },
];

function authenticationOf(listener: Resource): readonly Requirement[] {
  return flatMap(listener.each(actionsPath(listener)).items, (action) =>
    flatMap(SIGN_IN, ({ type, config, limit }): readonly Requirement[] => {
      const at = action.get('Type');
      const mode = action.get(`${config}.OnUnauthenticatedRequest`);
      const isRequired = all(
        judgement(action.when),
        is(at, oneOf(type)),
        not(all(isPresent(mode), is(mode, oneOf('allow')))),
      );
      if (!sometimes(isRequired)) return [];
      return [{ step: requirement(listener, `${listener.displayName} requires ${limit}`, at), limit }];
    }),
  );
}

/** The list of the actions of a listener, or of a rule of a listener. */
export function actionsPath({ type }: Resource): string {
  return type === 'AWS::ElasticLoadBalancingV2::ListenerRule' ? 'Actions' : 'DefaultActions';
}

/** The step of a requirement for requests that something else sends. */
export function stepBehind({ step, isAboutSource }: Requirement): PathStep {
  return isAboutSource ? { ...step, open: any(step.open, UNKNOWABLE) } : step;
}
