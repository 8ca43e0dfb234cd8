import { fitting } from '../../../base/fix-title.ts';
import { flatMap } from '../../../base/flat-map.ts';
import { some } from '../../../base/words.ts';
import type { Edit, Fix } from '../../../model/edit.ts';
import { all, is, UNKNOWABLE } from '../../../model/judgement.ts';
import { itemsOf, leaves } from '../../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../../model/policy.ts';
import { oneOf } from '../../../model/predicate.ts';
import { always } from '../../../model/quantified.ts';
import type { Stack } from '../../../model/resource.ts';
import type { Leaf, Value } from '../../../model/value.ts';
import { mismatchesIn, type Mismatch } from '../../../policy/resource/action-mismatch.ts';
import { arnFault, parsedArn } from '../../../policy/resource/arn-fault.ts';
import { statementExists } from '../../../policy/statement/elements.ts';
import { withSuffix, canBeReplaced, withoutSuffix } from '../../../policy/resource/rewritten.ts';
import { mayBeIn } from '../../../policy/data/shared-services.ts';
import { resourceTypeWords } from '../../../policy/data/words.ts';
import { lengthOfList, remainingLength, type QuotaOf } from '../../../policy/statement/remaining-length.ts';
import {
  canAddStatement,
  insertedBeside,
  isPlainStatement,
  splitOnlyStatement,
  textsOf,
} from '../../../policy/statement/statement-edits.ts';
import { writtenResource } from '../../../policy/statement/written.ts';
import { defineRule, type Context, type Report } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-action-resource-mismatch',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['named-resource'] },
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'Policy actions should match the resource types of their statement',
  keywords: ['action-resource mismatch', 'resource-level permissions', 's3:GetObject on a bucket ARN', 'no effect'],
  why: 'An action has no effect on a resource of a type that it does not support: the statement grants or denies less than it says, and the mistake shows only when a request fails.',
  remedy:
    'Name resources of the right type, such as the objects of a bucket instead of the bucket, and move actions without resource-level permissions to a separate statement with Resource "*".',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_actions-resources-contextkeys.html':
      'For an action with resource types the statement has to name ARNs of these types; one without has to be allowed on *.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html':
      'Actions on buckets need the ARN of the bucket as resource, actions on objects that of objects.',
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html':
      'The ARNs of log groups and of their streams, which begin with that of their group.',
  },
  aliases: { parliament: ['RESOURCE_MISMATCH'] },
  fix: 'suggestion',
  // An action without effect does not allow too much.
  subsumes: ['iam-policy-service-wildcard-action'],
  *check(policy, context) {
    const { actions, stack, iam } = context;
    if (policy.kind === 'trust' || !iam) return;
    const written = writtenResource(stack);
    const others = new Map<string, boolean>();
    // Another rule reports invalid ARNs, whose type is unknown.
    const isOther = (text: string): boolean => {
      if (!others.has(text)) others.set(text, arnFault(text, iam, actions) !== undefined || isForeign(policy, text));
      return others.get(text)!;
    };
    const textOf = (leaf: Leaf): string | undefined => {
      const text = written(leaf);
      return text === undefined || isOther(text) ? undefined : text;
    };
    for (const statement of policy.statements) {
      const found = mismatchesIn(statement, actions, textOf).filter(
        ({ takes }) => takes.length > 0 || !LISTING.has(policy.service ?? ''),
      );
      if (found.length === 0) continue;
      const resources = flatMap(itemsOf(statement.resources, true).items, ({ value }) =>
        leaves(value).map(({ value: leaf }) => leaf),
      );
      const levels = new Map(
        LEVELS.map((level) => [level, resources.filter((leaf) => level.written.test(written(leaf) ?? ''))]),
      );
      const alone = found.length === itemsOf(statement.actions, true).items.length;
      for (const group of groupsOf(found, levels))
        yield report(group, { found, alone, levels }, policy, statement, context);
    }
  },
});

/**
 * Services whose resource-based policies also allow actions without resource-level permissions, such as ListRuleGroups,
 * on the ARN of their own resource.
 * https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_PutResourcePolicy.html
 */
const LISTING: ReadonlySet<string> = new Set(['network-firewall']);

/** The mismatches of a statement. */
interface StatementMismatches {
  readonly found: readonly Mismatch[];
  /** Whether these are all actions of the statement. */
  readonly alone: boolean;
  /** The resources with an ARN of the wrong level, by level. */
  readonly levels: ReadonlyMap<Level, readonly Leaf[]>;
}

