/**
 * Nested stacks: stacks that are resources, whose templates are local files. `aws cloudformation package` and `sam
 * package` replace such paths with addresses in S3.
 * https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
 */
import type { Range, Uri } from '../../base/span.ts';
import { table, type Table } from '../../base/table.ts';
import { resolved, valueOf, type Tree } from '../../syntax/tree.ts';
import { uriBeside } from '../uri-beside.ts';
import { mergedPair, plainText } from './call.ts';

/** The types of stacks in a stack, and the property that names the template. */
const TEMPLATE_OF: Table<string> = table({
  'AWS::CloudFormation::Stack': 'TemplateURL',
  'AWS::Serverless::Application': 'Location',
});

export interface NestedTemplate {
  /** The logical id of the stack. */
  readonly stack: string;
  /** Where its template is named. */
  readonly at: Range;
  readonly doc: Uri;
}

/** The files that a template names as templates of its stacks. What is in S3 or comes from a function is not one. */
export function nestedTemplates(tree: Tree): readonly NestedTemplate[] {
  const section = valueOf(resolved(tree.roots[0]), 'Resources');
  if (section?.kind !== 'map') return [];
  return section.pairs.flatMap((pair): readonly NestedTemplate[] => {
    const body = resolved(pair.value);
    const type = plainText(mergedPair(body, 'Type')?.pair.value);
    const property = type !== undefined && Object.hasOwn(TEMPLATE_OF, type) ? TEMPLATE_OF[type]! : undefined;
    const node =
      property === undefined
        ? undefined
        : resolved(mergedPair(resolved(mergedPair(body, 'Properties')?.pair.value), property)?.pair.value);
    const path = plainText(node);
    const doc = node && path !== undefined ? fileBeside(tree.doc, path) : undefined;
    return node && doc !== undefined ? [{ stack: pair.name, at: node, doc }] : [];
  });
}

/** The types whose resources are stacks. */
export function isStackType(type: string): boolean {
  return Object.hasOwn(TEMPLATE_OF, type);
}

/** The file that a path in a document leads to; undefined for an address, an absolute path and what is not finished. */
function fileBeside(doc: Uri, path: string): Uri | undefined {
  return path.includes('{') ? undefined : uriBeside(doc, path);
}
