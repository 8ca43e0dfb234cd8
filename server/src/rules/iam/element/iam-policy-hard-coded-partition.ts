import { flatMap } from '../../../base/flat-map.ts';
import { sameSpan } from '../../../base/span.ts';
import { capital, some } from '../../../base/words.ts';
import { NewPseudo, type Fix } from '../../../model/edit.ts';
import { hasPseudoParameters } from '../../../model/format.ts';
import { leaves } from '../../../model/navigate.ts';
import type { PolicyDocument } from '../../../model/policy.ts';
import { leavesWhere, sometimes } from '../../../model/quantified.ts';
import type { Resource, Stack } from '../../../model/resource.ts';
import { shown } from '../../../model/shown.ts';
import type { Value } from '../../../model/value.ts';
import {
  PARTITION_AT,
  literalPartitionsAmong,
  literalPartitionsIn,
  type LiteralPartition,
} from '../../../policy/principal/partition.ts';
import { declaredPartition } from '../../../policy/resource/own-partition.ts';
import { defineRule, type Violation, type Report, OF_SOURCES } from '../../rule.ts';

type ResourceReport = Report & { readonly resource: Resource };

/** Types whose policies are given by ARN. */
const WITH_POLICIES: ReadonlySet<string> = new Set(['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group']);

export default defineRule({
  id: 'iam-policy-hard-coded-partition',
  on: 'stack',
  formats: OF_SOURCES,
  // It exposes nothing, and most templates are deployed to one partition.
  topic: 'operations',
  severity: 'info',
  judged: '2026-11-26',
  title: 'ARNs in policies should not have a hard-coded partition',
  keywords: ['AWS::Partition', 'aws-us-gov', 'aws-cn', 'GovCloud', 'China Regions'],
  why: 'In AWS GovCloud (US) and in China, ARNs have another partition. An ARN with arn:aws: matches no resource there, so the policy neither allows nor denies access as intended.',
  remedy:
    'In CloudFormation, use ${AWS::Partition} with Fn::Sub instead of aws. In Terraform, use the data source aws_partition.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html':
      'AWS::Partition returns the partition that a resource is in, so that a template works in each.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html':
      'The partitions are aws, aws-cn and aws-us-gov, and every account is in one of them.',
    'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/using-govcloud-arns.html':
      'In the AWS GovCloud (US) Regions ARNs begin with arn:aws-us-gov, also in IAM policies.',
    'https://github.com/aws-cloudformation/cfn-lint/blob/main/src/cfnlint/rules/resources/HardCodedArnProperties.py':
      'I3042 reports resources with ARNs in which the partition is not ${AWS::Partition}; it changes nothing.',
  },
  fix: 'safe',
  *checkEach(resource, { stack }) {
    const word = wordFor(stack);
    if (word === undefined) return;
    for (const policy of resource.policies().documents) yield* inPolicy(policy, word);
    yield* inAttachments(resource, word);
  },
  // In Terraform, data sources have policies too.
  *checkRest(stack) {
    const word = declaredPartition(stack.format, stack);
    if (word === undefined) return;
    const hosts = new Set(stack.resources);
    for (const policy of stack.policies) if (!hosts.has(policy.host)) yield* inPolicy(policy, word);
  },
});

function* inPolicy(policy: PolicyDocument, word: string): Iterable<ResourceReport> {
  const { host } = policy;
  if (!isInModule(host))
    yield* reported(host, [...literalPartitionsIn(policy)], word, `the policy in ${host.displayName}`);
}

function* inAttachments(resource: Resource, word: string): Iterable<ResourceReport> {
  if (!WITH_POLICIES.has(resource.type) || isInModule(resource)) return;
  // ARNs that a transform adds have the correct partition.
  const arns = flatMap(['ManagedPolicyArns', 'PermissionsBoundary'], (path) =>
    literalPartitionsAmong(resource.get(path)),
  ).filter(({ at }) => at.origin.edit !== 'none');
  yield* reported(resource, arns, word, resource.displayName);
}

/** Whether a resource is in a module, which cannot use data sources of the calling configuration. */
function isInModule({ address }: Resource): boolean {
  return address.startsWith('module.');
}

/** The expression for the partition; undefined if a Terraform configuration declares none. */
function wordFor(stack: Stack): string | undefined {
  return hasPseudoParameters(stack.format) ? '${AWS::Partition}' : declaredPartition(stack.format, stack);
}

/**
 * The common parts of an ARN that is interpolated at one place, in all scenarios; undefined if it is the same in all of
 * them, has several places, or has other partitions.
 */
function inAllScenarios(at: Value): string | undefined {
  const written = leaves(at).map(({ value }) => value);
  const texts = [...new Set(written.map(shown))];
  const [first] = texts;
  if (
    texts.length < 2 ||
    !written.every(({ origin }) => !origin.secret && sameSpan(origin.use, written[0]!.origin.use))
  )
    return undefined;
  const common = (all: readonly string[]): number => {
    const differs = [...all[0]!].findIndex((character, index) => all.some((other) => other[index] !== character));
    return differs < 0 ? all[0]!.length : differs;
  };
  const start = common(texts);
  // A value that is not such an ARN in some scenario is not shortened.
  if (start < PARTITION_AT.end) return undefined;
  const end = common(texts.map((text) => [...text.slice(start)].toReversed().join('')));
  return `${first!.slice(0, start)}…${end === 0 ? '' : first!.slice(-end)}`;
}

function* reported(
  resource: Resource,
  arns: readonly LiteralPartition[],
  word: string,
  name: string,
): Iterable<ResourceReport> {
  const violations = arns.map(({ at, isHardCoded }): Violation => ({ wrong: isHardCoded, at }));
  if (violations.length === 0) return;
  yield {
    resource,
    violations,
    // An author who supports another partition changes the whole document.
    cause: {
      of: 'document',
      name,
      message: (names) =>
        `${capital(some(names, names.length > 2 ? 1 : 2))} hard-code the partition in ARNs. Use ${word} to support AWS GovCloud (US) and China.`,
    },
    message: (shown, _, one, besides) => {
      const others = besides().length;
      const named = `${inAllScenarios(one.at) ?? shown}${others === 0 ? '' : ` and ${others} more ${others === 1 ? 'ARN' : 'ARNs'}`}`;
      return `${capital(name)} hard-codes the partition in ${named}. Use ${word} to support AWS GovCloud (US) and China.`;
    },
    fixes: (_, target): readonly Fix[] => [
      {
        title: 'Use the partition of the deployment',
        safe: true,
        each: true,
        edits: [
          target,
          ...flatMap(violations, (one) => (one.at === target || !sometimes(one.wrong) ? [] : textsOf(one))),
        ].map((text) => ({
          op: 'replacePart',
          resource,
          target: text,
          ...PARTITION_AT,
          word: new NewPseudo('AWS::Partition', word),
        })),
      },
    ],
  };
}

/** The places of the strings that an ARN can be. A function result with several scenarios is one string. */
function textsOf({ at, wrong }: Violation): readonly Value[] {
  const wrongOnes = leavesWhere(at, wrong);
  return wrongOnes.every(({ origin }) => sameSpan(origin.use, at.origin.use)) ? [at] : wrongOnes;
}
