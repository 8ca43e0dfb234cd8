import { isTerraform, type Format } from '../../model/format.ts';
import { isSecretName, isUserName, literalKind } from '../../model/credential.ts';
import { isIdByName } from '../../model/identifier.ts';
import { all, isWritten, UNKNOWABLE } from '../../model/judgement.ts';
import type { Fix } from '../../model/edit.ts';
import type { Parameter } from '../../model/resource.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'parameter-secret-default',
  on: 'stack',
  topic: 'secrets',
  severity: 'high',
  judged: '2026-11-24',
  title: 'Parameters for secrets should not have default values',
  keywords: ['NoEcho', 'hard-coded password', 'credentials', 'sensitive variable', 'plaintext'],
  why: 'A default value is part of the document: anyone who can read the repository knows the secret, and every stack that is deployed with the default shares it.',
  remedy:
    'Remove the default value from the document and the repository history, and rotate the secret. Store it in AWS Secrets Manager or as a SecureString parameter.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html':
      'Credentials are stored in Secrets Manager and read through dynamic references, instead of being hard-coded.',
  },
  fix: 'suggestion',
  *check(stack) {
    for (const parameter of stack.parameters) {
      if (isUserName(parameter.name)) continue;
      const named = isSecretName(parameter.name);
      // `PasswordParameter` can be the name of a parameter in Parameter Store, unless it is marked as secret.
      const isCredential =
        named || (parameter.secret && isSecretName(parameter.name.replace(/_?param(?:eter)?$/i, '')));
      const written = isWritten(parameter.fallback, ({ raw }) => {
        if (literalKind(raw) !== 'secret') return false;
        if (isCredential) return true;
        // A single word, such as `productiononly`, is as likely a placeholder, unless the name is that of a credential.
        if (/^[a-z]+$/i.test(raw)) return undefined;
        const isId = isIdByName(raw.trim(), parameter.name);
        return isId === undefined ? undefined : !isId;
      });
      const example = isWritten(parameter.fallback, ({ raw }) => literalKind(raw) === 'example');
      if (parameter.secret) {
        yield {
          violations: [{ wrong: written, at: parameter.fallback }],
          message: `${described(parameter, stack.format)} has a secret as its default value. Remove the default, rotate the secret, and store it in Secrets Manager.`,
          fixes: () => [withoutDefault(parameter)],
        };
        yield {
          violations: [{ wrong: example, at: parameter.fallback }],
          severity: 'low',
          profile: 'strict',
          message: `${described(parameter, stack.format)} has a placeholder as its default value. Remove the default, so that each deployment provides the value.`,
          fixes: () => [withoutDefault(parameter)],
        };
      } else if (named) {
        const mark = isTerraform(stack.format) ? 'mark the variable as sensitive' : 'set NoEcho to true';
        yield {
          // A name alone does not prove that the value is a secret.
          violations: [{ wrong: all(written, UNKNOWABLE), at: parameter.fallback }],
          message: `${parameter.address} appears to be a secret and has a default value. Remove the default, and ${mark}.`,
          fixes: () => [withoutDefault(parameter, mark)],
        };
      }
    }
  },
});

/** Without its default, a parameter that is not marked would be reported for that. */
function withoutDefault(input: Parameter, mark?: string): Fix {
  return {
    title: `Remove the default${mark === undefined ? '' : ` and ${mark}`} (deployments must provide the value)`,
    safe: false,
    // Other rules report where a parameter goes that is marked as secret.
    ...(mark === undefined ? {} : { uncovers: 'effect' as const }),
    edits: [{ op: 'changeInput', input, withoutDefault: true, ...(mark === undefined ? {} : { secret: true }) }],
  };
}

function described({ address }: Parameter, format: Format): string {
  return isTerraform(format) ? `The sensitive variable ${address}` : `The NoEcho parameter ${address}`;
}
