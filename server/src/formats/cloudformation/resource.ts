import type { Truth } from '../../base/guard.ts';
import type { Format, Part, Policies, Related, Resource } from '../../model/resource.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Edit } from '../../model/edit.ts';
import type { Leaf, Value } from '../../model/value.ts';
import type { TreeEdit } from '../../syntax/tree-edit.ts';
import type { Pair, Tree } from '../../syntax/tree.ts';
import type { Lowerable, Refusal } from '../lowering.ts';
import type { Carrier } from '../policy-document.ts';
import { policiesAt } from '../policy-locations.ts';
import { ValueProperties } from '../properties.ts';
import { lowerTemplateEdit } from './lower.ts';

export interface ResourceParts {
  readonly address: string;
  readonly type: string;
  readonly format: Format;
  readonly exists: Truth;
  readonly part: Part;
  readonly generated: boolean;
  readonly tree: Tree;
  /** The pair of the resource in the template: its key is the logical id. */
  readonly pair: Pair;
  readonly properties: Value;
  readonly carriers: readonly Carrier[];
  readonly relate: (resource: Resource, kind: RelationKind) => Related;
}

/** A resource of a template. Its properties are the canonical ones already. */
export class CloudFormationResource extends ValueProperties implements Lowerable {
  readonly address: string;
  readonly type: string;
  readonly nativeType: string;
  readonly format: Format;
  readonly exists: Truth;
  readonly self: Value;
  readonly parts: readonly Part[];
  readonly external = false;
  readonly family: string;
  readonly generated: boolean;
  readonly #tree: Tree;
  readonly #pair: Pair;
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
    this.self = { state: 'absent', open: false, origin: { use: parts.part.nameAt, steps: [], edit: 'none' } };
    this.parts = [parts.part];
    this.generated = parts.generated;
    this.#tree = parts.tree;
    this.#pair = parts.pair;
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

  lower(edit: Edit, leaf: Leaf): readonly TreeEdit[] | Refusal {
    return lowerTemplateEdit({ tree: this.#tree, pair: this.#pair, resource: this }, edit, leaf);
  }

  policies(): Policies {
    return this.#policies ??= policiesAt(this, this.#carriers);
  }
}
