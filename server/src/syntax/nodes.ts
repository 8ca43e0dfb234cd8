/**
 * The nodes that the YAML and the JSON reader build. They are classes so that scalars are decoded on demand and so that
 * a tree of a large plan stays small: data that follows from other fields is not stored.
 */
import type { Range } from '../base/span.ts';
import type { AliasNode, Anchor, Item, ListNode, MapNode, Node, Pair, ScalarNode, ScalarStyle, Tag } from './tree.ts';

type Parent = MapNode | ListNode | undefined;

/**
 * What is the same for all nodes of a class is in its prototype: of a large document there are millions of nodes.
 */
export function sharedBy<Class extends NodeBase>(
  of: { readonly prototype: Class },
  properties: Partial<Record<'kind' | 'style' | 'indent', string | number>>,
): void {
  Object.assign(of.prototype, properties);
}

/**
 * Fields are declared, because a field that is not would be defined first and assigned then, and a document has
 * thousands of nodes.
 */
export abstract class NodeBase {
  declare readonly parent: Parent;
  declare start: number;
  declare end: number;
  declare tag?: Tag;
  declare anchor?: Anchor;

  constructor(parent: Parent, start: number, end: number) {
    this.parent = parent;
    this.start = start;
    this.end = end;
  }
}

export abstract class AbstractScalar extends NodeBase implements ScalarNode {
  declare readonly kind: 'scalar';
  abstract readonly style: ScalarStyle;
  #value: string | undefined;

  get value(): string {
    return (this.#value ??= this.decode());
  }

  get empty(): boolean {
    return this instanceof EmptyScalar;
  }

  abstract get content(): Range;
  protected abstract decode(): string;
}
sharedBy(AbstractScalar, { kind: 'scalar' });

/** A value that is not there. With a tag or an anchor its range is theirs. */
export class EmptyScalar extends AbstractScalar {
  declare readonly style: 'plain';

  get content(): Range {
    return { start: this.end, end: this.end };
  }

  protected decode(): string {
    return '';
  }
}
sharedBy(EmptyScalar, { style: 'plain' });

export class MappingNode extends NodeBase implements MapNode {
  declare readonly kind: 'map';
  declare readonly style: 'block' | 'flow';
  declare readonly indent: number;
  pairs: Pair[] = [];

  constructor(parent: Parent, start: number, style: 'block' | 'flow', indent: number) {
    super(parent, start, start);
    this.style = style;
    this.indent = indent;
  }
}
sharedBy(MappingNode, { kind: 'map' });

export class Sequence extends NodeBase implements ListNode {
  declare readonly kind: 'list';
  declare readonly style: 'block' | 'flow';
  declare readonly indent: number;
  items: SequenceEntry[] = [];

  constructor(parent: Parent, start: number, style: 'block' | 'flow', indent: number) {
    super(parent, start, start);
    this.style = style;
    this.indent = indent;
  }
}
sharedBy(Sequence, { kind: 'list' });

export class Alias extends NodeBase implements AliasNode {
  declare readonly kind: 'alias';
  declare readonly name: string;
  declare readonly target: Node | undefined;

  constructor(parent: Parent, start: number, end: number, name: string, target: Node | undefined) {
    super(parent, start, end);
    this.name = name;
    this.target = target;
  }
}
sharedBy(Alias, { kind: 'alias' });

export class KeyValue implements Pair {
  declare readonly key: Node;
  declare readonly separator: number;
  declare readonly value: Node;

  constructor(key: Node, separator: number, value: Node) {
    this.key = key;
    this.separator = separator;
    this.value = value;
  }

  get start(): number {
    return this.key.start;
  }

  get end(): number {
    return this.value.end;
  }

  get keyEnd(): number {
    return this.key.end;
  }

  get name(): string {
    return pairName(this.key);
  }
}

/** The name of a pair with a key. */
export function pairName(key: Node): string {
  return key.kind === 'scalar' ? key.value : '';
}

export class SequenceEntry implements Item {
  declare readonly start: number;
  declare readonly value: Node;

  constructor(start: number, value: Node) {
    this.start = start;
    this.value = value;
  }

  get end(): number {
    return this.value.end;
  }
}

/**
 * The maximum depth of nesting. Code that walks a tree may recurse this deep; deeper nodes are reported as a problem.
 */
export const MAX_DEPTH = 256;
