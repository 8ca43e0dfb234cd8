import { when } from '../../model/judgement.ts';
import { nameShown } from '../../model/named-value.ts';
import { innermostOf } from '../../model/navigate.ts';
import { exposesSecret } from '../exposed-secret.ts';
import { defineRule, OF_TEMPLATES, type Violation } from '../rule.ts';

export default defineRule({
  id: 'metadata-secret',
  on: 'stack',
  formats: OF_TEMPLATES,
  topic: 'secrets',
  severity: 'medium',
  judged: '2026-11-28',
  title: 'Resource metadata should not expose secrets',
  keywords: ['NoEcho', 'plaintext', 'cfn-init', 'credential exposure'],
  why: 'CloudFormation returns the metadata of resources in plain text, including values of NoEcho parameters. Every principal with cloudformation:DescribeStackResource can read the secret.',
  remedy:
    'Remove the secret from Metadata. Let the instance read it from AWS Secrets Manager or Parameter Store with its role.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-metadata.html':
      'Intrinsic functions are resolved in the Metadata attribute, which CloudFormation does not redact, and DescribeStackResource returns it; it should not store sensitive information.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html':
      'NoEcho does not mask what is stored in the Metadata attribute of a resource.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html':
      'Intrinsic functions are resolved in properties, outputs and metadata attributes of resources, and not in the Metadata section of a template.',
  },
  fix: 'none',
  needsOfEach: { attribute: 'Metadata' },
  *checkEach(resource, { stack }) {
    const exposed = exposesSecret(stack);
    const keyOf = new Map<Violation, string>(
      innermostOf(resource.attribute('Metadata')).map(({ key, value, when: there }) => {
        const shown = nameShown(key);
        return [
          {
            wrong: when(there, exposed(value)),
            at: value,
            also: shown === '' ? 'This value also exposes a secret.' : `The key${shown} also exposes a secret.`,
          },
          shown,
        ];
      }),
    );
    yield {
      violations: [...keyOf.keys()],
      message: (_shown, _leaf, violation) => {
        const key = keyOf.get(violation)!;
        return `The ${key === '' ? 'metadata' : `metadata key${key}`} of ${resource.displayName} exposes a secret in plain text. Read it from Secrets Manager on the instance instead.`;
      },
    };
  },
});
