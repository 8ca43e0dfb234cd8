import type { Truth } from '../../base/guard.ts';
import type { Uri } from '../../base/span.ts';
import type { Expression } from '../../model/expression.ts';
import type { Parameter, ResourcePart } from '../../model/resource.ts';
import type { Address, Value } from '../../model/value.ts';
import type { MapNode, Tree } from '../../syntax/tree.ts';
import type { ProviderVersions } from './provider-version.ts';
import type { PlacedSource } from './unused-policies.ts';

/** The body of a resource in the source, used to write changes. Plans have none. */
export interface BodyPlace {
  readonly tree: Tree;
  readonly body: MapNode;
  /** The arguments and types of blocks that another file says, whatever the body says of them. */
  readonly elsewhere: ReadonlySet<string>;
}

/** One resource as Terraform has it, from a configuration or from a plan. */
export interface NativeResource {
  /** With its instance key, in a plan: `aws_s3_bucket.b[0]`. */
  readonly address: Address;
  /** Without instance keys. */
  readonly family: Address;
  readonly type: string;
  readonly name: string;
  /** Its attributes and blocks. */
  readonly body: Value;
  readonly exists: Truth;
  readonly part: ResourcePart;
  readonly place: BodyPlace | undefined;
}

/** A set of native resources with their common context. */
export interface NativeStack {
  readonly resources: readonly NativeResource[];
  /** Whether resources may exist that were not read, so that a companion that is not seen may still be there. */
  readonly open: boolean;
  readonly parameters: readonly Parameter[];
  /** The data sources, whose arguments make up what resources have. */
  readonly sources?: readonly ResourcePart[];
  /** The policy documents among the data sources that nothing has. */
  unusedDocuments?(): readonly PlacedSource[];
  /**
   * The families of resources that a module is given which was not read, and which may hold something that completes them; none
   * where it is not said.
   */
  readonly handedOn?: ReadonlySet<Address>;
  /** The AWS provider of the configuration. */
  readonly provider?: ProviderVersions;
  /**
   * The innermost expression at an offset (UTF-16) of a document, a plain scalar included; undefined if there is none.
   */
  expressionAt?(doc: Uri, offset: number): Expression | undefined;
}
