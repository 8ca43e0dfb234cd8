/**
 * Which AWS Backup plans of the stack select a resource.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { ownEntry } from '../../base/table.ts';
import { someOf } from '../../base/words.ts';
import {
  all,
  any,
  exists,
  isAbsent,
  judge,
  judgement,
  not,
  type Judgement,
  type Predicate,
} from '../../model/judgement.ts';
import { itemsOf, leaves, member, type Items } from '../../model/navigate.ts';
import { asInteger, text } from '../../model/predicate.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { resourcesOfTypes } from '../../model/resources-of-type.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { isReferred } from '../../policy/resource/target.ts';
import { fits, includes } from '../../policy/text/wildcard.ts';
import type { CardContext, Piece } from '../card-context.ts';
import { hasTag, same } from './tags.ts';

const SELECTION = 'AWS::Backup::BackupSelection';

/**
 * The types that AWS Backup supports, with the part of their ARNs after the account, in which the name is `*`.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 */
const SUPPORTED: Readonly<Record<string, string>> = {
  'AWS::DocDB::DBCluster': 'rds:cluster:',
  'AWS::DynamoDB::Table': 'dynamodb:table/',
  'AWS::DynamoDB::GlobalTable': 'dynamodb:table/',
  'AWS::EC2::Instance': 'ec2:instance/',
  'AWS::EC2::Volume': 'ec2:volume/',
  'AWS::EFS::FileSystem': 'elasticfilesystem:file-system/',
  'AWS::FSx::FileSystem': 'fsx:file-system/',
  'AWS::Neptune::DBCluster': 'rds:cluster:',
  'AWS::RDS::DBCluster': 'rds:cluster:',
  'AWS::RDS::DBInstance': 'rds:db:',
  'AWS::Redshift::Cluster': 'redshift:cluster:',
  'AWS::S3::Bucket': 's3:',
};

/** The types whose content has no other backups. */
const ONLY_PLANS: ReadonlySet<string> = new Set(['AWS::EC2::Instance', 'AWS::EC2::Volume']);

const MOST = 2;

/** The plans that select a resource; what is not known about them; none. */
export function backupPlans({ stack, resource }: CardContext): readonly Piece[] {
  if (ownEntry(SUPPORTED, resource.type) === undefined) return [];
  const selections = resourcesOfTypes(stack, [SELECTION]).map((selection) => ({
    selection,
    takes: all(judgement(selection.when), takes(selection, resource)),
  }));
  const taking = selections.filter(({ takes }) => takes.yes.holdsByDefault());
  if (taking.length > 0)
    return [
      neutral(
        `AWS Backup ${someOf(
          taking.map(({ selection }) => planText(selection, stack)),
          MOST,
          'plan',
        )}`,
      ),
    ];
  const open = selections.filter(({ takes }) => !takes.no.holdsByDefault());
  if (open.length > 0)
    return [
      neutral(`whether the AWS Backup selection ${open[0]!.selection.displayName} includes it is not known here`),
    ];
  if (!stack.closed || (selections.length === 0 && !ONLY_PLANS.has(resource.type))) return [];
  return [neutral(selections.length === 0 ? 'no AWS Backup plan here' : 'not in an AWS Backup selection here')];
}

function neutral(text: string): Piece {
  return { text, cite: [], status: 'neutral' };
}

/** The plan of a selection, with the days that its recovery points are kept. */
function planText(selection: Resource, stack: Stack): string {
  const [leaf] = leaves(selection.get('BackupPlanId'));
  const plan = leaf?.value.state === 'reference' ? stack.byAddress(leaf.value.to) : undefined;
  if (!plan) return `selection ${selection.displayName}`;
  const days = flatMap(
    plan.each('BackupPlan.BackupPlanRule').items.map((rule) => rule.get('Lifecycle.DeleteAfterDays')),
    (value) => (value.state === 'known' ? [asInteger(value)] : []),
  );
  const kept = days.filter((number) => number !== undefined);
  return `plan ${plan.displayName}${kept.length > 0 ? `, kept for ${Math.max(...kept)} days` : ''}`;
}

