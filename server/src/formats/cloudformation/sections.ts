import type { MapNode } from '../../syntax/tree.ts';

/**
 * The top-level sections of a template besides its format version. Some come long before the resources.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export const SECTIONS: readonly string[] = [
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Transform',
  'Globals',
  'Hooks',
  'Outputs',
  'Resources',
];

/** Whether a top-level key is a section of a template, or its format version. */
export function isSection(name: string): boolean {
  return name === 'AWSTemplateFormatVersion' || SECTIONS.includes(name);
}

/** The sections of partial templates, which a tool merges. */
const OF_PARTS: ReadonlySet<string> = new Set(['Mappings', 'Conditions', 'Resources', 'Outputs']);

/** Whether a top-level key is a section of partial templates, which a tool merges. */
export function isSectionOfParts(name: string): boolean {
  return OF_PARTS.has(name);
}

/**
 * Whether a file can be a part of a template whose names are defined in other parts: it has none of the first keys of a
 * complete template.
 */
export function mayBePart(template: MapNode): boolean {
  return template.pairs.every(({ name }) => isSectionOfParts(name));
}
