import { fitting } from '../../base/fix-title.ts';
import { isLeftOut, isSecretName } from '../../model/credential.ts';
import { all, any, isAbsent, isWritten, UNKNOWABLE } from '../../model/judgement.ts';
import { defineRule, OF_TEMPLATES } from '../rule.ts';

export default defineRule({
  id: 'parameter-secret-without-noecho',
  on: 'stack',
  formats: OF_TEMPLATES,
  topic: 'secrets',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'Parameters for secrets should have NoEcho set to true',
  keywords: ['without NoEcho', 'plaintext password', 'describe-stacks', 'masked parameter'],
  why: 'CloudFormation shows the values of parameters without NoEcho in the console and in describe-stacks, to every principal that can read the stack.',
  remedy: 'Set NoEcho to true, or replace the parameter with a dynamic reference to Secrets Manager.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html':
      'With NoEcho, CloudFormation masks the value of a parameter in calls that describe the stack or its events.',
  },
  accessed: '2026-11-28',
  fix: 'suggestion',
  *check(stack) {
    for (const input of stack.parameters) {
      const { name, address, secret, harmless, self, fallback } = input;
      if (secret || harmless || !isSecretName(name)) continue;
      // A parameter with a secret as its default is reported for the default.
      const isGiven = any(
        isAbsent(fallback),
        isWritten(fallback, ({ raw }) => isLeftOut(raw)),
      );
      yield {
        // A name alone does not prove that the value is a secret.
        violations: [{ wrong: all(isGiven, UNKNOWABLE), at: self }],
        message: `${address} appears to be a secret and is shown in plain text. Set NoEcho to true.`,
        fixes: () => [
          {
            title: fitting([name, 'this parameter'].map((what) => `Set NoEcho to true for ${what}`)),
            safe: false,
            // Other rules report placeholders that are defaults of secrets, and where a secret goes.
            uncovers: 'effect',
            edits: [{ op: 'changeInput', input, secret: true }],
          },
        ],
      };
    }
  },
});
