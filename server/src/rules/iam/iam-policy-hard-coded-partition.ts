import { sameSpan } from '../../base/span.ts';
import { capital, some } from '../../base/words.ts';
import { NewPseudo, type Fix } from '../../model/edit.ts';
import { leaves } from '../../model/navigate.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { shown } from '../../model/shown.ts';
import type { Value } from '../../model/value.ts';
import { PARTITION_AT, tiedAmong, tiedInPolicy, type TiedArn } from '../../policy/partition.ts';
import { defineRule, type Violation, type Report } from '../rule.ts';

/** The types that have policies by their ARNs. */
const WITH_POLICIES: ReadonlySet<string> = new Set(['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group']);

export default defineRule({
  id: 'iam-policy-hard-coded-partition',
  on: 'stack',
  formats: ['cloudformation', 'sam', 'terraform-json'],
  // Nothing is exposed by it, and most templates are deployed to one partition.
  topic: 'operations',
  severity: 'info',
  profile: 'strict',
  since: '0.1',
  judged: '2026-11-26',
  title: 'ARNs in policies should not have a hard-coded partition',
  why: 'In AWS GovCloud (US) and in China ARNs begin otherwise, so that an ARN with arn:aws: names nothing there: what was meant to be allowed is not, and what was meant to be denied is not denied.',
  remedy:
    'Write ${AWS::Partition} in the place of aws, in a text of Fn::Sub; in Terraform the partition of the data source aws_partition.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html',
      claim: 'AWS::Partition gives the partition that a resource is in, so that a template works in each.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html',
      claim: 'The partitions are aws, aws-cn and aws-us-gov, and every account is in one of them.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/using-govcloud-arns.html',
      claim: 'In the AWS GovCloud (US) Regions ARNs begin with arn:aws-us-gov, also in IAM policies.',
      seen: '2026-11-26',
    },
    {
      url: 'https://github.com/aws-cloudformation/cfn-lint/blob/main/src/cfnlint/rules/resources/HardCodedArnProperties.py',
      claim: 'I3042 reports resources with ARNs in which the partition is not ${AWS::Partition}; it changes nothing.',
      seen: '2026-11-26',
    },
  ],
  aliases: {},
  controls: {},
  fix: 'safe',
  *check(stack) {
    const word = wordFor(stack);
    if (word === undefined) return;
    const { policies, resources } = stack;
    for (const policy of policies)
      if (!isInModule(policy.host)) {
        yield* reported(policy.host, [...tiedInPolicy(policy)], word, `the policy in ${policy.host.displayName}`);
      }
    for (const resource of resources)
      if (WITH_POLICIES.has(resource.type) && !isInModule(resource)) {
        // What a transform adds by itself is of the right partition.
        const arns = ['ManagedPolicyArns', 'PermissionsBoundary']
          .flatMap((path) => tiedAmong(resource.get(path)))
          .filter(({ at }) => at.origin.edit !== 'none');
        yield* reported(resource, arns, word, resource.displayName);
      }
  },
});

/** Whether a resource is in a module, which does not know what the configuration around it has. */
function isInModule({ address }: Resource): boolean {
  return address.startsWith('module.');
}

/** What stands for the partition: in Terraform the data source, where the configuration has it and so is meant for several. */
function wordFor({ format, sources }: Stack): string | undefined {
  if (format === 'cloudformation' || format === 'sam') return '${AWS::Partition}';
  const declared =
    format === 'terraform-json'
      ? sources?.find(({ address, repeated }) => !repeated && /^data\.aws_partition\.[\w-]+$/.test(address))?.address
      : undefined;
  return declared && `\${${declared}.partition}`;
}

/** What an ARN is in all scenarios, where it is put together in one place; undefined where there is one of it, they stand apart or are not all ARNs of the partition. */
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
  // What is no such ARN in some scenario says nothing of the others.
  if (start < PARTITION_AT.end) return undefined;
  const end = common(texts.map((text) => [...text.slice(start)].toReversed().join('')));
  return `${first!.slice(0, start)}…${end === 0 ? '' : first!.slice(-end)}`;
}

function* reported(
  resource: Resource,
  arns: readonly TiedArn[],
  word: string,
  name: string,
): Iterable<Report & { readonly resource: Resource }> {
  const violations = arns.map(({ at, tied }): Violation => ({ wrong: tied, at }));
  if (violations.length === 0) return;
  const besides = (one: Violation): readonly Violation[] =>
    violations.filter((other) => other !== one && other.wrong.yes.and(one.wrong.yes).satisfiable());
  yield {
    resource,
    violations,
    // An author who supports another partition changes the whole document.
    cause: {
      of: 'document',
      name,
      message: (names) =>
        `${capital(some(names, 2))} hard-code the partition in ARNs. Use ${word} to support AWS GovCloud (US) and China.`,
    },
    message: (shown, _, one) => {
      const others = besides(one).length;
      const named = `${inAllScenarios(one.at) ?? shown}${others === 0 ? '' : ` and ${others} more ${others === 1 ? 'ARN' : 'ARNs'}`}`;
      return `${capital(name)} hard-codes the partition in ${named}. Use ${word} to support AWS GovCloud (US) and China.`;
    },
    fixes: (_, target): readonly Fix[] => [
      {
        title: 'Take the partition from where the template is deployed',
        safe: true,
        each: true,
        edits: [
          target,
          ...violations.flatMap((one) => (one.at === target || !one.wrong.yes.satisfiable() ? [] : textsOf(one))),
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

/** Where the texts stand that an ARN can be; what a function makes of its arguments in several scenarios is one text. */
function textsOf({ at, wrong }: Violation): readonly Value[] {
  const wrongOnes = leaves(at)
    .filter(({ guard }) => wrong.yes.and(guard).satisfiable())
    .map(({ value }) => value);
  return wrongOnes.every(({ origin }) => sameSpan(origin.use, at.origin.use)) ? [at] : wrongOnes;
}
