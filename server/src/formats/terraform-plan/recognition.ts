import type { Recognition } from '../format.ts';
import { MAJOR_VERSION, majorVersionOf } from '../terraform/format-version.ts';

export const PLAN_RECOGNITION: Recognition = {
  byKeys: ({ root, has }) => {
    if (!root) return undefined;
    if (has('@level'))
      return {
        format: 'none',
        reason: 'a log of "terraform plan -json"; use "terraform show -json" on the saved plan',
      };
    if (!has('format_version') || !(has('planned_values') || has('resource_changes') || has('configuration')))
      return undefined;
    const major = majorVersionOf(root);
    return major > MAJOR_VERSION
      ? { format: 'none', reason: `plan format version ${major} is not supported` }
      : { format: 'terraform-plan', reason: 'format_version and resource_changes' };
  },
};
