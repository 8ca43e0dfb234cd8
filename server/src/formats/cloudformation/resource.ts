import type { Truth } from '../../base/guard.ts';
import type { Format, Part, Policies, Related, Resource } from '../../model/resource.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Value } from '../../model/value.ts';
import type { Pair } from '../../syntax/tree.ts';
import type { Carrier } from '../policy-document.ts';
import { policiesAt } from '../policy-locations.ts';
import { ValueProperties } from '../properties.ts';

export interface ResourceParts {
  readonly address: string;
  readonly type: string;
  readonly format: Format;
  readonly exists: Truth;
  readonly part: Part;
  readonly generated: boolean;
  /** The pair of the resource in the template: its key is the logical id. */
  readonly pair: Pair;
  readonly properties: Value;
  readonly carriers: readonly Carrier[];
  readonly relate: (resource: Resource, kind: RelationKind) => Related;
}

/** A resource of a template. Its properties are the canonical ones already. */
export class CloudFormationResource extends ValueProperties implements Resource {
  readonly address: string;
  readonly type: string;
  readonly nativeType: string;
  readonly format: Format;
  readonly exists: Truth;
  readonly parts: readonly Part[];
  readonly external = false;
  readonly family: string;
  readonly generated: boolean;
  readonly pair: Pair;
  readonly #carriers: readonly Carrier[];
  readonly #relate: ResourceParts['relate'];
  readonly #related = new Map<RelationKind, Related>();
  #policies: Policies | undefined;

  constructor(parts: ResourceParts) {
    super(parts.properties);
    this.address = this.family = parts.address;
    this.type = this.nativeType = parts.type;
    this.format = parts.format;
    this.exists = parts.exists;
    this.parts = [parts.part];
    this.generated = parts.generated;
    this.pair = parts.pair;
    this.#carriers = parts.carriers;
    this.#relate = parts.relate;
  }

  nativePath(path: string): string {
    return path;
  }

  related(kind: RelationKind): Related {
    let related = this.#related.get(kind);
    if (!related) {
      related = this.#relate(this, kind);
      this.#related.set(kind, related);
    }
    return related;
  }

  policies(): Policies {
    return this.#policies ??= policiesAt(this, this.#carriers);
  }
}