/**
 * Whether a selection includes a resource: by ARN or by one of the tags of `ListOfTags`, with all conditions, and not
 * excluded. A selection of nothing includes all resources.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
 */
function takes(selection: Resource, resource: Resource): Judgement {
  const at = (name: string): Value => selection.get(`BackupSelection.${name}`);
  const tags = itemsOf(at('ListOfTags'));
  const names = exists(itemsOf(at('Resources')), ({ value }) => isNamed(value, resource, false));
  const tagged = exists(tags, ({ value }) =>
    hasTag(resource, member(value, 'ConditionKey'), same(member(value, 'ConditionValue'))),
  );
  const conditions = at('Conditions');
  return all(
    any(names, tagged, all(isAbsent(at('Resources')), isAbsent(at('ListOfTags')))),
    not(exists(itemsOf(at('NotResources')), ({ value }) => isNamed(value, resource, undefined))),
    meets(conditions, 'StringEquals', resource, same, false),
    meets(conditions, 'StringLike', resource, like, false),
    meets(conditions, 'StringNotEquals', resource, same, true),
    meets(conditions, 'StringNotLike', resource, like, true),
  );
}

/** Whether an ARN or pattern names a resource. */
function isNamed(item: Value, resource: Resource, otherwise: false | undefined): Judgement {
  return judge(item, (leaf) => {
    const last = leaf.state === 'template' ? leaf.pieces.at(-1) : leaf;
    if (typeof last === 'object' && last.state === 'reference') return isReferred(last.to, resource);
    return namesByPattern(patternOf(leaf), resource, otherwise);
  });
}

/** A placeholder for a part that is not known, which only a wildcard matches. */
const ANY = '\uE005';

/** The fields of an ARN before the resource: those of the stack's own account and Region are not known. */
function patternOf(leaf: Leaf): string | undefined {
  if (leaf.state === 'known') return leaf.value === null ? undefined : leaf.raw;
  if (leaf.state !== 'template') return undefined;
  return leaf.pieces
    .map((piece) =>
      typeof piece === 'string' ? piece : piece.state === 'unknown' && piece.input?.includes('#AWS::') ? '*' : ANY,
    )
    .join('');
}

function namesByPattern(
  pattern: string | undefined,
  resource: Resource,
  otherwise: false | undefined,
): boolean | undefined {
  if (pattern === undefined || pattern.includes(ANY)) return undefined;
  if (/^\*+$/.test(pattern)) return true;
  const form = ownEntry(SUPPORTED, resource.type)!;
  const service = form.slice(0, form.indexOf(':'));
  const [, , of, region = '*', account = '*', ...rest] = pattern.split(':');
  if (of !== '*' && of !== service) return false;
  const prefix = form.slice(service.length + 1);
  const written = rest.length === 0 ? '*' : rest.join(':');
  if (!includes(written, `${prefix}${ANY}`)) {
    // A name that the resource could have.
    const start = written.slice(0, written.search(/[*?]|$/));
    return start.startsWith(prefix) || prefix.startsWith(start) ? undefined : false;
  }
  return [region, account].every((field) => field === '' || field === '*') ? true : (otherwise ?? undefined);
}

function like(value: Value): Predicate | undefined {
  return value.state === 'known' ? text((written) => fits(written, value.raw)) : undefined;
}

/** Whether a resource meets all conditions of an operator. */
function meets(
  conditions: Value,
  operator: string,
  resource: Resource,
  predicate: (value: Value) => Predicate | undefined,
  isNegated: boolean,
): Judgement {
  const list: Items = itemsOf(member(conditions, operator));
  const failing = exists(list, ({ value }) => {
    const has = hasTag(resource, member(value, 'ConditionKey'), predicate(member(value, 'ConditionValue')));
    return isNegated ? has : not(has);
  });
  return not(failing);
}
