/**
 * Policies that can limit or allow access and are not evaluated for each principal: policies of an organization and of
 * VPC endpoints, access points and access grants of a bucket.
 */
import { flatMap } from '../../base/flat-map.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { resourcesOfTypes } from '../../model/resources-of-type.ts';
import { leaves } from '../../model/navigate.ts';
import { actionEntriesIn } from '../allowance/granted.ts';
import { namesAnyPrincipal } from '../principal/principal.ts';
import type { AccessUnknown } from './access.ts';
import type { AccessQuery } from './access-query.ts';

/** The grants of S3 Access Grants, which have a scope of their own. */
const ACCESS_GRANTS: ReadonlySet<string> = new Set(['AWS::S3::AccessGrant']);

/** What can limit or allow access to a resource besides what is evaluated. */
export function otherLimits(
  queries: readonly AccessQuery[],
  resource: Resource,
  stack: Stack,
): readonly AccessUnknown[] {
  const endpoints = stack.policies.filter((policy) => policy.kind === 'endpoint' && isOfService(policy, queries));
  return [
    ...stack.policies
      .filter(
        (policy) => (policy.kind === 'scp' || policy.kind === 'rcp') && queries.some((one) => denies(policy, one)),
      )
      .map((policy): AccessUnknown => ({ kind: 'organization-policy', policy })),
    ...endpoints
      .filter((policy) => queries.some((one) => denies(policy, one) || !allowsAll(policy, one)))
      .map((policy): AccessUnknown => ({ kind: 'endpoint-policy', policy })),
    ...(resource.type === 'AWS::S3::Bucket' ? throughOthers(resource, stack) : []),
  ];
}

/** The access points of a bucket, and the grants of S3 Access Grants, which can be about its objects. */
function throughOthers(bucket: Resource, stack: Stack): readonly AccessUnknown[] {
  return [
    ...bucket
      .related('access-points')
      .edges.filter(({ when, resource }) => when.yes.satisfiable() && resource.policies().documents.length > 0)
      .map(({ resource }): AccessUnknown => ({ kind: 'access-point', resource })),
    ...resourcesOfTypes(stack, ACCESS_GRANTS).map((resource): AccessUnknown => ({ kind: 'access-grant', resource })),
  ];
}

/** Whether a policy has a Deny statement about an action on a resource. */
function denies(policy: PolicyDocument, { actions, addressing, index }: AccessQuery): boolean {
  return [...actionEntriesIn(policy, index).denying].some(([action, entries]) =>
    entries.some(
      ({ statement, named }) =>
        !named.no.isAlways() && !addressing.meets(statement, actions.get(action)!.types).no.isAlways(),
    ),
  );
}

/** Whether an endpoint policy allows anyone every action on a resource, as the default policy does. */
function allowsAll(policy: PolicyDocument, { actions, addressing, index }: AccessQuery): boolean {
  const { allowing } = actionEntriesIn(policy, index);
  return [...actions.values()].every(({ action, types }) =>
    (allowing.get(action) ?? []).some(
      ({ statement, named }) =>
        named.yes.isAlways() &&
        statement.conditions.length === 0 &&
        namesAnyPrincipal(statement.principals).yes.isAlways() &&
        addressing.covers(statement, types).yes.isAlways(),
    ),
  );
}

/** Whether the endpoint of a policy is one of the service: `com.amazonaws.eu-west-1.s3`. */
function isOfService({ host }: PolicyDocument, queries: readonly AccessQuery[]): boolean {
  const services = new Set(flatMap(queries, ({ actions }) => [...actions.keys()].map((name) => name.split(':')[0]!)));
  return leaves(host.get('ServiceName')).some(({ value }) => {
    const text =
      value.state === 'known' ? value.raw : value.state === 'template' ? String(value.pieces.at(-1)) : undefined;
    return text !== undefined && services.has(text.split('.').at(-1)!);
  });
}
