/** Where a resource logs to, and how long these logs are kept. */
import { flatMap } from '../../base/flat-map.ts';
import { sameSpan } from '../../base/span.ts';
import { some, someOf } from '../../base/words.ts';
import type { Finding } from '../../model/finding.ts';
import { leaves } from '../../model/navigate.ts';
import { asInteger } from '../../model/predicate.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Edge, Resource } from '../../model/resource.ts';
import { shown } from '../../model/shown.ts';
import type { Leaf } from '../../model/value.ts';
import { caseFor } from '../fits.ts';
import type { CardContext, Piece } from '../card-context.ts';
import type { ComputedLine } from '../ownership.ts';
import {
  effectiveOf,
  findingAt,
  shortName,
  outcomePieces,
  ruleSuffix,
  textOfCase,
  withFinding,
  type ValueText,
} from '../property-pieces.ts';
import { unknownBecause } from '../unknown-because.ts';

/** The relations from a resource to the destinations of its logs. */
const NAMED: readonly RelationKind[] = ['log-groups', 'log-buckets', 'access-log-bucket'];

/** The relations to the resources that log about it. */
const OTHERS: readonly RelationKind[] = ['function-log-groups', 'log-deliveries', 'flow-logs'];

const MOST = 2;

/** The destinations of the logs of a resource, and the resources that log about it. */
export function logs(here: CardContext): readonly Piece[] {
  return related(here, [...NAMED, ...OTHERS]);
}

/** The resources that log about a resource. */
export function otherLogs(here: CardContext): readonly Piece[] {
  return related(here, OTHERS);
}

function related(here: CardContext, kinds: readonly RelationKind[]): readonly Piece[] {
  const edges = flatMap(kinds, (kind) => here.resource.related(kind).edges);
  const destinations = edges.map(({ resource }) => destinationOf(resource, here));
  const texts = [...new Set(destinations.map(({ text }) => text))];
  const status = destinations.some(({ rule }) => rule !== undefined) ? 'wrong' : 'neutral';
  return texts.length === 0 ? [] : [{ text: someOf(texts, MOST, 'destination'), cite: [], status }];
}

/** The destination that a property names. The cases of the line describe an absent one. */
export function destination(here: CardContext, line: Pick<ComputedLine, 'path' | 'cases'>): readonly Piece[] {
  const edges = flatMap(NAMED, (kind) => here.resource.related(kind).edges);
  return outcomePieces(line.path!, here, (leaf, value, guard) => {
    const text = destinationText(leaf, edges, line, here);
    return text && withFinding(text, here, line.path!, leaf, value, guard);
  });
}

function destinationText(
  leaf: Leaf,
  edges: readonly Edge[],
  { path, cases = [] }: Pick<ComputedLine, 'path' | 'cases'>,
  here: CardContext,
): ValueText | undefined {
  const edge = edges.find(({ via }) => sameSpan(via.origin.use, leaf.origin.use));
  if (edge) return destinationOf(edge.resource, here);
  const property = shortName(here.resource, path!);
  const effective = effectiveOf(leaf);
  const fits = caseFor(effective, cases);
  if (fits) return { ...textOfCase(fits, effective), text: fits.say.replaceAll('{property}', property) };
  switch (effective.state) {
    case 'absent':
    case 'unknown':
      return { text: `${property} ${unknownBecause(effective)}`, cite: [], isUnknown: true };
    default:
      return { text: `to ${kindOf(path!)}${shown(effective)}`, cite: [], isUnknown: false };
  }
}

/** What a property names: `S3BucketName` a bucket, `LogGroup` a log group. */
function kindOf(path: string): string {
  const last = path.split('.').at(-1)!;
  return /bucket/i.test(last) ? 'bucket ' : /log_?group/i.test(last) ? 'log group ' : '';
}

/** A destination of logs, with the retention of its log group and the rule that reports it. */
function destinationOf(to: Resource, here: CardContext): ValueText {
  const plain = { cite: [], isUnknown: false };
  switch (to.type) {
    case 'AWS::Logs::LogGroup': {
      const { text, isNeutral, found } = retentionOf(to, here);
      return {
        ...plain,
        text: `to log group ${to.displayName} (${text})${found ? ruleSuffix(found) : ''}`,
        ...(found && !found.suppressed ? { rule: found.rule } : {}),
        isNeutral,
      };
    }
    case 'AWS::S3::Bucket':
      return { ...plain, text: `to bucket ${to.displayName}` };
    case 'AWS::EC2::FlowLog': {
      const own = flatMap(NAMED, (kind) => to.related(kind).edges).map(({ resource }) => destinationOf(resource, here));
      const rule = own.find((one) => one.rule !== undefined)?.rule;
      return {
        ...plain,
        text: `flow logs by ${to.displayName}${some(
          own.map(({ text }) => ` ${text}`),
          1,
        )}`,
        ...(rule === undefined ? {} : { rule }),
      };
    }
    default:
      return { ...plain, text: `delivered by ${to.displayName}` };
  }
}

/** How long a log group keeps events by default. */
interface Retention {
  readonly text: string;
  /** Set unless events expire. */
  readonly isNeutral: boolean;
  readonly found: Finding | undefined;
}

function retentionOf(group: Resource, here: CardContext): Retention {
  const retention = group.get(RETENTION);
  const all = leaves(retention);
  const { guard, value: leaf } = all.find((one) => one.guard.holdsByDefault()) ?? all[0]!;
  const found = findingAt(here, group, RETENTION, leaf, retention, guard.describe());
  const effective = effectiveOf(leaf);
  if (effective.state === 'absent' && !effective.open) return { text: 'never expires', isNeutral: true, found };
  const days = effective.state === 'known' ? asInteger(effective) : undefined;
  if (days === undefined) return { text: 'retention not known here', isNeutral: true, found };
  // In Terraform, 0 means that events never expire.
  return {
    text: days === 0 ? 'never expires' : `kept ${days} day${days === 1 ? '' : 's'}`,
    isNeutral: days === 0,
    found,
  };
}

const RETENTION = 'RetentionInDays';
