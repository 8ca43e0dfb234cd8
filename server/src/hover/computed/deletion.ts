/** What happens to the data of a resource when it is deleted from the stack. */
import { ownEntry } from '../../base/table.ts';
import { isTemplate } from '../../model/format.ts';
import { isAbsent } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import type { Resource } from '../../model/resource.ts';
import { shown } from '../../model/shown.ts';
import type { Value } from '../../model/value.ts';
import type { CardContext, Piece } from '../card-context.ts';
import { byDefaultFirst, scenarioEnding, findingAt, reached, ruleSuffix } from '../property-pieces.ts';
import { destruction } from './destruction.ts';

const ATTRIBUTE = 'DeletionPolicy';
const ON_REPLACEMENT = 'UpdateReplacePolicy';

/**
 * What a `DeletionPolicy` does:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
const EFFECTS: Readonly<Record<string, string>> = {
  Delete: 'deleted with the stack',
  Retain: 'kept when removed from the stack',
  RetainExceptOnCreate: 'kept when removed from the stack',
  Snapshot: 'final snapshot on deletion',
};

/**
 * What an `UpdateReplacePolicy` does with the resource that an update replaces:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
 */
const REPLACED: Readonly<Record<string, string>> = {
  Delete: 'deleted when replaced',
  Retain: 'kept when replaced',
  Snapshot: 'final snapshot when replaced',
};

/** The types whose default is `Snapshot`, except for instances of a cluster. */
const SNAPSHOT_BY_DEFAULT: ReadonlySet<string> = new Set(['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance']);

/**
 * The properties that make an instance a read replica. RDS takes no final snapshot of it.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html
 */
const SOURCES: readonly string[] = ['SourceDBInstanceIdentifier', 'SourceDBClusterIdentifier'];

/**
 * The `DeletionPolicy` and `UpdateReplacePolicy` in each scenario; in Terraform, the arguments about deletion. Nothing
 * if they are not set and have no other default.
 */
export function deletionPolicies(here: CardContext): readonly Piece[] {
  const { resource } = here;
  if (isTemplate(resource.format)) return [...onDeletion(here), ...onReplacement(resource)];
  // AWS takes no final snapshot of a replica.
  return canBeReplica(resource) ? [] : destruction(resource).map(neutral);
}

function onDeletion(here: CardContext): readonly Piece[] {
  const { resource } = here;
  const value = resource.attribute(ATTRIBUTE);
  if (isAbsent(value).yes.isAlways()) return unset(here, value);
  const all = byDefaultFirst(
    reached(leaves(value), resource).filter(
      ({ value: leaf }) =>
        leaf.state !== 'absent' && !(leaf.state === 'known' && leaf.raw === 'Snapshot' && canBeReplica(resource)),
    ),
  );
  return all.slice(0, 2).map(({ guard, value: leaf }): Piece => {
    const name = leaf.state === 'known' ? leaf.raw : undefined;
    const effect = (name === undefined ? undefined : ownEntry(EFFECTS, name)) ?? shown(leaf);
    const found = findingAt(here, resource, ATTRIBUTE, leaf, value);
    return {
      text: `${effect} (${ATTRIBUTE})${found ? ruleSuffix(found) : ''}${all.length > 1 ? scenarioEnding(guard) : ''}`,
      cite: [],
      status: found && !found.suppressed ? 'wrong' : 'neutral',
    };
  });
}

/**
 * The `UpdateReplacePolicy` in each scenario. If it is not set, an update that replaces a resource deletes the old one,
 * which matters where `DeletionPolicy` keeps it.
 */
function onReplacement(resource: Resource): readonly Piece[] {
  const value = resource.attribute(ON_REPLACEMENT);
  if (isAbsent(value).yes.isAlways()) {
    if (canBeReplica(resource)) return [];
    const kept = leaves(resource.attribute(ATTRIBUTE)).every(
      ({ value: leaf }) => leaf.state === 'known' && leaf.raw !== 'Delete' && ownEntry(EFFECTS, leaf.raw) !== undefined,
    );
    return kept ? [neutral(`${REPLACED['Delete']} (${ON_REPLACEMENT} is not set)`)] : [];
  }
  const all = byDefaultFirst(reached(leaves(value), resource).filter(({ value: leaf }) => leaf.state !== 'absent'));
  return all.slice(0, 2).map(({ guard, value: leaf }) => {
    const effect = (leaf.state === 'known' ? ownEntry(REPLACED, leaf.raw) : undefined) ?? shown(leaf);
    return neutral(`${effect} (${ON_REPLACEMENT})${all.length > 1 ? scenarioEnding(guard) : ''}`);
  });
}

function neutral(text: string): Piece {
  return { text, cite: [], status: 'neutral' };
}

/** What holds without the attribute, if the type has a default of its own or a rule reports it. */
function unset(here: CardContext, value: Value): readonly Piece[] {
  const { resource } = here;
  if (hasSnapshotByDefault(resource)) return [neutral(`${EFFECTS['Snapshot']} (by default)`)];
  const found = leaves(value)
    .map(({ value: leaf }) => findingAt(here, resource, ATTRIBUTE, leaf, value))
    .find((one) => one !== undefined);
  return found
    ? [
        {
          text: `${EFFECTS['Delete']} (${ATTRIBUTE} is not set)${ruleSuffix(found)}`,
          cite: [],
          status: found.suppressed ? 'neutral' : 'wrong',
        },
      ]
    : [];
}

function hasSnapshotByDefault(resource: Resource): boolean {
  return (
    SNAPSHOT_BY_DEFAULT.has(resource.type) &&
    !canBeReplica(resource) &&
    (resource.type !== 'AWS::RDS::DBInstance' || isAbsent(resource.get('DBClusterIdentifier')).yes.isAlways())
  );
}

function canBeReplica(resource: Resource): boolean {
  return (
    resource.type === 'AWS::RDS::DBInstance' && SOURCES.some((path) => !isAbsent(resource.get(path)).yes.isAlways())
  );
}
