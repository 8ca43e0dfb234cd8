import { isSecretName, isSecretText, isUserName } from '../../model/credential.ts';
import { all, isWritten, UNKNOWABLE } from '../../model/judgement.ts';
import type { Parameter } from '../../model/resource.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'parameter-secret-default',
  on: 'stack',
  topic: 'secrets',
  severity: 'high',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-24',
  title: 'Parameter for a secret has no default',
  why: 'A default is part of the document: everybody who reads the repository knows the secret, and every stack that is deployed without a thought has the same one.',
  remedy:
    'Remove the default and the secret from the history of the repository, change the secret, and keep it in AWS Secrets Manager or as a SecureString of Systems Manager.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html',
      claim:
        'Credentials are kept in Secrets Manager and referred to by dynamic references, instead of being written in code.',
      seen: '2026-11-24',
    },
  ],
  aliases: {},
  controls: {},
  fix: 'none',
  *check(stack) {
    for (const parameter of stack.parameters) {
      if (isUserName(parameter.name)) continue;
      const written = isWritten(parameter.fallback, ({ raw }) => isSecretText(raw));
      if (parameter.secret) {
        yield {
          violations: [{ wrong: written, at: parameter.fallback }],
          message: `${described(parameter, stack.format)} has a secret as its default. Remove the default, change the secret, and keep it in Secrets Manager.`,
        };
      } else if (isSecretName(parameter.name)) {
        yield {
          // A name is no proof that a secret is given.
          violations: [{ wrong: all(written, UNKNOWABLE), at: parameter.fallback }],
          message: `${parameter.address} seems to hold a secret and has a default. Remove the default, and mark the parameter as secret.`,
        };
      }
    }
  },
});

function described({ address }: Parameter, format: string): string {
  return format.startsWith('terraform') ? `The sensitive variable ${address}` : `The NoEcho parameter ${address}`;
}
