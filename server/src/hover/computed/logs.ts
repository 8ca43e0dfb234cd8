/** Where a resource logs to, and how long these logs are kept. */
import { sameSpan } from '../../base/span.ts';
import { some } from '../../base/words.ts';
import { leaves } from '../../model/navigate.ts';
import { asInteger } from '../../model/predicate.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Edge, Resource } from '../../model/resource.ts';
import { shown } from '../../model/shown.ts';
import type { Leaf } from '../../model/value.ts';
import { caseFor } from '../fits.ts';
import type { Here, Piece } from '../here.ts';
import type { ComputedLine } from '../ownership.ts';
import { effectiveOf, nativeName, outcomePieces, withFinding, type Said } from '../property-pieces.ts';
import { unknownBecause } from '../unknown-because.ts';

/** The relations to what a resource names as the destination of its logs. */
const NAMED: readonly RelationKind[] = ['log-groups', 'log-buckets', 'access-log-bucket'];

/** The relations to the resources that log about it. */
const OTHERS: readonly RelationKind[] = ['function-log-groups', 'log-deliveries', 'flow-logs'];

const MOST = 2;

/** The destinations of the logs of a resource, and the resources that log about it. */
export function logs(here: Here): readonly Piece[] {
  return related(here, [...NAMED, ...OTHERS]);
}

/** The resources that log about a resource. */
export function otherLogs(here: Here): readonly Piece[] {
  return related(here, OTHERS);
}

function related({ resource: from }: Here, kinds: readonly RelationKind[]): readonly Piece[] {
  const edges = kinds.flatMap((kind) => from.related(kind).edges);
  const texts = [...new Set(edges.map(({ resource }) => destinationText(resource)))];
  return texts.length === 0 ? [] : [{ text: some(texts, MOST), cite: [], status: 'neutral' }];
}

/** The destination that a property names. The cases of the line say what an absent one means. */
export function destination(here: Here, line: Pick<ComputedLine, 'path' | 'cases'>): readonly Piece[] {
  const edges = NAMED.flatMap((kind) => here.resource.related(kind).edges);
  return outcomePieces(line.path!, here, (leaf, value, guard) => {
    const said = saidOf(leaf, edges, line, here);
    return said && withFinding(said, here, line.path!, leaf, value, guard);
  });
}

function saidOf(
  leaf: Leaf,
  edges: readonly Edge[],
  { path, cases = [] }: Pick<ComputedLine, 'path' | 'cases'>,
  { resource }: Here,
): Said | undefined {
  const edge = edges.find(({ via }) => sameSpan(via.origin.use, leaf.origin.use));
  if (edge) return { text: destinationText(edge.resource), cite: [], isUnknown: false };
  const property = nativeName(resource, path!);
  const effective = effectiveOf(leaf);
  const fits = caseFor(effective, cases);
  if (fits) return { text: fits.say.replaceAll('{property}', property), cite: fits.cite ?? [], isUnknown: false };
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

/** A destination of logs with the retention of its log group. */
export function destinationText(to: Resource): string {
  switch (to.type) {
    case 'AWS::Logs::LogGroup':
      return `to log group ${to.displayName} (${retentionText(to)})`;
    case 'AWS::S3::Bucket':
      return `to bucket ${to.displayName}`;
    case 'AWS::EC2::FlowLog':
      return `flow logs by ${to.displayName}${some(
        NAMED.flatMap((kind) => to.related(kind).edges).map(({ resource }) => ` ${destinationText(resource)}`),
        1,
      )}`;
    default:
      return `delivered by ${to.displayName}`;
  }
}

function retentionText(group: Resource): string {
  const all = leaves(group.get('RetentionInDays'));
  const leaf = effectiveOf((all.find(({ guard }) => guard.holdsByDefault()) ?? all[0]!).value);
  if (leaf.state === 'absent' && !leaf.open) return 'never expires';
  const days = leaf.state === 'known' ? asInteger(leaf) : undefined;
  if (days === undefined) return 'retention not known here';
  // In Terraform, 0 means that events never expire.
  return days === 0 ? 'never expires' : `kept ${days} days`;
}
