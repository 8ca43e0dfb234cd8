import { bothTruths, type Truth } from '../../base/guard.ts';
import { mergedCovered, type WrittenCovered } from '../../model/covered.ts';
import { all, is, judge, judgement, not } from '../../model/judgement.ts';
import { nameShown, namedValuesIn, type NamedValue } from '../../model/named-value.ts';
import { secretUnder } from '../../model/named-secret.ts';
import { leaves, member } from '../../model/navigate.ts';
import { oneOf } from '../../model/predicate.ts';
import type { Resource } from '../../model/resource.ts';
import { defineRule, type AnyRule, type Report } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import { listsOn, foundValuesAt } from './items.ts';
import { BY_FORMAT, coveredAt, coveredBy, metadataOf, type FormFacts } from './metadata.ts';
import { namedSecretFixes, type FixableCarrier } from './named-secret-fixes.ts';
import { placesByType, readsIn } from './place.ts';

/**
 * A property with named values: an object, or a list of objects with a name and a value. In its path, `[]` follows
 * lists.
 */
export interface Carrier<Path extends string = string> extends FixableCarrier, WrittenCovered {
  readonly path: Path;
  /** For a list, the members with the name and the value of an item. */
  readonly members?: readonly [name: string, value: string];
  /** Items with this member and value refer to a secret instead of containing one. */
  readonly unless?: { readonly member: string; readonly is: readonly string[] };
  /** What to do, without the end of the sentence: `Use Secrets with valueFrom`. A real secret must also be changed. */
  readonly advice: string;
  /** What is covered besides where the secret is an AWS access key. */
  readonly ofAws?: WrittenCovered;
}

type CarrierPath<Path extends string> = Path | `${Path}[]` | `${Path}.${string}`;
type Written<Path extends string> = Carrier<CarrierPath<Path>> | readonly Carrier<CarrierPath<Path>>[];

/** Named values, some of which hold credentials. */
export type NamedSecretRule<T extends ResourceType> = Omit<FormFacts, 'topic' | 'fix'> & {
  readonly carriers: { readonly [K in T]: Written<ResourcePaths[K]> };
  /** What holds the credential, for the message: `environment variable`. */
  readonly what: string;
  readonly remedy: string;
};

/**
 * Makes a rule from its data: a finding for a literal with the name or the format of a credential, of low severity for
 * a placeholder.
 */
export function namedSecretRule<T extends ResourceType>(data: NamedSecretRule<T>): AnyRule {
  const carriers = placesByType<Carrier>(data.carriers);
  const every = [...carriers.values()].flat();
  const covered = coveredBy(data, [...every, ...every.map(({ ofAws = {} }) => ofAws)]);
  return defineRule<T>({
    ...metadataOf(
      { subsumes: BY_FORMAT, topic: 'secrets', ...data, ...covered },
      { advice: data.remedy, fixable: true },
    ),
    on: 'resource',
    reads: readsIn(carriers, ({ path, fromStore }) => [
      path,
      ...listsOn(path),
      ...(fromStore && 'list' in fromStore ? [`${path.slice(0, path.lastIndexOf('.'))}.${fromStore.list}`] : []),
      ...(fromStore?.role === undefined ? [] : [fromStore.role]),
    ]) as never,
    *check(subject) {
      const resource = subject as Resource;
      for (const carrier of carriers.get(resource.type)!)
        for (const { value, when } of foundValuesAt(resource, carrier.path))
          for (const named of namedValuesIn(value, carrier.members))
            yield* reports(resource, carrier, named, when, data);
    },
  });
}

function* reports(
  resource: Resource,
  carrier: Carrier,
  named: NamedValue,
  where: Truth,
  data: WrittenCovered & Pick<NamedSecretRule<never>, 'what'>,
): Iterable<Report> {
  const { what } = data;
  const { name, value, item, when } = named;
  const { unless } = carrier;
  const refers = unless && item ? is(member(item, unless.member), oneOf(...unless.is)) : undefined;
  for (const { value: leaf } of leaves(value)) {
    const secret = secretUnder(name, leaf);
    if (!secret) continue;
    const { example, aws, text } = secret;
    const advice = aws ? 'Use the role of the resource' : carrier.advice;
    const renewal = aws ? 'deactivate the key in IAM' : 'change it';
    const covered = mergedCovered([coveredAt(data, carrier), (aws && carrier.ofAws) || {}]);
    yield {
      violations: [
        {
          wrong: all(
            judge(value, (one) => one === leaf),
            judgement(bothTruths(when, where)),
            ...(refers ? [not(refers)] : []),
          ),
          at: value,
          part: text,
          ...covered,
        },
      ],
      ...(example ? { severity: 'low', profile: 'strict' } : aws ? { severity: 'critical' } : {}),
      message: example
        ? `${resource.displayName} has a placeholder in the ${what}${nameShown(name)}. ${advice}.`
        : `${resource.displayName} has a secret in the ${what}${nameShown(name)}. ${advice}, and ${renewal}.`,
      fixes: () => namedSecretFixes(resource, carrier, named, leaf),
    };
  }
}
