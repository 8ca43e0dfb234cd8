import { all, is, judge, UNKNOWABLE, YES } from '../../model/judgement.ts';
import { literalText, secretUnder } from '../../model/named-secret.ts';
import { leaves } from '../../model/navigate.ts';
import { oneOf } from '../../model/predicate.ts';
import { defineRule, OF_TERRAFORM_CONFIGURATIONS } from '../rule.ts';

/** Words alone: often a value that a user replaces later, `set in the console`, rather than a secret. */
const WORDS = /^[a-z]+(?:[ _-]+[a-z]+)*$/i;

export default defineRule({
  id: 'ssm-parameter-secret-hard-coded',
  on: 'resource',
  // CloudFormation cannot create SecureString parameters. A plan or state has every value, wherever it is from.
  formats: OF_TERRAFORM_CONFIGURATIONS,
  topic: 'secrets',
  severity: 'high',
  title: 'SecureString parameters should not have hard-coded secrets',
  keywords: ['SSM', 'Parameter Store', 'aws_ssm_parameter', 'plaintext password', 'hard-coded credentials'],
  why: 'Parameter Store encrypts the secret, but anyone who can read the repository, or the state of Terraform, can read it there.',
  remedy:
    'Pass the secret as an ephemeral variable in value_wo, or set it outside Terraform and ignore changes of value. Then change the secret.',
  sources: {
    'AWS::SSM::Parameter': 'CloudFormation creates String and StringList parameters; SecureString is not supported.',
    aws_ssm_parameter: 'The unencrypted value of a SecureString parameter is stored in the state as plain text.',
    'https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle':
      'Terraform ignores changes of the arguments in ignore_changes, so that something else can set them.',
  },
  accessed: '2026-12-02',
  subsumes: ['template-hardcoded-access-key', 'template-hardcoded-token'],
  fix: 'none',
  reads: { 'AWS::SSM::Parameter': ['Name', 'Type', 'Value'] },
  *check(parameter) {
    // The literal is the first value of a parameter that is set outside Terraform.
    if (parameter.keepsValue?.('Value')) return;
    const isSecure = is(parameter.get('Type'), oneOf('SecureString'));
    const value = parameter.get('Value');
    // The last part of the name says what it is: `/prod/db/password`.
    const name = leaves(parameter.get('Name'))
      .map(({ value: leaf }) => literalText(leaf)?.split('/').at(-1))
      .find((one) => one !== undefined);
    for (const { value: leaf } of leaves(value)) {
      const secret = secretUnder(name ?? '', leaf);
      if (!secret || secret.example) continue;
      yield {
        violations: [
          {
            wrong: all(
              isSecure,
              WORDS.test(secret.text) ? UNKNOWABLE : YES,
              judge(value, (one) => one === leaf),
            ),
            at: value,
            part: secret.text,
          },
        ],
        message: `${parameter.displayName} has a hard-coded secret. Set it outside the configuration, and change it.`,
      };
    }
  },
});
