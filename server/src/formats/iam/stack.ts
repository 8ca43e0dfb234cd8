import { TRUE } from '../../base/guard.ts';
import { folderOf, nameOf } from '../../base/uri.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Stack, StatedAccount } from '../../model/resource.ts';
import { parseEmbedded } from '../../syntax/embedded.ts';
import type { Node, Tree } from '../../syntax/tree.ts';
import { spanOf } from '../located.ts';
import { plainValue } from '../plain.ts';
import { policyDocument } from '../policy-document.ts';
import type { PolicyAttachment } from '../given.ts';
import { attachmentOf } from './kind.ts';
import { PolicyFile } from './policy-file.ts';
import { policyIn } from './shape.ts';

export interface PolicyStackOptions {
  /** The kind that the configuration sets. */
  readonly attachment: PolicyAttachment | undefined;
  /** The services with resource-based policies, by the prefix of their actions. */
  readonly services: ReadonlySet<string>;
  /** Whether a tool generated the file, so that it should not be edited. */
  readonly generated: boolean;
  readonly stated?: StatedAccount;
}

/** A standalone policy: a stack with one policy, whose host is the file, and without resources. */
export function policyStack(tree: Tree, { attachment, services, generated, stated }: PolicyStackOptions): Stack {
  const root = tree.roots[0];
  const name = nameOf(tree.doc);
  const found = policyIn(root, name);
  const held = found && inside(tree, found.node);
  const attached =
    attachment ?? (found?.kind ? { kind: found.kind } : attachmentOf(held?.node, namesOf(tree), services));
  const policies: PolicyDocument[] = [];
  if (root && held) {
    const first = root.kind === 'map' ? (root.pairs[0]?.key ?? root) : root;
    const file = new PolicyFile(name, spanOf(tree, root), spanOf(tree, first), generated, () => policies);
    policies.push(
      policyDocument(
        { ...attached, path: '' },
        file,
        TRUE,
        plainValue(held.tree, held.node, undefined, generated ? 'generated' : 'here'),
      ),
    );
  }
  return {
    format: 'iam-policy',
    documents: [tree.doc],
    resources: [],
    policies,
    parameters: [],
    closed: true,
    ...(stated ? { stated } : {}),
    byAddress: () => undefined,
  };
}

/**
 * The object of a policy, which may be JSON in a string. A string that cannot be parsed in place is returned itself.
 */
function inside(tree: Tree, node: Node): { readonly tree: Tree; readonly node: Node } {
  const inner = node.kind === 'scalar' ? parseEmbedded(tree, node, 'json') : undefined;
  const root = inner?.roots[0];
  return inner && root ? { tree: inner, node: root } : { tree, node };
}

/** The names of the folder and of the document. */
function namesOf({ doc }: Tree): readonly string[] {
  return [nameOf(folderOf(doc)), nameOf(doc)];
}
