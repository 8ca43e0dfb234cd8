/** Rules about databases that are deleted with their data, because no final snapshot is created. */
import { all, is, not } from '../../model/judgement.ts';
import { isTrue, oneOf } from '../../model/predicate.ts';
import { always } from '../../model/quantified.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { defineRule, OF_RESOURCES, type AnyRule, type Report } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import { metadataOf, type FormFacts } from './metadata.ts';
import { meetsAny, pathsIn, type Tests } from './test.ts';

const KEYWORDS = [
  'DeletionPolicy',
  'Retain',
  'skip_final_snapshot',
  'stack deletion',
  'terraform destroy',
  'data loss',
];

const LIFECYCLE = {
  'https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle':
    'With prevent_destroy, Terraform rejects plans that destroy the resource.',
};

/** A database service whose clusters or instances can leave a snapshot. */
export type FinalSnapshotRule<T extends ResourceType> = Omit<FormFacts, 'fix' | 'remedy'> & {
  /** The databases, each with tests that it meets if it cannot be deleted, or if it has no data of its own. */
  readonly databases: { readonly [K in T]: Tests<ResourcePaths[K]> };
};

/** Makes a rule from its data, about the deletion policy of CloudFormation and `skip_final_snapshot` of Terraform. */
export function finalSnapshotRule<T extends ResourceType>(data: FinalSnapshotRule<T>): AnyRule {
  const exemptions = new Map(Object.entries<Tests>(data.databases as never));
  return defineRule<T>({
    ...metadataOf(
      {
        ...data,
        keywords: [...(data.keywords ?? []), ...KEYWORDS],
        sources: { ...data.sources, ...LIFECYCLE },
        remedy:
          'Set DeletionPolicy to Snapshot, or to Retain. In Terraform, set skip_final_snapshot to false and name the snapshot in final_snapshot_identifier.',
      },
      { advice: '', fixable: true },
    ),
    on: 'resource',
    reads: Object.fromEntries([...exemptions].map(([type, tests]) => [type, pathsIn(tests)])) as never,
    attribute: 'DeletionPolicy',
    formats: OF_RESOURCES,
    *check(subject) {
      const database = subject as Resource;
      const exemption = exemptions.get(database.type);
      if (database.argument) {
        yield* skipped(database, database.argument.bind(database), exemption);
        return;
      }
      const policy = database.attribute('DeletionPolicy');
      const exempt = meetsAny((path) => database.get(path), exemption);
      yield {
        violations: [{ wrong: all(is(policy, oneOf('Delete')), not(exempt)), at: policy }],
        message: `${database.displayName} is deleted without a final snapshot. Set DeletionPolicy to Snapshot.`,
        fixes: () => [
          {
            title: 'Set DeletionPolicy to Snapshot (snapshots are charged)',
            safe: false,
            edits: [{ op: 'setAttribute', resource: database, name: 'DeletionPolicy', value: 'Snapshot' }],
          },
        ],
      };
    },
  });
}

/**
 * A database whose Terraform resource skips the snapshot. Terraform shows what it destroys, so the finding is milder.
 */
function* skipped(
  database: Resource,
  argument: (path: string) => Value,
  exemption: Tests | undefined,
): Iterable<Report> {
  // A literal in the configuration, which plans do not have.
  if (always(is(argument('lifecycle.prevent_destroy'), isTrue))) return;
  const skip = argument('skip_final_snapshot');
  const exempt = meetsAny((path) => database.get(path), exemption);
  yield {
    severity: 'low',
    profile: 'strict',
    violations: [{ wrong: all(is(skip, isTrue), not(exempt)), at: skip }],
    message: `${database.displayName} is deleted without a final snapshot. Set skip_final_snapshot to false, and final_snapshot_identifier.`,
  };
}
