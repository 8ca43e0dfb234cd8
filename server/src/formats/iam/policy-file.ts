import { TRUE } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import { NewPseudo } from '../../model/edit.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Resource } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import type { TreeEdit } from '../../syntax/tree-edit.ts';
import type { Refusal } from '../lowering.ts';
import type { ReferenceWriter } from '../new-node.ts';
import { PolicyHost } from '../policy-host.ts';
import { lowerValueEdit, type ValueEdit } from '../value-edits.ts';

/** The type of the placeholder resource for a standalone policy. No rule reads it. */
const POLICY_FILE = 'policy file';

/** The host of a standalone policy: the file, with its name. */
export class PolicyFile extends PolicyHost {
  constructor(
    name: string,
    range: Span,
    nameAt: Span,
    generated: boolean,
    policies: (file: Resource) => readonly PolicyDocument[],
  ) {
    super(
      { address: name, nativeType: POLICY_FILE, doc: range.doc, range, nameAt, when: TRUE, isFile: true },
      'iam-policy',
      generated,
      policies,
    );
  }

  protected lowerInPolicy(edit: ValueEdit, leaf: Leaf): readonly TreeEdit[] | Refusal {
    return lowerValueEdit(edit, leaf, NO_REFERENCES);
  }
}

/** A standalone policy has no resources that rules could refer to. */
const NO_REFERENCES: ReferenceWriter = {
  reference: ({ to }) => to.address,
  text: ({ pieces }) =>
    pieces
      .map((piece) =>
        typeof piece === 'string' ? piece : piece instanceof NewPseudo ? piece.otherwise : piece.to.address,
      )
      .join(''),
};
