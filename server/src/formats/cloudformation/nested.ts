/**
 * Nested stacks: stacks that are resources, whose templates are local files. `aws cloudformation package` and `sam
 * package` replace such paths with addresses in S3.
 * https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
 */
import { flatMap } from '../../base/flat-map.ts';
import type { Range, Uri } from '../../base/span.ts';
import { table, type Table } from '../../base/table.ts';
import { resolved, valueOf, type Tree } from '../../syntax/tree.ts';
import { uriBeside } from '../uri-beside.ts';
import { mergedPair, plainText } from './call.ts';

/** The resource types of nested stacks, and the property with the template's path. */
const TEMPLATE_OF: Table<string> = table({
  'AWS::CloudFormation::Stack': 'TemplateURL',
  'AWS::Serverless::Application': 'Location',
});

export interface NestedTemplate {
  /** The logical ID of the stack. */
  readonly stack: string;
  /** The path of its template. */
  readonly at: Range;
  readonly doc: Uri;
}

/** The local templates of a template's nested stacks. Templates in S3 and computed paths are omitted. */
export function nestedTemplates(tree: Tree): readonly NestedTemplate[] {
  const section = valueOf(resolved(tree.roots[0]), 'Resources');
  if (section?.kind !== 'map') return [];
  return flatMap(section.pairs, (pair): readonly NestedTemplate[] => {
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

/** The resource types of nested stacks. */
export function isStackType(type: string): boolean {
  return Object.hasOwn(TEMPLATE_OF, type);
}

/** The file of a path in a document; undefined for a URL, an absolute path and an incomplete path. */
function fileBeside(doc: Uri, path: string): Uri | undefined {
  return path.includes('{') ? undefined : uriBeside(doc, path);
}
