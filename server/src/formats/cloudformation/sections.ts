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
