import { table, type Table } from '../../base/table.ts';
import type { Here } from '../here.ts';
import { invokers } from './invokers.ts';
import { patching } from './patching.ts';
import { principals } from './principals.ts';
import { publicAccess } from './public-access.ts';
import { openings, reachable } from './reachable.ts';
import { runtime } from './runtime.ts';

/** Lines that depend on more than one property, by the name that the data uses. They return undefined if nothing is known. */
export const COMPUTED: Table<((here: Here) => string | undefined) | undefined> = table({
  invokers,
  openings,
  patching,
  principals,
  publicAccess,
  reachable,
  runtime,
});
