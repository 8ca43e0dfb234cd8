import { resolved, type MapNode, type Node, type ScalarNode, type Tree } from '../../server/src/syntax/tree.ts';

/**
 * The text of a CloudFormation template in JSON that says the same as one in YAML: short tags become functions, aliases what
 * they stand for. Keys keep their order.
 */
export function templateAsJson(tree: Tree): string {
  return `${json(tree.roots[0], '')}\n`;
}

function json(node: Node | undefined, indent: string): string {
  const tag = node?.tag?.name;
  if (!node || !tag || tag.startsWith('!!') || tag === '!') return untagged(resolved(node), indent);
  const name = tag.slice(1);
  const inner = `${indent}  `;
  return `{\n${inner}${JSON.stringify(name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`)}: ${argument(name, node, inner)}\n${indent}}`;
}

/** What a short tag is put on. `!GetAtt A.B` is a list of two in JSON. */
function argument(name: string, node: Node, indent: string): string {
  if (name !== 'GetAtt' || node.kind !== 'scalar') return untagged(node, indent);
  const dot = node.value.indexOf('.');
  return JSON.stringify(dot < 0 ? node.value : [node.value.slice(0, dot), node.value.slice(dot + 1)]);
}

function untagged(node: Node | undefined, indent: string): string {
  switch (node?.kind) {
    case 'map': return map(node, indent);
    case 'list': return collection('[', node.items.map((item) => (inner) => json(item.value, inner)), ']', indent);
    case 'scalar': return scalar(node);
    default: return 'null';
  }
}

function map(node: MapNode, indent: string): string {
  return collection('{', node.pairs.map((pair) => (inner) => `${JSON.stringify(pair.name)}: ${json(pair.value, inner)}`), '}', indent);
}

function collection(open: string, parts: readonly ((indent: string) => string)[], close: string, indent: string): string {
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
