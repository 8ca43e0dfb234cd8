import { all, is, judge, not } from '../../model/judgement.ts';
import { literalText, secretUnder } from '../../model/named-secret.ts';
import { leaves } from '../../model/navigate.ts';
import { oneOf } from '../../model/predicate.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'ssm-parameter-secret-in-string',
  on: 'resource',
  topic: 'secrets',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Secrets in Parameter Store should be SecureString parameters',
  keywords: ['SSM', 'String', 'plaintext password', 'hard-coded credentials'],
  why: 'Parameters of type String and StringList are not encrypted, and anyone with ssm:GetParameter reads them. A literal is also part of the repository.',
  remedy:
    'Store the secret in Secrets Manager or in a new SecureString parameter, outside the template, and change it. CloudFormation cannot create SecureString parameters, and the type of an existing parameter cannot be changed.',
  sources: {
    'AWS::SSM::Parameter': 'CloudFormation creates String and StringList parameters; SecureString is not supported.',
    'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html':
      'A String parameter cannot become a SecureString parameter; a new one is needed.',
  },
  aliases: ['CKV_AWS_384'],
  subsumes: ['template-hardcoded-access-key', 'template-hardcoded-token'],
  // Parameter Store rejects another type for an existing parameter.
  fix: 'none',
  reads: { 'AWS::SSM::Parameter': ['Name', 'Type', 'Value'] },
  *check(parameter) {
    const plain = not(is(parameter.get('Type'), oneOf('SecureString')));
    const value = parameter.get('Value');
    // The last part of the name says what it is: `/prod/db/password`.
    const names = leaves(parameter.get('Name')).map(({ value: leaf }) => literalText(leaf)?.split('/').at(-1));
    for (const { value: leaf } of leaves(value)) {
      const secret = secretUnder(names[0] ?? '', leaf);
      if (!secret) continue;
      yield {
        violations: [
          {
            wrong: all(
              plain,
              judge(value, (one) => one === leaf),
            ),
            at: value,
            part: secret.text,
          },
        ],
        ...(secret.example ? { severity: 'low', profile: 'strict' } : {}),
        message: `${parameter.displayName} stores ${secret.example ? 'a placeholder for a secret' : 'a secret'} as plain text. Use a SecureString parameter or Secrets Manager${secret.example ? '' : ', and change it'}.`,
      };
    }
  },
});
