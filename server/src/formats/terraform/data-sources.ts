/** What data sources come to without asking AWS. */
import type { Span } from '../../base/span.ts';
import type { Address, Origin, Value } from '../../model/value.ts';
import { policyDocumentOf } from './policy-document-source.ts';

/** A data source of a configuration or of a plan. */
export interface DataSource {
  /** `data.aws_iam_policy_document.x`, with the module that it is in. */
  readonly address: Address;
  readonly type: string;
  /** Its arguments and blocks, under Terraform's names: one object for one source, because what is made of it is remembered by it. */
  readonly body: Value;
  /** Its name, as a place in the document. */
  readonly nameAt: Span;
}

/** The value of an attribute of a source, at the place that the origin describes. */
type Reader = (source: DataSource, attribute: string, origin: Origin) => Value | undefined;

const READERS: Readonly<Record<string, Reader>> = {
  aws_iam_policy_document: (source, attribute, origin) => attribute === 'json' || attribute === 'minified_json' ? policyDocumentOf(source, origin) : undefined,
};

/**
 * The value of an attribute of a data source at the place that the origin describes, worked out from the arguments; undefined where
 * only AWS knows it.
 */
export function dataAttribute(source: DataSource, attribute: string, origin: Origin): Value | undefined {
  return Object.hasOwn(READERS, source.type) ? READERS[source.type]!(source, attribute, origin) : undefined;
}
