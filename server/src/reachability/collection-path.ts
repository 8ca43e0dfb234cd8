/**
 * Paths to the collections of Amazon OpenSearch Serverless, which network policies open by the names of collections.
 */
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import { all, is, judgement, type Judgement } from '../model/judgement.ts';
import { itemsOfProperty, leaves, member } from '../model/navigate.ts';
import { isTrue, oneOf } from '../model/predicate.ts';
import { never } from '../model/quantified.ts';
import type { Resource, Stack } from '../model/resource.ts';
import { resourcesOfTypes } from '../model/resources-of-type.ts';
import type { Value } from '../model/value.ts';
import type { AccessPath } from './access-path.ts';
import { jsonValueOf } from './json-value.ts';
import { comparableText, fitsName, nameIs } from './name-pattern.ts';

/** The endpoints of a collection, by the type that network policies give them, with what passes. */
const ENDPOINTS = { collection: 'HTTPS requests', dashboard: 'HTTPS requests to OpenSearch Dashboards' } as const;

/** A pattern of collection names in a network policy. */
interface NetworkRule {
  readonly policy: Resource;
  readonly endpoint: keyof typeof ENDPOINTS;
  readonly pattern: Value;
  /** Whether it applies, the pattern aside. */
  readonly applies: Judgement;
  readonly allowsPublic: Value;
}

/** The longest start of names that is looked up. Names of collections have at most 32 characters. */
const LONGEST_START = 200;

/** The maximum number of rules that are compared with a collection. */
const MOST_RULES = 16;

/**
 * The paths to a collection by the network policies that apply to it. A rule for public access overrides others.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-network.html
 */
export function collectionPathsTo(collection: Resource, stack: Stack): readonly AccessPath[] {
  if (collection.type !== 'AWS::OpenSearchServerless::Collection') return [];
  return flatMap(rulesFor(collection, stack), (rule): readonly AccessPath[] => {
    const { policy, endpoint, allowsPublic } = rule;
    const applies = all(rule.applies, fitsName(rule.pattern, collection.get('Name'), PREFIX));
    if (never(applies)) return [];
    const open = all(applies, is(allowsPublic, isTrue));
    const name = `${endpoint === 'dashboard' ? 'OpenSearch Dashboards of ' : ''}${collection.displayName}`;
    const step = {
      resource: policy,
      text: never(open)
        ? `${policy.displayName} allows no access to ${name} from public networks`
        : `${policy.displayName} allows access to ${name} from public networks`,
      at: allowsPublic.state === 'absent' ? policy.get('Policy') : allowsPublic,
      open,
      missing: `whether ${policy.displayName} allows access to ${name} from public networks`,
    };
    // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html
    const limits = ['the permission of a data access policy'];
    return [{ from: 'internet', to: collection, steps: [step], traffic: ENDPOINTS[endpoint], limits }];
  });
}

/** What precedes the name of a collection in a policy. */
const PREFIX = 'collection/';

/** The rules that can apply to a collection, by its possible names. */
function rulesFor(collection: Resource, stack: Stack): readonly NetworkRule[] {
  const { all: every, byText, others } = rulesOf(stack);
  const names = leaves(collection.get('Name')).map(({ value }) => comparableText(value));
  if (names.includes(undefined)) return every.slice(0, MOST_RULES);
  const found = flatMap(names, (name) => {
    const text = `${PREFIX}${name!}`;
    const starts = Array.from(
      { length: Math.min(text.length, LONGEST_START) + 1 },
      (_, end) => `${text.slice(0, end)}*`,
    );
    return flatMap([text, ...starts], (one) => byText.get(one)?.slice(0, MOST_RULES) ?? []);
  });
  return publicFirst([...new Set([...found, ...others.slice(0, MOST_RULES)])]).slice(0, MOST_RULES);
}

/** Rules, first those that can allow public access: of many, the others are left out. */
function publicFirst(rules: readonly NetworkRule[]): readonly NetworkRule[] {
  const isClosed = ({ allowsPublic }: NetworkRule): boolean => never(is(allowsPublic, isTrue));
  return [...rules.filter((rule) => !isClosed(rule)), ...rules.filter(isClosed)];
}

/** The rules of a stack, by the texts of their patterns; those with other texts can apply to any name. */
const rulesOf = memoize((stack: Stack) => {
  const every = publicFirst(flatMap(resourcesOfTypes(stack, ['AWS::OpenSearchServerless::SecurityPolicy']), rulesIn));
  const byText = new Map<string, NetworkRule[]>();
  const others: NetworkRule[] = [];
  for (const rule of every)
    for (const { value } of leaves(rule.pattern)) {
      const text = comparableText(value);
      if (text === undefined || nameIs(text) === 'unclear') others.push(rule);
      else if (!byText.get(text)?.push(rule)) byText.set(text, [rule]);
    }
  return { all: every, byText, others };
});

/** The rules of a network policy: a list of objects with rules, or JSON text of it. */
function rulesIn(policy: Resource): readonly NetworkRule[] {
  const isNetwork = all(judgement(policy.when), is(policy.get('Type'), oneOf('network')));
  if (never(isNetwork)) return [];
  return flatMap(itemsOfProperty(jsonValueOf(policy.get('Policy'))).items, (entry) =>
    flatMap(itemsOfProperty(member(entry.value, 'Rules')).items, (rule) =>
      flatMap(itemsOfProperty(member(rule.value, 'Resource')).items, (pattern) =>
        (['collection', 'dashboard'] as const)
          .map((endpoint) => ({
            policy,
            endpoint,
            pattern: pattern.value,
            applies: all(
              isNetwork,
              ...[entry, rule, pattern].map(({ when }) => judgement(when)),
              is(member(rule.value, 'ResourceType'), oneOf(endpoint)),
            ),
            allowsPublic: member(entry.value, 'AllowFromPublic'),
          }))
          .filter(({ applies }) => !never(applies)),
      ),
    ),
  );
}
