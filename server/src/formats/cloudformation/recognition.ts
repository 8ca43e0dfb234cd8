import type { Recognition, TopKeys } from '../format.ts';
import { ORG_FORMATION_VERSION } from './org-formation.ts';
import { SECTIONS } from './sections.ts';

const TYPE = /["']?Type["']?\s*:\s*["']?(?:Custom|\w+::\w+)::\w/;
const ORG_FORMATION = new RegExp(`["']?AWSTemplateFormatVersion["']?\\s*:\\s*["']?${ORG_FORMATION_VERSION}`);

export const CLOUDFORMATION_RECOGNITION: Recognition = {
  byKeys: (top) => {
    const reason = reasonFor(top);
    // The rest can show that it is a SAM template.
    return reason === undefined ? undefined : { format: 'cloudformation', reason, more: true };
  },
};

function reasonFor({ text, has }: TopKeys): string | undefined {
  if (has('AWSTemplateFormatVersion') && ORG_FORMATION.test(text)) return 'AWSTemplateFormatVersion of org-formation';
  if (has('Resources') && TYPE.test(text)) return 'Resources with AWS types';
  return has('AWSTemplateFormatVersion') ? 'AWSTemplateFormatVersion' : undefined;
}

/** Whether a document with these keys can turn out to be a template. */
export function mayBeTemplate(has: TopKeys['has']): boolean {
  return SECTIONS.some(has);
}
