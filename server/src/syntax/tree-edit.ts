/**
 * Changes to a located tree, before they become text. The writers in `fixes/` turn them into the smallest text edits
 * that keep everything else: comments, quotes, indentation, line ends, key order.
 */
import type { Range } from '../base/span.ts';
import type { ListNode, MapNode, Node, Pair, Tree } from './tree.ts';

/** A value to write, independent of the format. */
export type NewNode =
  | string
  | number
  | boolean
  | null
  | readonly NewNode[]
  | { readonly [key: string]: NewNode }
  | Tagged
  | Verbatim
  | Blocks
  | Encoded;

/** A YAML value with a short tag: `!GetAtt Bucket.Arn`. JSON has none. */
export class Tagged {
  readonly tag: string;
  readonly value: NewNode;

  constructor(tag: string, value: NewNode) {
    this.tag = tag;
    this.value = value;
  }
}

/**
 * What is in a tree in brackets already, character by character, to be written in the same tree: what is put into a
 * text keeps its syntax.
 */
export class Verbatim {
  readonly tree: Tree;
  readonly text: string;

  constructor(tree: Tree, { start, end }: Range) {
    this.tree = tree;
    this.text = tree.text.slice(start, end);
  }

  /** Its references name only existing names. */
  toJSON(): string {
    return '';
  }
}

/** Nested blocks of one type in HCL, by their bodies. A member of a body that is none of them is an argument. */
export class Blocks {
  readonly bodies: readonly NewNode[];

  constructor(bodies: readonly NewNode[]) {
    this.bodies = bodies;
  }
}

/** A document that an expression of Terraform encodes as JSON: `jsonencode({ … })`. */
export class Encoded {
  readonly value: NewNode;

  constructor(value: NewNode) {
    this.value = value;
  }
}

export type TreeEdit = { readonly tree: Tree } &
  /**
   * Sets a value under a path of keys below a map. Missing parents are created; an empty value on the path becomes a
   * map. `at` can be an empty scalar, which becomes a map too. An existing value is replaced. In HCL, the first
   * `blocks` keys of the path name nested blocks.
   */
  (
    | {
        readonly op: 'set';
        readonly at: Node;
        readonly path: readonly string[];
        readonly value: NewNode;
        readonly blocks?: number;
      }
    | { readonly op: 'replace'; readonly at: Node; readonly value: NewNode }
    /** Writes other characters in the place of some of the text of a scalar, both as the tree's text has them. */
    | { readonly op: 'replaceText'; readonly at: Node; readonly range: Range; readonly text: string }
    /** Removes a pair, with its line or lines when nothing else is on them. `unlessCommented` as for an item. */
    | { readonly op: 'removePair'; readonly map: MapNode; readonly pair: Pair; readonly unlessCommented?: true }
    | { readonly op: 'renameKey'; readonly pair: Pair; readonly name: string }
    | { readonly op: 'insertItem'; readonly list: ListNode; readonly index: number; readonly value: NewNode }
    /** Writes a block of HCL behind another one in a body. One that is added twice gets the arguments of both. */
    | {
        readonly op: 'addBlock';
        readonly map: MapNode;
        readonly behind: Pair;
        readonly type: string;
        readonly labels: readonly string[];
        readonly value: NewNode;
      }
    /** Makes a list of a value that stands alone, with another one behind it. */
    | { readonly op: 'addBeside'; readonly at: Node; readonly value: NewNode }
    /** `unlessCommented`: refused where comments are in the item or are about it. */
    | { readonly op: 'removeItem'; readonly list: ListNode; readonly index: number; readonly unlessCommented?: true }
  );
