import { MAYBE, TRUE } from '../base/guard.ts';
import type { ResourceEdit } from '../model/edit.ts';
import { absentFrom } from '../model/navigate.ts';
import type { PolicyDocument } from '../model/policy.ts';
import type { Format } from '../model/format.ts';
import type { Entries, ResourcePart, Policies, Related, Resource } from '../model/resource.ts';
import type { Leaf, Value } from '../model/value.ts';
import type { TreeEdit } from '../syntax/tree-edit.ts';
import { refusal, type Lowerable, type Refusal } from './lowering.ts';
import type { ValueEdit } from './value-edits.ts';

/** The host of a policy without a resource, whose attachment is unknown. */
export abstract class PolicyHost implements Lowerable, Resource {
  /** The subject of messages: "The policy in read-only.json is". */
  readonly address: string;
  readonly displayName: string;
  readonly family: string;
  /** No rule reads it. */
  readonly type: string;
  readonly nativeType: string;
  readonly format: Format;
  readonly when = TRUE;
  readonly external = false;
  readonly parts: readonly ResourcePart[];
  readonly self: Value;
  readonly generated: boolean;
  readonly internal = false;
  readonly lowers = true;
  readonly #policies: (host: Resource) => readonly PolicyDocument[];

  constructor(
    part: ResourcePart,
    format: Format,
    generated: boolean,
    policies: (host: Resource) => readonly PolicyDocument[],
  ) {
    this.address = this.displayName = this.family = part.address;
    this.type = this.nativeType = part.nativeType;
    this.format = format;
    this.generated = generated;
    this.parts = [part];
    this.self = { state: 'absent', open: false, origin: { use: part.nameAt, steps: [], edit: 'none' } };
    this.#policies = policies;
  }

  /** The unknown resource that has the policy can have any property. */
  get(): Value {
    return absentFrom(this.self, true);
  }

  each(): Entries {
    return { items: [], complete: MAYBE };
  }

  attribute(): Value {
    return this.get();
  }

  nativePath(path: string): string {
    return path;
  }

  related(): Related {
    return { edges: [], complete: MAYBE };
  }

  policies(): Policies {
    return { documents: this.#policies(this), complete: TRUE };
  }

  lower(edit: ResourceEdit, leaf: Leaf): readonly TreeEdit[] | Refusal {
    if (edit.op === 'set' || edit.op === 'setAttribute' || edit.op === 'addResource' || edit.op === 'giveSecret')
      return refusal('a policy document has no other properties');
    if (edit.op === 'replacePart') return refusal('the format has no equivalent');
    return this.lowerInPolicy(edit, leaf);
  }

  protected abstract lowerInPolicy(edit: ValueEdit, leaf: Leaf): readonly TreeEdit[] | Refusal;
}
