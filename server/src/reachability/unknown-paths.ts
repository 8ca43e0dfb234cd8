/** The missing information about whether there are other paths to a resource than the known ones. */
import { always } from '../model/quantified.ts';
import type { RelationKind } from '../model/relation.ts';
import type { Resource } from '../model/resource.ts';
import { inboundRulesOf } from './opening.ts';
import { canHavePublicAddress } from './public-address.ts';

/** The relations that can be incomplete, with what is then missing. {name} is the resource. */
const RELATIONS: readonly (readonly [RelationKind, string])[] = [
  ['security-groups', 'which other security groups {name} has'],
  ['subnets', 'which other subnets {name} is in'],
];

/** What is missing, each as the end of a sentence. Nothing for a resource without a place in a network. */
export function missingAbout(resource: Resource): readonly string[] {
  const { displayName: name } = resource;
  const own = RELATIONS.filter(([kind]) => !always(resource.related(kind).complete)).map(([, text]) =>
    text.replace('{name}', () => name),
  );
  const groups = resource.related('security-groups').edges.map((edge) => edge.resource);
  const isUnplaced = canHavePublicAddress(resource) && groups.length === 0 && own.length === 0;
  return [
    ...(isUnplaced ? [`which security groups ${name} has`] : []),
    ...own,
    ...[...new Set(groups)]
      .filter(hasUnknownRules)
      .map((group) => `which other inbound rules ${group.displayName} has`),
  ];
}

/** Whether a security group can have other inbound rules, or some of them are not known to exist. */
function hasUnknownRules(group: Resource): boolean {
  return (
    group.external ||
    !always(group.each('SecurityGroupIngress').complete) ||
    !always(group.related('security-group-rules').complete) ||
    inboundRulesOf(group).some(({ when }) => !when.yes.satisfiable() && !when.no.isAlways())
  );
}
