import { namedSecretRule } from '../forms/named-secret-rule.ts';

export default namedSecretRule({
  id: 'nested-stack-secret-parameter',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Parameters of nested stacks should not be hard-coded secrets',
  keywords: ['hard-coded password', 'plaintext credentials'],
  why: 'The secret is part of the parent template, where NoEcho in the nested template does not hide it. Anyone who can read the repository or the template can read it.',
  remedy:
    'Pass a NoEcho parameter of the parent stack, or let the nested stack read the secret with a dynamic reference to Secrets Manager. Then change the secret.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html':
      'Credentials are stored in Secrets Manager and read through dynamic references, instead of being hard-coded.',
    'AWS::CloudFormation::Stack': 'Parameters are the input of a nested stack, as pairs of a name and a value.',
  },
  what: 'parameter',
  carriers: {
    'AWS::CloudFormation::Stack': {
      path: 'Parameters',
      advice: 'Pass a NoEcho parameter, or use a dynamic reference',
      hides: true,
    },
  },
});
