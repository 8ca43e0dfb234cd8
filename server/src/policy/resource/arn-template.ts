/**
 * ARN patterns for all resources of a type, with the pseudo parameters of the format. They are narrower than `*` if the
 * stack has no such resource.
 */
import { splitAtPlaceholders } from '../../base/placeholders.ts';
import { ownEntry } from '../../base/table.ts';
import { NewPseudo, NewText } from '../../model/edit.ts';
import { hasPseudoParameters } from '../../model/format.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { declaredPartition } from './own-partition.ts';
import { arnFields } from '../text/arn-fields.ts';

/** The Region and account fields of an ARN. */
export interface ArnScope {
  readonly partition: string | NewPseudo;
  readonly region: string | NewPseudo;
  readonly account: string | NewPseudo;
}

/**
 * The Region and account of a policy's resources: in CloudFormation the pseudo parameters; otherwise those in the ARNs
 * of the policy if they name only one, else any. In Terraform, the partition is the data source if the stack declares
 * it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
 */
export function arnScopeOf(policy: PolicyDocument, stack: Pick<Stack, 'sources'> = {}): ArnScope {
  if (hasPseudoParameters(policy.host.format)) {
    return {
      partition: new NewPseudo('AWS::Partition', 'aws'),
      region: new NewPseudo('AWS::Region', '*'),
      account: new NewPseudo('AWS::AccountId', '*'),
    };
  }
  const fields = arnsIn(policy).map((arn) => arn.split(':'));
  const only = (index: number, form: RegExp, otherwise: string): string => {
    const seen = new Set(fields.map((field) => field[index] ?? '').filter((field) => form.test(field)));
    return seen.size === 1 ? [...seen][0]! : otherwise;
  };
  const declared = isInModule(policy.host) ? undefined : declaredPartition(policy.host.format, stack);
  return {
    partition: declared === undefined ? only(1, /^aws[a-z-]*$/, 'aws') : new NewPseudo('AWS::Partition', declared),
    region: only(3, /^[a-z]{2}(?:-[a-z]+)+-\d$/, '*'),
    account: only(4, /^\d{12}$/, '*'),
  };
}

/** Whether a resource is in a module, which cannot use data sources of the calling configuration. */
function isInModule({ address }: Resource): boolean {
  return address.startsWith('module.');
}

/** The maximum number of ARNs of a policy that are examined for its Region and account. */
const MOST_ARNS = 500;

function arnsIn({ statements }: PolicyDocument): readonly string[] {
  const arns: string[] = [];
  for (const { resources } of statements) {
    if (arns.length >= MOST_ARNS) break;
    for (const { value } of itemsOf(resources, true).items)
      for (const leaf of leaves(value))
        if (leaf.value.state === 'known' && leaf.value.raw.startsWith('arn:')) arns.push(leaf.value.raw);
  }
  return arns;
}

/**
 * The ARN pattern for all resources of a type, given its ARN format
 * (`arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`).
 */
export function arnPatternForAll(form: string, { partition, region, account }: ArnScope): string | NewText {
  const fields: Readonly<Record<string, string | NewPseudo>> = {
    '${Partition}': partition,
    '${Region}': region,
    '${Account}': account,
  };
  const pieces = splitAtPlaceholders(form).map((piece) =>
    piece.startsWith('${') ? (ownEntry(fields, piece) ?? '*') : piece,
  );
  return pieces.every((piece) => typeof piece === 'string') ? pieces.join('') : new NewText(...pieces);
}

/**
 * An ARN with the Region and account of the stack in place of wildcards; undefined if the format has no expressions for
 * them.
 */
export function withStackScope(policy: PolicyDocument, arn: string): NewText | undefined {
  const { region, account } = arnScopeOf(policy);
  if (typeof region === 'string' || typeof account === 'string') return undefined;
  const [prefix, partition, service, theirs, whose, rest = ''] = arnFields(arn);
  const pieces = [
    `${prefix}:${partition}:${service}:`,
    theirs === '*' ? region : theirs!,
    ':',
    whose === '*' ? account : whose!,
    `:${rest}`,
  ];
  // Adjacent literal parts are joined.
  return new NewText(
    ...pieces.reduce<(string | NewPseudo)[]>((joined, piece) => {
      const last = joined.at(-1);
      return typeof piece === 'string' && typeof last === 'string'
        ? [...joined.slice(0, -1), last + piece]
        : [...joined, piece];
    }, []),
  );
}

/**
 * Whether an ARN pattern for a resource type is narrower than all resources of its service, by the account or Region.
 * For actions on a type, all its resources in all Regions are equivalent to `*`.
 */
export function limitsAccountOrRegion(arn: string | NewText): boolean {
  // An interpolated part is a specific Region or account.
  const text =
    typeof arn === 'string' ? arn : arn.pieces.map((piece) => (typeof piece === 'string' ? piece : 'x')).join('');
  const [, , , region = '', account = ''] = arnFields(text);
  const open = (field: string): boolean => field === '' || field === '*';
  return !open(region) || !open(account);
}
