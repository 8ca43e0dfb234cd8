/** Whether clients must use TLS, as resource policies and parameter groups state it. */
import { flatMap } from '../../base/flat-map.ts';
import { sameSpan, within } from '../../base/span.ts';
import { ownEntry } from '../../base/table.ts';
import { all, any, is, isPresent, judgement } from '../../model/judgement.ts';
import { itemsOf, leaves, member, membersOf } from '../../model/navigate.ts';
import { oneOfIgnoringCase } from '../../model/predicate.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Resource } from '../../model/resource.ts';
import { shown } from '../../model/shown.ts';
import type { Value } from '../../model/value.ts';
import { deniesPlainHttp } from '../../policy/principal/secure-transport.ts';
import type { CardContext, Piece } from '../card-context.ts';
import { findingAt } from '../property-pieces.ts';

/** The actions that carry data, and the relation to the policies, by type. */
const CARRYING: Readonly<Record<string, { readonly actions: readonly string[]; readonly policies: RelationKind }>> = {
  'AWS::S3::Bucket': { actions: ['s3:getobject', 's3:putobject'], policies: 'bucket-policy' },
  'AWS::SQS::Queue': { actions: ['sqs:sendmessage', 'sqs:receivemessage'], policies: 'queue-policies' },
  'AWS::SNS::Topic': { actions: ['sns:publish'], policies: 'topic-policies' },
};

/** Whether the policies of a bucket, queue or topic deny requests without TLS. */
export function tlsPolicy(here: CardContext): readonly Piece[] {
  const { resource } = here;
  const carrying = ownEntry(CARRYING, resource.type);
  if (!carrying) return [];
  const related = resource.related(carrying.policies);
  const documents = [
    ...resource.policies().documents,
    ...flatMap(related.edges, (edge) => edge.resource.policies().documents),
  ];
  const denies = any(
    ...documents.map((policy) => all(judgement(policy.seen), deniesPlainHttp(policy, carrying.actions))),
  );
  const hosts = flatMap([resource, ...documents.map(({ host }) => host)], ({ parts }) => parts);
  if (denies.yes.holdsByDefault()) return [{ text: 'TLS required by its policy', cite: [], status: 'neutral' }];
  if (!denies.no.holdsByDefault() || !related.complete.yes.holdsByDefault()) return [];
  const found = here
    .findingsIn(flatMap(hosts, ({ doc, range, nameAt }) => [{ ...range, doc }, nameAt]))
    .find(
      ({ rule, at, certainty, suppressed }) =>
        certainty === 'certain' &&
        !suppressed &&
        rule.endsWith('-policy-secure-transport') &&
        hosts.some(({ doc, range, nameAt }) => (doc === at.doc && within(at, range)) || sameSpan(at, nameAt)),
    );
  return [
    {
      text: `no policy denies HTTP requests${found ? ` (${found.rule})` : ''}`,
      cite: [],
      status: found ? 'wrong' : undefined,
    },
  ];
}

/** The parameters that require TLS, and the values that turn it off. */
const PARAMETERS: readonly string[] = [
  'rds.force_ssl',
  'require_secure_transport',
  'require_ssl',
  'tls',
  'neptune_enforce_ssl',
];
const OFF = oneOfIgnoringCase('0', 'off', 'false', 'disabled');

/** Whether the parameter group of a database requires TLS. */
export function tlsParameter(here: CardContext): readonly Piece[] {
  const groups = here.resource.related('parameter-group').edges.map(({ resource }) => resource);
  return flatMap(groups, (group) =>
    flatMap(parametersOf(group), ({ name, value }): readonly Piece[] => {
      if (!isPresent(value).yes.holdsByDefault()) return [];
      const all = leaves(value);
      const { value: leaf } = all.find(({ guard }) => guard.holdsByDefault()) ?? all[0]!;
      const found = findingAt(here, group, 'Parameters', leaf, value);
      const off = is(leaf, OFF);
      const setting = `${name} is ${shown(leaf)} in ${group.displayName}`;
      if (!off.yes.isAlways() && !off.no.isAlways())
        return [
          {
            text: `whether TLS is required is not known here (${name} in ${group.displayName})`,
            cite: [],
            status: 'neutral',
          },
        ];
      return [
        {
          text: `${off.yes.isAlways() ? 'TLS not required' : 'TLS required'} (${setting})${found && !found.suppressed ? ` (${found.rule})` : ''}`,
          cite: [],
          status: found && !found.suppressed ? 'wrong' : off.yes.isAlways() ? undefined : 'neutral',
        },
      ];
    }),
  );
}

interface Parameter {
  readonly name: string;
  readonly value: Value;
}

/** The parameters about TLS that a group sets: a map, or a list of names and values. */
function parametersOf(group: Resource): readonly Parameter[] {
  const parameters = group.get('Parameters');
  const listed = flatMap(itemsOf(parameters).items, ({ value }) => {
    const name = shown(member(value, 'ParameterName'));
    return PARAMETERS.includes(name) ? [{ name, value: member(value, 'ParameterValue') }] : [];
  });
  const mapped = flatMap(membersOf(parameters), ({ key, value }) =>
    PARAMETERS.includes(key) ? [{ name: key, value }] : [],
  );
  return [...listed, ...mapped];
}
