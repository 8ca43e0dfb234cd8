import type { Recognition } from '../format.ts';
import { isYamlPolicy, policyIn } from './shape.ts';

export const RECOGNITION: Recognition = {
  byKeys: ({ name, text, root }) => {
    const reason = root
      ? policyIn(root, name)?.reason
      : isYamlPolicy(text)
        ? 'Statement and the policy language version'
        : undefined;
    return reason === undefined ? undefined : { format: 'iam-policy', reason };
  },
};
