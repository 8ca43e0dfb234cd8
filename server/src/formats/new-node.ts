import { NewCopy, NewReference, NewText, type NewValue } from '../model/edit.ts';
import type { NewNode } from '../syntax/tree-edit.ts';
import type { Tree } from '../syntax/tree.ts';
import { nodeOfCopy } from './copy-node.ts';

/** The syntax of references in a format. */
export interface ReferenceWriter {
  reference(to: NewReference): NewNode;
  text(text: NewText): NewNode;
  /** The source of a literal string that the format would otherwise interpret. */
  literal?(text: string): string;
  /** Whether references are possible in a document embedded in a string. */
  readonly withinText?: true;
  /** The syntax of references in an embedded document, if different; undefined if they are not possible. */
  within?(tree: Tree): ReferenceWriter | undefined;
}

/** A value to write, with references in the syntax of the format. */
export function newNode(value: NewValue, writer: ReferenceWriter): NewNode {
  if (value instanceof NewReference) return writer.reference(value);
  if (value instanceof NewText) return writer.text(value);
  if (value instanceof NewCopy) return nodeOfCopy(value);
  if (Array.isArray(value)) return value.map((item: NewValue) => newNode(item, writer));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, newNode(inner, writer)]));
  }
  return typeof value === 'string' && writer.literal ? writer.literal(value) : value;
}
