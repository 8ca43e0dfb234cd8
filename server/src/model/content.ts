/**
 * The content of a stack by its resources, with which a later version of the stack is compared. A resource with equal
 * content has equal properties, up to a shift of their ranges.
 */
import type { Span } from '../base/span.ts';
import type { Address } from './value.ts';

export interface StackContent {
  /** What all resources depend on. */
  readonly shared: string;
  /** What each of them depends on besides, by name (`nameOf` in `model/resource.ts`). */
  readonly resources: ReadonlyMap<Address, ResourceContent>;
  /** The content of the parameters and outputs; absent if the shared content includes it. */
  readonly sections?: ReadonlyMap<StackSection, Content>;
  /** Its texts that are the same objects in all versions that have them. They do not overlap. Absent if it has none. */
  readonly texts?: readonly TextPlace[];
}

/** Where a text is in a version. */
export interface TextPlace extends Span {
  readonly text: object;
}

/** What a stack has besides its resources. */
export type StackSection = 'parameters' | 'outputs';

export interface Content {
  readonly text: string;
  /** What the meaning of the text depends on besides the text. */
  readonly meaning: string;
  /** The other texts that it depends on. Each is the same object in all versions that have it. */
  readonly on?: readonly object[];
}

export interface ResourceContent extends Content {
  /**
   * The words of the text, each once, so that they are not read again from an equal text; undefined if not all are
   * known.
   */
  readonly words: readonly string[] | undefined;
}

/**
 * What follows from the content of single resources. All versions of a stack in which a resource has that content share
 * it.
 */
export interface ContentFacts {
  /**
   * What follows from the content of a resource alone and has no places in it. It is computed only if it is not known
   * from an earlier version.
   * @param what Identifies what is computed.
   * @param name The name of the resource (`nameOf`).
   * @param isLasting Whether a later version can use it.
   */
  of<T>(what: string, name: Address, compute: () => T, isLasting: (result: T) => boolean): T;
}

const NOTHING: readonly object[] = [];

/** Whether two resources or sections have equal content. */
export function sameContent(one: Content | undefined, other: Content | undefined): boolean {
  if (one === other) return true;
  if (one?.text !== other?.text || one?.meaning !== other?.meaning) return false;
  return sameObjects(one?.on ?? NOTHING, other?.on ?? NOTHING);
}

/** Whether two lists have the same objects in the same order. */
export function sameObjects(one: readonly object[], other: readonly object[]): boolean {
  return one === other || (one.length === other.length && one.every((object, index) => object === other[index]));
}
