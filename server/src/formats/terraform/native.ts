import type { Truth } from '../../base/guard.ts';
import type { Uri } from '../../base/span.ts';
import type { EvaluatedExpression } from '../../model/expression.ts';
import type { Parameter, ProviderAccounts, ResourcePart, SourcePart } from '../../model/resource.ts';
import type { Address, Value } from '../../model/value.ts';
import type { MapNode, Tree } from '../../syntax/tree.ts';
import type { InstanceFacts } from './block-facts.ts';
import type { ConfigurationSource } from './configuration-graph.ts';
import type { ProviderVersions } from './provider-version.ts';
import type { SoleReadings } from './sole-reading.ts';
import type { PlacedSource } from './unused-policies.ts';

/** The body of a resource in the source, used to write changes. Plans have none. */
export interface BodyPlace {
  readonly tree: Tree;
  readonly body: MapNode;
  /** The arguments and block types that another file overrides, regardless of the body. */
  readonly elsewhere: ReadonlySet<string>;
}

/** A Terraform resource from a configuration, plan or state. */
export interface NativeResource {
  /** The address, in a plan with the instance key: `aws_s3_bucket.b[0]`. */
  readonly address: Address;
  /** Without instance keys. */
  readonly family: Address;
  readonly type: string;
  readonly name: string;
  /** The attributes and blocks. */
  readonly body: Value;
  readonly when: Truth;
  readonly part: ResourcePart;
  readonly place: BodyPlace | undefined;
  /** What is known of it from an earlier version of the configuration; absent if it is read once. */
  readonly facts?: InstanceFacts | undefined;
  /** The accounts of its provider, if this names them; absent in a plan or state. */
  accounts?(): ReadonlySet<string> | undefined;
}

/** A set of native resources with their common context. */
export interface NativeStack {
  readonly resources: readonly NativeResource[];
  /** Whether unread resources can exist, so that a companion can exist without being known. */
  readonly open: boolean;
  readonly parameters: readonly Parameter[];
  /** The data sources, whose arguments determine values of resources. */
  readonly sources?: readonly SourcePart[];
  /** The policy documents among the data sources that no resource uses. */
  unusedDocuments?(): readonly PlacedSource[];
  /**
   * The families of resources that are passed to an unread module, which can contain companions of them; undefined if
   * none are.
   */
  readonly completable?: ReadonlySet<Address>;
  /** The accounts of its AWS providers, if these name them. */
  readonly accounts?: ProviderAccounts | undefined;
  /** The AWS provider of the configuration. */
  readonly provider?: ProviderVersions;
  /** The texts of a configuration, for comparison with a later version; undefined for a plan or state. */
  readonly configuration?: ConfigurationSource;
  /** Equal for versions that share the variable objects of their scenarios; undefined if none does. */
  readonly variables?: number | undefined;
  /** What reads the locals and variables of the configuration; undefined in a plan or state. */
  readonly readings?: SoleReadings;
  /**
   * The innermost expression at an offset (UTF-16) of a document, including plain scalars; undefined if there is none.
   */
  expressionAt?(doc: Uri, offset: number): EvaluatedExpression | undefined;
}
