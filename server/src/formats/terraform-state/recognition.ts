import type { MapNode } from '../../syntax/tree.ts';
import type { Recognition, Recognized } from '../format.ts';
import { MAJOR_VERSION, majorVersionOf } from '../terraform/format-version.ts';
import { STATE_BACKUP } from './backup.ts';

export const STATE_RECOGNITION: Recognition = {
  names: [
    {
      pattern: STATE_BACKUP,
      format: 'terraform-state',
      reason: 'its name ends in .tfstate.backup, so only secrets are checked',
      language: 'json',
    },
    { pattern: /\.tfstate$/, format: 'terraform-state', reason: 'its name ends in .tfstate', language: 'json' },
  ],
  byKeys: ({ root, has }) => {
    if (!root) return undefined;
    if (has('format_version')) return printed(root, has);
    if (has('terraform_version') && (has('lineage') || has('serial')))
      return { format: 'terraform-state', reason: 'terraform_version and serial' };
    // OpenTofu encrypts states.
    return has('encryption_version') && has('lineage')
      ? { format: 'terraform-state', reason: 'lineage and encryption_version' }
      : undefined;
  },
};

/** JSON output of Terraform other than a plan. */
function printed(root: MapNode, has: (key: string) => boolean): Recognized {
  const major = majorVersionOf(root);
  if (!has('values'))
    return {
      format: 'none',
      reason: has('provider_schemas') ? 'the schemas of Terraform providers' : 'neither a plan nor a state',
    };
  return major > MAJOR_VERSION
    ? { format: 'none', reason: `state format version ${major} is not supported` }
    : { format: 'terraform-state', reason: 'format_version and values' };
}
