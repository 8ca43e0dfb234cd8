import { ownEntry } from '../base/table.ts';
import type { Mapping } from '../formats/terraform/mapping.ts';
import { formatsWith, type Format } from '../model/format.ts';
import type { AnyRule } from '../rules/rule.ts';

const TERRAFORM = formatsWith(({ family }) => family === 'terraform');
const CLOUDFORMATION = formatsWith(({ family }) => family === 'cloudformation');
/** Formats with parameters or variables. */
const GIVEN = formatsWith(({ inputs }) => inputs !== undefined);
/** All formats can contain policy documents. */
const CARRIERS = formatsWith(() => true);

/** The formats in which a rule can have findings: those that can express the types that it reads. */
export function formatsOf(rule: AnyRule, data: (name: string) => unknown): readonly Format[] {
  if (rule.formats) return rule.formats;
  if (rule.on === 'policy' || rule.on === 'identity' || rule.on === 'document' || rule.on === 'suppression')
    return CARRIERS;
  if (rule.on === 'stack') return GIVEN;
  const types = Object.keys(rule.reads);
  const isCanonical = (type: string): boolean => type.includes('::');
  return [
    ...(types.some(isCanonical) ? CLOUDFORMATION : []),
    ...(types.some((type) => !isCanonical(type) || isMapped(type, data)) ? TERRAFORM : []),
  ];
}

/** Whether Terraform has a resource for a canonical type. */
function isMapped(type: string, data: (name: string) => unknown): boolean {
  const service = type.split('::')[1]?.toLowerCase() ?? '';
  const mapping = data(`mappings/${service}`) as Mapping | null;
  return ownEntry(mapping?.types, type) !== undefined;
}
