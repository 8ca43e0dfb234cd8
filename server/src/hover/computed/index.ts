import { table, type Table } from '../../base/table.ts';
import type { CardContext, Piece } from '../card-context.ts';
import type { ComputedLine } from '../ownership.ts';
import { access } from './access.ts';
import { backupPlans } from './backup-plans.ts';
import { deletionPolicies } from './deletion.ts';
import { invokers } from './invokers.ts';
import { key } from './keys.ts';
import { listItems } from './listed.ts';
import { destination, logs, otherLogs } from './logs.ts';
import { managedUpdates } from './managed-updates.ts';
import { patching } from './patching.ts';
import { principals } from './principals.ts';
import { publicAccess } from './public-access.ts';
import { openings, reachable } from './reachable.ts';
import { replicas } from './replicas.ts';
import { rotation } from './rotation.ts';
import { runtime } from './runtime.ts';
import { shares } from './shares.ts';
import { snapshotPolicies } from './snapshot-policies.ts';
import { tlsParameter, tlsPolicy } from './transport.ts';

/**
 * Lines that depend on more than one property, by the name that the data uses. They return nothing if nothing is known.
 */
export const COMPUTED: Table<
  ((here: CardContext, line: ComputedLine) => string | readonly Piece[] | undefined) | undefined
> = table({
  access,
  backupPlans,
  deletion: deletionPolicies,
  destination,
  invokers,
  key,
  listed: listItems,
  logs,
  managedUpdates,
  openings,
  otherLogs,
  patching,
  principals,
  publicAccess,
  reachable,
  replicas,
  rotation,
  runtime,
  shares,
  snapshotPolicies,
  tlsParameter,
  tlsPolicy,
});
