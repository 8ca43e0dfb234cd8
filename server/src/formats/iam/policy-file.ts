import { MAYBE, TRUE } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import type { Edit } from '../../model/edit.ts';
import { absentFrom } from '../../model/navigate.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Entries, Part, Policies, Related, Resource } from '../../model/resource.ts';
import type { Leaf, Value } from '../../model/value.ts';
import type { TreeEdit } from '../../syntax/tree-edit.ts';
import { refusal, type Lowerable, type Refusal } from '../lowering.ts';
import type { ReferenceWriter } from '../new-node.ts';
import { lowerValueEdit } from '../value-edits.ts';

/** The type of what stands in the place of a resource for a policy that is a file of its own. No rule asks for it. */
const POLICY_FILE = 'policy file';

/** What carries a policy that is a file of its own: the file, which is no resource. */
export class PolicyFile implements Lowerable, Resource {
  /** The name of the file, for messages: "The policy in read-only.json …". */
  readonly address: string;
  readonly displayName: string;
  readonly family: string;
  readonly type = POLICY_FILE;
  readonly nativeType = POLICY_FILE;
  readonly format = 'iam-policy';
  readonly exists = TRUE;
  readonly external = false;
  readonly parts: readonly Part[];
  readonly self: Value;
  readonly generated: boolean;
  readonly internal = false;
  readonly #policies: (file: PolicyFile) => readonly PolicyDocument[];

  constructor(name: string, range: Span, nameAt: Span, generated: boolean, policies: (file: PolicyFile) => readonly PolicyDocument[]) {
    this.address = this.displayName = this.family = name;
    this.generated = generated;
    this.parts = [{ address: name, nativeType: POLICY_FILE, doc: range.doc, range, nameAt, exists: TRUE, isFile: true }];
    this.self = { state: 'absent', open: false, origin: { use: nameAt, steps: [], edit: 'none' } };
    this.#policies = policies;
  }

  /** What the policy is attached to may have any property. */
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

  /** What the policy is attached to is not seen. */
  related(): Related {
    return { edges: [], complete: MAYBE };
  }

  policies(): Policies {
    return { documents: this.#policies(this), complete: TRUE };
  }

  lower(edit: Edit, leaf: Leaf): readonly TreeEdit[] | Refusal {
    if (edit.op === 'set' || edit.op === 'addResource') return refusal('a policy alone has no other properties');
    return lowerValueEdit(edit, leaf, NO_REFERENCES);
  }
}

/** Nothing else is there that could be referred to, so no rule can have a reference to write. */
const NO_REFERENCES: ReferenceWriter = {
  reference: ({ to }) => to.address,
  text: ({ pieces }) => pieces.map((piece) => typeof piece === 'string' ? piece : piece.to.address).join(''),
};
