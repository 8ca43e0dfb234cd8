import { isSecretName, isUserName } from '../../model/credential.ts';
import { all, any, isOfParameter, judgement, not, readsAttribute, showsSecret, UNKNOWABLE, YES } from '../../model/judgement.ts';
import { defineRule } from '../rule.ts';

/** The attributes that are secrets themselves, by the type of the resource. */
const SECRET_ATTRIBUTES: ReadonlyMap<string, string> = new Map([['AWS::IAM::AccessKey', 'SecretAccessKey']]);

export default defineRule({
  id: 'output-secret',
  on: 'stack',
  topic: 'secrets', severity: 'high', profile: 'recommended', since: '0.1', judged: '2026-11-28',
  title: 'Stack outputs should not expose secrets',
  why: 'CloudFormation shows outputs in plain text in the console and in describe-stacks, including values of NoEcho parameters. Every principal that can read the stack can read the secret.',
  remedy: 'Remove the output. Store the secret in AWS Secrets Manager or as a SecureString parameter, and output its ARN instead.',
  sources: [
    { url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html', claim: 'NoEcho does not mask what is stored in the Outputs section or in Metadata; neither should hold sensitive information.', seen: '2026-11-28' },
    { url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-accesskey.html', claim: 'Fn::GetAtt of SecretAccessKey returns the secret access key of an access key.', seen: '2026-11-28' },
  ],
  aliases: {},
  controls: {},
  fix: 'none',
  *check(stack) {
    // In a string that a function makes it is not seen any more which parameter is secret, and a user name is none.
    const whole = stack.parameters.some((parameter) => parameter.secret && isUserName(parameter.name)) ? UNKNOWABLE : YES;
    const secrets = new Set(stack.parameters.filter((parameter) => parameter.secret && !isUserName(parameter.name)).map((parameter) => parameter.name));
    for (const { name, exists, value } of stack.outputs ?? []) {
      const isSecret = any(isOfParameter(value, (parameter) => secrets.has(parameter)), all(showsSecret(value), not(isOfParameter(value, isUserName)), whole));
      const isKey = readsAttribute(value, ({ to, attribute }) => {
        const type = stack.byAddress(to)?.type;
        return attribute !== undefined && type !== undefined && SECRET_ATTRIBUTES.get(type) === attribute;
      });
      // A name is no proof that a secret is given.
      const isNamed = all(isOfParameter(value, isSecretName), UNKNOWABLE);
      yield {
        faults: [{ wrong: all(judgement(exists), any(isSecret, isKey, isNamed)), at: value }],
        message: `The output ${name} exposes a secret in plain text. Remove it, or output the ARN of a secret in Secrets Manager instead.`,
      };
    }
  },
});
