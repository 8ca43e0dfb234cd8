import type { Recognition } from '../format.ts';
import { isYamlPolicy, templatePlaceholder, policyIn } from './shape.ts';

export const IAM_RECOGNITION: Recognition = {
  byKeys: ({ name, text, root }) => {
    const reason = root
      ? policyIn(root, name)?.reason
      : isYamlPolicy(text)
        ? 'Statement and the policy language version'
        : undefined;
    if (reason === undefined) return undefined;
    const placeholder = root && templatePlaceholder(text);
    return placeholder === undefined
      ? { format: 'iam-policy', reason }
      : { format: 'none', reason: `the template of a policy: ${placeholder} is in place of JSON` };
  },
};
