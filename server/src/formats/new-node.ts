import { NewCopy, NewReference, NewText, type NewValue } from '../model/edit.ts';
import type { NewNode } from '../syntax/tree-edit.ts';
import type { Tree } from '../syntax/tree.ts';
import { nodeOfCopy } from './copy-node.ts';

/** How a format writes references to resources. */
export interface ReferenceWriter {
  reference(to: NewReference): NewNode;
  text(text: NewText): NewNode;
  /** A text that says what it says, where the format would take something in it for more. */
  literal?(text: string): string;
  /** Whether references can be written into a document that is in a text. */
  readonly withinText?: true;
  /**
   * How they are written into the document of a tree that is in a text, where that is another way; undefined if they
   * cannot be.
   */
  within?(tree: Tree): ReferenceWriter | undefined;
}

/** A value to write in terms of the syntax; references as the format writes them. */
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