/** Mismatches with the same cause: twenty mismatches in a statement are one mistake. */
interface Group {
  readonly mismatches: readonly [Mismatch, ...Mismatch[]];
  readonly level: Level | undefined;
  /** The resource types that all of them support. */
  readonly takes: readonly string[];
}

function groupsOf(found: readonly Mismatch[], levels: StatementMismatches['levels']): readonly Group[] {
  const groups = new Map<string, [Mismatch, ...Mismatch[]]>();
  const levelOf = ({ service, takes }: Mismatch): Level | undefined =>
    LEVELS.find((one) => one.service === service.service && takes.includes(one.needs) && levels.get(one)!.length > 0);
  for (const mismatch of found) {
    const level = levelOf(mismatch);
    const key = `${mismatch.proven} ${level ? level.takes : `${mismatch.service.service} ${mismatch.takes.join()}`}`;
    const group = groups.get(key);
    if (group) group.push(mismatch);
    else groups.set(key, [mismatch]);
  }
  return [...groups.values()].map((mismatches) => ({
    mismatches,
    level: levelOf(mismatches[0]),
    takes: mismatches[0].takes,
  }));
}

function report(
  { mismatches, level, takes }: Group,
  { found, alone, levels }: StatementMismatches,
  policy: PolicyDocument,
  statement: Statement,
  { stack, quota }: Context,
): Report {
  const [{ proven }] = mismatches;
  const written = mismatches.map((one) => one.written);
  const many = mismatches.length > 1;
  const at = policy.host.displayName;
  const stated = always(is(statement.effect, oneOf('Deny'))) ? 'deny' : 'allow';
  return {
    violations: mismatches.map(({ wrong, at: place, written }) => ({
      wrong: all(statementExists(policy, statement), wrong, ...(proven ? [] : [UNKNOWABLE])),
      at: place,
      also: `${written} has no effect here either.`,
    })),
    // Next to actions that match the resources, a mismatch is mostly harmless, and common in AWS managed policies.
    ...(level ? {} : { severity: 'low', ...(alone && !isOfTableGrant(written) ? {} : { profile: 'strict' }) }),
    message: () =>
      takes.length === 0
        ? `In ${at}, ${some(written, 1)} ${many ? 'do' : 'does'} not support resource-level permissions. The ARNs have no effect; ${stated} ${many ? 'them' : 'it'} on * in a separate statement.`
        : `In ${at}, ${some(written, 1)} ${many ? 'do' : 'does'} not apply to the listed resources. ${many ? 'They apply' : 'It applies'} to ${level ? level.takes : `${some(takes.map(resourceTypeWords), 2, 'or', 'other')} resources`}; ${level ? level.hint : `add ARNs of that type, or remove ${many ? 'them' : 'it'}`}.`,
    fixes: () =>
      level
        ? levelled(
            levels.get(level)!.map((leaf) => ({ leaf, value: level.change(leaf, stack) })),
            policy,
            statement.resources,
            alone,
          )
        : takes.length === 0
          ? onEverything(policy, statement, found, alone, { quota, stack })
          : [],
  };
}

/**
 * Whether these are the actions that the AWS CDK allows on a table, in a statement of their own, besides those that
 * read its items. Authors cannot change the statement, and those who write one for a stream also list DescribeStream.
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-dynamodb/lib/perms.ts
 */
function isOfTableGrant(written: readonly string[]): boolean {
  return written.length === TABLE_GRANT.size && written.every((action) => TABLE_GRANT.has(action));
}

const TABLE_GRANT: ReadonlySet<string> = new Set(['dynamodb:GetRecords', 'dynamodb:GetShardIterator']);

/** An ARN of the wrong level, such as a bucket instead of its objects, and its correction. */
interface Level {
  readonly service: string;
  readonly needs: string;
  readonly takes: string;
  readonly written: RegExp;
  readonly hint: string;
  readonly change: (leaf: Leaf, stack: Stack) => ReturnType<typeof withSuffix>;
}

