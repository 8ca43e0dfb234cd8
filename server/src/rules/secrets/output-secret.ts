import { all, isAbsent, judgement } from '../../model/judgement.ts';
import { always } from '../../model/quantified.ts';
import { exposesSecret } from '../exposed-secret.ts';
import { defineRule, OF_TEMPLATES } from '../rule.ts';

export default defineRule({
  id: 'output-secret',
  on: 'stack',
  formats: OF_TEMPLATES,
  topic: 'secrets',
  severity: 'high',
  judged: '2026-11-28',
  title: 'Stack outputs should not expose secrets',
  keywords: ['NoEcho', 'plaintext', 'describe-stacks', 'sensitive output', 'credential exposure'],
  why: 'CloudFormation shows outputs in plain text in the console and in describe-stacks, including values of NoEcho parameters. Every principal that can read the stack can read the secret.',
  remedy:
    'Remove the output. Store the secret in AWS Secrets Manager or as a SecureString parameter, and output its ARN instead.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html':
      'NoEcho does not mask what is stored in the Outputs section or in Metadata; neither should hold sensitive information.',
    'AWS::IAM::AccessKey': 'Fn::GetAtt of SecretAccessKey returns the secret access key of an access key.',
  },
  fix: 'suggestion',
  *check(stack) {
    const exposed = exposesSecret(stack);
    for (const output of stack.outputs ?? []) {
      const { name, when, value } = output;
      yield {
        violations: [{ wrong: all(judgement(when), exposed(value)), at: value }],
        message: `The output ${name} exposes a secret in plain text. Remove it, or output the ARN of a secret in Secrets Manager instead.`,
        // An export that another stack imports cannot be removed.
        fixes: () =>
          always(isAbsent(output.exportName))
            ? [
                {
                  title: 'Remove the output (stacks and scripts that use it fail)',
                  safe: false,
                  edits: [{ op: 'removeOutput', output }],
                },
              ]
            : [],
      };
    }
  },
});
