/**
 * The content of a stack by its resources, with which a later version of the stack is compared. A resource with equal
 * content has equal properties, up to a shift of their ranges.
 */
import type { Address } from './value.ts';

export interface StackContent {
  /** What all resources depend on. */
  readonly shared: string;
  /** What each of them depends on besides, by address. */
  readonly resources: ReadonlyMap<Address, ResourceContent>;
}

export interface ResourceContent {
  readonly text: string;
  /** What the meaning of the text depends on besides the text. */
  readonly meaning: string;
  /** Where the text starts, which is not a part of the content. */
  readonly start: number;
  /** The words of the text, each once, so that they are not read again from an equal text; undefined if not all are known. */
  readonly words: readonly string[] | undefined;
}

/** Whether two resources have equal content. */
export function sameContent(one: ResourceContent | undefined, other: ResourceContent | undefined): boolean {
  return one?.text === other?.text && one?.meaning === other?.meaning;
}
