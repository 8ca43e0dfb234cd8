/** YAML in a string without source positions: a file that a Terraform expression decodes. */
import { unknown } from '../model/navigate.ts';
import type { Origin, Value } from '../model/value.ts';
import { readScalar } from '../syntax/scalar.ts';
import { resolved, type Node } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { lazyElement, lazyMember, MAX_VALUE_DEPTH } from './plain.ts';

/** Booleans of YAML 1.1, which are strings in later versions. */
const BOOLEAN_BEFORE = /^(?:y|n|yes|no|on|off)$/i;

/**
 * The value of YAML in a string. Undefined if it is not one valid document. All its values have the range of the whole
 * string and cannot be edited.
 */
export function valueOfYaml(text: string, of: Origin): Value | undefined {
  const {
    roots: [root, ...others],
    problems,
  } = parseYaml(of.use.doc, text);
  return root && others.length === 0 && problems.length === 0 ? valueOf(root, { ...of, edit: 'none' }, 0) : undefined;
}

function valueOf(node: Node, origin: Origin, depth: number): Value {
  if (depth > MAX_VALUE_DEPTH) return unknown(origin, 'budget');
  if (/^![^!<]/.test(node.tag?.name ?? '')) return unknown(origin, 'function');
  switch (node.kind) {
    case 'scalar': {
      const read = readScalar(node);
      return !read.quoted && BOOLEAN_BEFORE.test(read.raw)
        ? unknown(origin, 'function')
        : { state: 'known', origin, ...read };
    }
    case 'map': {
      // Merged entries can be those of any other map.
      const own = node.pairs.filter(({ name }) => name !== '<<');
      return {
        state: 'object',
        origin,
        open: own.length < node.pairs.length,
        entries: own.map((pair) => lazyMember(pair.name, origin.use, () => valueOf(pair.value, origin, depth + 1))),
      };
    }
    case 'list':
      return {
        state: 'list',
        origin,
        open: false,
        items: node.items.map((item) => lazyElement(() => valueOf(item.value, origin, depth + 1))),
      };
    case 'alias': {
      const target = resolved(node);
      return target ? valueOf(target, origin, depth + 1) : unknown(origin, 'syntax');
    }
  }
}
