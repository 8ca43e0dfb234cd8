import type { PolicyDocument, Statement } from '../../model/policy.ts';
import type { Stack } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import type { QuotaOf } from './remaining-length.ts';
import type { ActionsOf } from './split-statement.ts';

/** A wildcard that fixes narrow, with the required data. */
export interface Narrowed {
  readonly policy: PolicyDocument;
  readonly statement: Statement;
  /** The wildcard. */
  readonly at: Value;
  readonly stack: Stack;
  readonly actionsOf: ActionsOf;
  readonly quotaOf: QuotaOf;
}