/** The ARN of an object begins with that of its bucket, and the ARN of a log stream with that of its log group. */
const LEVELS: readonly Level[] = [
  {
    service: 's3',
    needs: 'object',
    takes: 'objects',
    written: /^arn:[^:]*:s3:::[^/]+$/,
    hint: 'append /* to the bucket ARN',
    change: (leaf, stack) => withSuffix(leaf, '/*', stack),
  },
  {
    service: 's3',
    needs: 'bucket',
    takes: 'buckets',
    written: /^arn:[^:]*:s3:::[^/]+\/\*$/,
    hint: 'use the bucket ARN without /*',
    change: (leaf, stack) => withoutSuffix(leaf, '/*', stack),
  },
  {
    service: 'logs',
    needs: 'log-stream',
    takes: 'log streams',
    written: /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:[^:*]+$/,
    hint: 'append :* to the log group ARN',
    change: (leaf, stack) => withSuffix(leaf, ':*', stack),
  },
];

/**
 * Corrects the ARNs. They are replaced if no other action of the statement needs them and they can be edited; otherwise
 * the correct ones are added.
 */
function levelled(
  changes: readonly { readonly leaf: Leaf; readonly value: ReturnType<typeof withSuffix> }[],
  policy: PolicyDocument,
  list: Value,
  alone: boolean,
): readonly Fix[] {
  if (changes.length > MOST_CHANGES || changes.some(({ value }) => value === undefined)) return [];
  const instead = alone && changes.every(({ leaf }) => canBeReplaced(leaf, policy.host));
  return [
    {
      title: instead ? 'Replace with the ARN that the action supports' : 'Add the ARN that the action supports',
      safe: false,
      uncovers: 'effect',
      edits: changes.map(({ leaf, value }) =>
        instead
          ? { op: 'replace', resource: policy.host, target: leaf, value: value! }
          : { op: 'insertItem', resource: policy.host, list, value: value! },
      ),
    },
  ];
}

const MOST_CHANGES = 8;

/**
 * Allows actions without resource-level permissions on `*`: in their own statement if these are its only actions,
 * otherwise in a new statement after it.
 */
function onEverything(
  policy: PolicyDocument,
  statement: Statement,
  found: readonly Mismatch[],
  alone: boolean,
  { quota, stack }: { readonly quota: QuotaOf; readonly stack: Stack },
): readonly Fix[] {
  const without = found.filter(({ takes }) => takes.length === 0);
  if (alone && without.length === found.length)
    return [
      {
        title: 'Set Resource to * (the only value supported)',
        safe: false,
        uncovers: 'effect',
        edits: [{ op: 'replace', resource: policy.host, target: statement.resources, value: '*' }],
      },
    ];
  const actions = textsOf(statement.actions);
  const moved = new Set<Value>(without.map(({ at }) => at));
  const [own, other] = [
    actions?.filter((action) => !moved.has(action)) ?? [],
    actions?.filter((action) => moved.has(action)) ?? [],
  ];
  const resources = textsOf(statement.resources);
  if (
    own.length === 0 ||
    other.length === 0 ||
    !isPlainStatement(statement) ||
    !always(is(statement.effect, oneOf('Allow')))
  )
    return [];
  const names = other.map(({ raw }) => raw);
  if (lengthOfList(names) + 120 > remainingLength(policy, quota, stack)) return [];
  const title = fitting(
    [some(names, 1), names.length === 1 ? 'this action' : `${names.length} actions`].map(
      (what) => `Move ${what} to a new statement on *`,
    ),
  );
  const beside = { actions: names, resources: '*', suffix: 'OnAll' };
  if (canAddStatement(policy, statement))
    return [
      {
        title,
        safe: false,
        uncovers: 'effect',
        edits: [
          ...other.map((target): Edit => ({ op: 'removeItem', resource: policy.host, target })),
          insertedBeside(policy, statement, beside),
        ],
      },
    ];
  if (!resources || policy.statements.length > 1 || !always(statement.when)) return [];
  const kept = {
    actions: own.map(({ raw }) => raw),
    resources: resources.length === 1 ? resources[0]!.raw : resources.map(({ raw }) => raw),
    suffix: '',
  };
  return [{ title, safe: false, uncovers: 'effect', edits: [splitOnlyStatement(policy, statement, kept, beside)] }];
}

/** Whether an ARN belongs to a service that is unrelated to the resource-based policy. */
function isForeign({ kind, service }: PolicyDocument, text: string): boolean {
  const of = parsedArn(text)?.service;
  return kind === 'resource' && service !== undefined && of !== undefined && !mayBeIn(service, of);
}
