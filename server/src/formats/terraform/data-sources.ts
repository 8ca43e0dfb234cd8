/** What data sources come to without asking AWS. */
import type { Span } from '../../base/span.ts';
import type { Address, Origin, Value } from '../../model/value.ts';

/** A data source of a configuration or of a plan. */
export interface DataSource {
  /** `data.aws_iam_policy_document.x`, with the module that it is in. */
  readonly address: Address;
  readonly type: string;
  /** Its arguments and blocks, under Terraform's names. */
  readonly body: Value;
  /** Its name, as a place in the document. */
  readonly nameAt: Span;
}

/**
 * The value of an attribute of a data source at the place that the origin describes, worked out from the arguments; undefined where
 * only AWS knows it.
 */
export function dataAttribute(_source: DataSource, _attribute: string, _origin: Origin): Value | undefined {
  return undefined;
}
