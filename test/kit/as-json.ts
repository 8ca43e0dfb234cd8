import {
  resolved,
  type MapNode,
  type Node,
  type Pair,
  type ScalarNode,
  type Tree,
} from '../../server/src/syntax/tree.ts';

export interface JsonStyle {
  /** The pairs of a map in the order in which they are written; that of the text when undefined. */
  readonly order?: (pairs: readonly Pair[]) => readonly Pair[];
  /** Whether a node is written as a list of one. */
  readonly listed?: (node: Node) => boolean;
  /** Whether a list of one is written as its item. */
  readonly unlisted?: (node: Node) => boolean;
}

/**
 * The text of a document in JSON that says the same as one in YAML or JSON: short tags of CloudFormation become
 * functions, aliases what they stand for.
 */
export function asJsonText(tree: Tree, style: JsonStyle = {}): string {
  return `${json(tree.roots[0], '', style)}\n`;
}

function json(node: Node | undefined, indent: string, style: JsonStyle): string {
  if (node?.kind === 'list' && node.items.length === 1 && style.unlisted?.(node))
    return json(node.items[0]!.value, indent, style);
  if (!node || !style.listed?.(node)) return single(node, indent, style);
  return collection('[', [(inner) => single(node, inner, style)], ']', indent);
}

function single(node: Node | undefined, indent: string, style: JsonStyle): string {
  const tag = node?.tag?.name;
  if (!node || !tag || tag.startsWith('!!') || tag === '!') return untagged(resolved(node), indent, style);
  const name = tag.slice(1);
  const inner = `${indent}  `;
  return `{\n${inner}${JSON.stringify(name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`)}: ${argument(name, node, inner, style)}\n${indent}}`;
}

/** What a short tag is put on. `!GetAtt A.B` is a list of two in JSON. */
function argument(name: string, node: Node, indent: string, style: JsonStyle): string {
  if (name !== 'GetAtt' || node.kind !== 'scalar') return untagged(node, indent, style);
  const dot = node.value.indexOf('.');
  return JSON.stringify(dot < 0 ? node.value : [node.value.slice(0, dot), node.value.slice(dot + 1)]);
}

function untagged(node: Node | undefined, indent: string, style: JsonStyle): string {
  switch (node?.kind) {
    case 'map':
      return map(node, indent, style);
    case 'list':
      return collection(
        '[',
        node.items.map((item) => (inner) => json(item.value, inner, style)),
        ']',
        indent,
      );
    case 'scalar':
      return scalar(node);
    default:
      return 'null';
  }
}

function map({ pairs }: MapNode, indent: string, style: JsonStyle): string {
  const ordered = style.order?.(pairs) ?? pairs;
  return collection(
    '{',
    ordered.map((pair) => (inner) => `${JSON.stringify(pair.name)}: ${json(pair.value, inner, style)}`),
    '}',
    indent,
  );
}

function collection(
  open: string,
  parts: readonly ((indent: string) => string)[],
  close: string,
  indent: string,
): string {
  if (parts.length === 0) return open + close;
  const inner = `${indent}  `;
  return `${open}\n${parts.map((part) => inner + part(inner)).join(',\n')}\n${indent}${close}`;
}

/** What JSON has no notation for (`0x1F`, `yes`, dates) stays the text that it is. */
function scalar(node: ScalarNode): string {
  if (node.style !== 'plain' || node.tag?.name === '!!str') return JSON.stringify(node.value);
  if (node.empty || /^(~|null|Null|NULL)$/.test(node.value)) return 'null';
  if (/^(true|True|TRUE|false|False|FALSE)$/.test(node.value)) return node.value.toLowerCase();
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(node.value) ? node.value : JSON.stringify(node.value);
}
