/** The partition in ARNs: a group of Regions with its own accounts, resources and identities. */
import { all, judge, judgement, NO, type Judgement } from '../../model/judgement.ts';
import { itemsOf, leaves, TRUE } from '../../model/navigate.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Element, Leaf, Value } from '../../model/value.ts';
import { isOwnPartition } from '../resource/own-partition.ts';
import { statementExists } from '../statement/elements.ts';
import { UNKNOWN_PIECE } from '../text/unknown-piece.ts';
import { principalKeys } from './principal.ts';

const BEGINNING = 'arn:aws:';

/** The location of the partition in an ARN that begins with `arn:aws:`. */
export const PARTITION_AT = { start: 'arn:'.length, end: BEGINNING.length - 1 } as const;

/** An ARN and the location of its literal partition, if no other part depends on the partition. */
export interface LiteralPartition {
  readonly at: Value;
  readonly isHardCoded: Judgement;
}

/** The ARNs with a literal partition in a policy: resources, principals and condition values. */
export function* literalPartitionsIn(policy: PolicyDocument): Iterable<LiteralPartition> {
  for (const statement of policy.statements) {
    const { resources, notResources, principals, notPrincipals, conditions } = statement;
    const values: readonly Pick<Element, 'value' | 'when'>[] = [
      { value: resources, when: TRUE },
      { value: notResources, when: TRUE },
      ...principalKeys(principals),
      ...principalKeys(notPrincipals),
      ...conditions.map((condition) => ({ value: condition.values, when: condition.when })),
    ];
    for (const { value, when } of values)
      for (const arn of literalPartitionsAmong(value))
        yield { at: arn.at, isHardCoded: all(statementExists(policy, statement), judgement(when), arn.isHardCoded) };
  }
}

/** The same for an ARN or a list of ARNs. A list with ARNs of several partitions is intentional. */
export function literalPartitionsAmong(value: Value): readonly LiteralPartition[] {
  const list = leaves(value).some(({ value: leaf }) => leaf.state === 'list')
    ? itemsOf(value, true).items
    : [{ value, when: TRUE }];
  if (list.some((item) => leaves(item.value).some(({ value: leaf }) => isOfAnother(leaf)))) return [];
  return list
    .map((item) => ({ at: item.value, isHardCoded: all(hardCoded(item.value), judgement(item.when)) }))
    .filter((arn) => arn.isHardCoded !== NO);
}

/** Where a value is such an ARN; never if it has a partition of its own in another scenario. */
function hardCoded(value: Value): Judgement {
  if (value.state !== 'choice') return judge(value, isTied);
  return leaves(value).some(
    ({ value: leaf }) => textOf(leaf).startsWith('arn:') && !isWritten(leaf) && !isOfDeployment(leaf),
  )
    ? NO
    : judge(value, isTied);
}

/**
 * Whether only the literal partition binds an ARN to it. False if the Region or the account is literal, because each
 * belongs to one partition. Undefined for a default, a mapping or an argument, which can differ per deployment.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
function isTied(leaf: Leaf): boolean | undefined {
  if (!isWritten(leaf)) return false;
  const [, , , region = '', account = ''] = textOf(leaf).split(':');
  if (/^[a-z]{2}/.test(region) || /\d/.test(account)) return false;
  return leaf.origin.def === undefined && leaf.origin.steps.length === 0 ? true : undefined;
}

/** Whether the beginning of an ARN is literal, including its partition. */
function isWritten(leaf: Leaf): boolean {
  return (
    (leaf.state === 'known' || leaf.state === 'template') &&
    (leaf.written ?? BEGINNING.length) >= BEGINNING.length &&
    textOf(leaf).startsWith(BEGINNING)
  );
}

/** Whether an ARN has the partition of the deployment. */
function isOfDeployment(leaf: Leaf): boolean {
  const partition = leaf.state === 'template' && leaf.pieces[0] === 'arn:' ? leaf.pieces[1] : undefined;
  return partition !== undefined && typeof partition !== 'string' && isOwnPartition(partition);
}

/** Whether an ARN belongs to another partition than `aws`. */
function isOfAnother(leaf: Leaf): boolean {
  return /^arn:aws-[a-z-]+:/.test(textOf(leaf));
}

function textOf(leaf: Leaf): string {
  switch (leaf.state) {
    case 'known':
      return leaf.raw;
    case 'template':
      return leaf.pieces.map((piece) => (typeof piece === 'string' ? piece : UNKNOWN_PIECE)).join('');
    default:
      return '';
  }
}
