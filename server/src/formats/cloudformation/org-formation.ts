/**
 * Templates of org-formation, which deploys each resource to the accounts and Regions that it is bound to. References may lead to accounts
 * and to resources of other accounts there, so that CloudFormation's rules for names do not apply, and not all is seen.
 * https://github.com/org-formation/org-formation-cli/blob/master/docs/cloudformation-resources.md
 */
import { plainText } from './call.ts';
import { valueOf, type Node } from '../../syntax/tree.ts';

/** The format version of such a template. */
export const ORG_FORMATION_VERSION = '2010-09-09-OC';

/**
 * The sections and the attributes of resources that CloudFormation does not have. Older releases called some of them otherwise: sections without `Default`,
 * and `ForeachAccount`. https://github.com/org-formation/org-formation-cli/blob/master/src/parser/model/cloudformation-resource.ts
 */
const SECTIONS: readonly string[] = [
  'Organization',
  'OrganizationBindings',
  'DefaultOrganizationBinding',
  'DefaultOrganizationBindingRegion',
  'OrganizationBinding',
  'OrganizationBindingRegion',
];
const ATTRIBUTES: readonly string[] = [
  'OrganizationBinding',
  'Foreach',
  'ForeachAccount',
  'DependsOnAccount',
  'DependsOnRegion',
];

/** Whether a template uses the org-formation dialect. */
export function isOrgFormation(template: Node | undefined): boolean {
  if (template?.kind !== 'map') return false;
  if (
    plainText(valueOf(template, 'AWSTemplateFormatVersion')) === ORG_FORMATION_VERSION ||
    SECTIONS.some((name) => valueOf(template, name))
  )
    return true;
  const resources = valueOf(template, 'Resources');
  return (
    resources?.kind === 'map' && resources.pairs.some(({ value }) => ATTRIBUTES.some((name) => valueOf(value, name)))
  );
}
