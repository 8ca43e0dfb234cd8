/**
 * Templates of org-formation, which deploys each resource to the accounts and Regions that it is bound to. References
 * can lead to accounts, and to resources of other accounts, so CloudFormation's rules for names do not apply, and
 * resources can exist outside of the template.
 * https://github.com/org-formation/org-formation-cli/blob/master/docs/cloudformation-resources.md
 */
import { plainText } from './call.ts';
import { valueOf, type Node } from '../../syntax/tree.ts';

/** The format version of such a template. */
export const ORG_FORMATION_VERSION = '2010-09-09-OC';

/**
 * The sections and resource attributes that CloudFormation does not have. Older releases have other names for some of
 * them: sections without `Default`, and `ForeachAccount`.
 * https://github.com/org-formation/org-formation-cli/blob/master/src/parser/model/cloudformation-resource.ts
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
