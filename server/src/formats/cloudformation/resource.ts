import type { Truth } from '../../base/guard.ts';
import type { Format, Part, Policies, Related, Resource, ResourceAttribute } from '../../model/resource.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Edit, NewValue } from '../../model/edit.ts';
import type { Leaf, Value } from '../../model/value.ts';
import type { TreeEdit } from '../../syntax/tree-edit.ts';
import type { Pair, Tree } from '../../syntax/tree.ts';
import type { Lowerable, Refusal } from '../lowering.ts';
import type { Carrier } from '../policy-document.ts';
import { policiesAt } from '../policy-locations.ts';
import { ValueProperties } from '../properties.ts';
import { missingAttribute } from './attributes.ts';
import { lowerTemplateEdit } from './lower.ts';

/** How canonical properties are written where a transform has its own words for them. */
export interface NativeWords {
  /** A canonical path in these words. */
  path(path: string): string;
  /** What to write under which paths, below the resource's properties, for a canonical property. */
  writtenAs(path: string, value: NewValue): readonly { readonly path: string; readonly value: NewValue }[] | Refusal;
}

export interface ResourceParts {
  /** The logical id that the author wrote. */
  readonly address: string;
  /** The logical id in the template that is deployed; another one for what a transform makes beside a resource. */
  readonly family: string;
  readonly type: string;
  readonly format: Format;
  readonly exists: Truth;
  /** The resource as written, and what else its properties are written in. */
  readonly parts: readonly [Part, ...Part[]];
  readonly generated: boolean;
  /** Whether it is made in an iteration of a loop, and others by the same text. */
  readonly looped: boolean;
  readonly internal: boolean;
  /** The value of an attribute; undefined if it is not set. */
  readonly attribute: (name: ResourceAttribute) => Value | undefined;
  /** Whether something that is not seen may give it attributes. */
  readonly openAttributes: boolean;
  readonly tree: Tree;
  /** The pair of the resource in the template: its key is the logical id. */
  readonly pair: Pair;
  readonly properties: Value;
  readonly carriers: readonly Carrier[];
  readonly relate: (resource: Resource, kind: RelationKind) => Related;
  readonly words?: NativeWords;
}

/** A resource of a template. Its properties are the canonical ones, as they are written or as a transform makes them. */
export class CloudFormationResource extends ValueProperties implements Lowerable {
  readonly address: string;
  readonly displayName: string;
  readonly type: string;
  readonly nativeType: string;
  readonly format: Format;
  readonly exists: Truth;
  readonly self: Value;
  readonly parts: readonly Part[];
  readonly external = false;
  readonly family: string;
  readonly generated: boolean;
  readonly #looped: boolean;
  readonly internal: boolean;
  readonly #attribute: ResourceParts['attribute'];
  readonly #openAttributes: boolean;
  readonly #tree: Tree;
  readonly #pair: Pair;
  readonly #carriers: readonly Carrier[];
  readonly #relate: ResourceParts['relate'];
  readonly #words: NativeWords | undefined;
  readonly #related = new Map<RelationKind, Related>();
  #policies: Policies | undefined;

  constructor(parts: ResourceParts) {
    super(parts.properties);
    this.address = parts.address;
    // In a message the document says in which template it is.
    this.displayName = parts.parts[0].construct ?? parts.address.slice(parts.address.lastIndexOf('/') + 1);
    this.family = parts.family;
    this.type = parts.type;
    this.nativeType = parts.parts[0].nativeType;
    this.format = parts.format;
    this.exists = parts.exists;
    this.self = { state: 'absent', open: false, origin: { use: parts.parts[0].nameAt, steps: [], edit: 'none' } };
    this.parts = parts.parts;
    this.generated = parts.generated;
    this.#looped = parts.looped;
    this.internal = parts.internal;
    this.#attribute = parts.attribute;
    this.#openAttributes = parts.openAttributes;
    this.#tree = parts.tree;
    this.#pair = parts.pair;
    this.#carriers = parts.carriers;
    this.#relate = parts.relate;
    this.#words = parts.words;
  }

  nativePath(path: string): string {
    return this.#words?.path(path) ?? path;
  }

  attribute(name: ResourceAttribute): Value {
    return this.#attribute(name) ?? missingAttribute(this, name, this.#openAttributes);
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
    return lowerTemplateEdit(
      {
        tree: this.#tree,
        pair: this.#pair,
        resource: this,
        looped: this.#looped,
        ...(this.#words ? { words: this.#words } : {}),
      },
      edit,
      leaf,
    );
  }

  policies(): Policies {
    return (this.#policies ??= policiesAt(this, this.#carriers));
  }
}
