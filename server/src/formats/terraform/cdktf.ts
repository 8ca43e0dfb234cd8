/**
 * Configurations that CDK for Terraform makes. They say so under the key `//`, which Terraform ignores:
 * https://github.com/hashicorp/terraform-cdk-go/blob/main/cdktf/TerraformStackMetadata.go
 */
import { type MapNode, textOf, type Tree, valueOf } from '../../syntax/tree.ts';
import { isGenerated } from '../generated.ts';
import { objectsOf } from './bodies.ts';
import type { BodyPlace } from './native.ts';

/** Whether a tool makes a file of a configuration, so that a change of it is lost. */
export function isMade(tree: Tree): boolean {
  return isGenerated(tree.doc) || isCdktf(tree);
}

/** Why the body of a resource is not to be changed, in a file that a tool makes. */
export function reasonMade({ tree, body }: BodyPlace): string {
  if (!isCdktf(tree)) return 'the file is generated; change its source';
  const construct = textAt(body, 'path');
  return construct === undefined
    ? 'CDK for Terraform generated the file; change its source'
    : `CDK for Terraform generated the file; change ${construct} in its source`;
}

function isCdktf(tree: Tree): boolean {
  return objectsOf(tree.roots[0]).some((root) => textAt(root, 'stackName') !== undefined);
}

/** A text of the metadata of a block. */
function textAt(block: MapNode, name: string): string | undefined {
  return textOf(valueOf(valueOf(valueOf(block, '//'), 'metadata'), name));
}
