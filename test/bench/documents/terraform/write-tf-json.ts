/** Writes configurations in Terraform's JSON syntax. */
import { Blocks, Expression, JsonText, type Argument, type Body, type TopBlock } from './configuration.ts';
import { expression } from './write-hcl.ts';

interface Tree {
  [key: string]: Tree | unknown;
}

export function writeTfJson(file: readonly TopBlock[]): string {
  const root: Tree = {};
  for (const { kind, labels, body, comment } of file) {
    let place = root;
    for (const name of [kind, ...labels].slice(0, -1)) place = (place[name] ??= {}) as Tree;
    place[labels.at(-1) ?? kind] = { ...(comment === undefined ? {} : { '//': comment }), ...bodyOf(body) };
  }
  return `${JSON.stringify(root, null, 2)}\n`;
}

function bodyOf(body: Body): Tree {
  const tree: Tree = {};
  for (const [name, member] of Object.entries(body)) {
    if (!(member instanceof Blocks)) tree[name] = argument(member);
    else if (member.label === undefined)
      tree[name] = member.bodies.length === 1 ? bodyOf(member.bodies[0]!) : member.bodies.map(bodyOf);
    else tree['dynamic'] = { ...(tree['dynamic'] as Tree | undefined), [member.label]: bodyOf(member.bodies[0]!) };
  }
  return tree;
}

function argument(value: Argument): unknown {
  if (value instanceof Expression || value instanceof JsonText) return `\${${expression(value)}}`;
  if (Array.isArray(value)) return (value as readonly Argument[]).map(argument);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, argument(member)]));
}
