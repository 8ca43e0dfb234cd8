/** The value of a YAML document in a string, by the rules of `yamldecode`. */
import { unknown } from '../../../../model/navigate.ts';
import type { Origin, Value } from '../../../../model/value.ts';
import { resolved, type MapNode, type Node, type ScalarNode } from '../../../../syntax/tree.ts';
import { parseYaml } from '../../../../syntax/yaml.ts';
import { lazyElement, lazyMember, MAX_VALUE_DEPTH } from '../../../plain.ts';
import { scalar } from '../origin.ts';

/**
 * The value of a document, all of which has the range of the whole string; undefined if it is not one valid document.
 * https://developer.hashicorp.com/terraform/language/functions/yamldecode
 */
export function valueOfYaml(text: string, of: Origin): Value | undefined {
  const { roots, problems } = parseYaml(of.use.doc, text);
  const [root, ...others] = roots;
  return root && others.length === 0 && problems.length === 0 ? valueOf(root, { ...of, edit: 'none' }, 0) : undefined;
}

function valueOf(written: Node, origin: Origin, depth: number): Value {
  const node = resolved(written);
  if (!node || depth > MAX_VALUE_DEPTH) return unknown(origin, 'budget');
  // Tags are rare, and change how a value is read.
  if (node.tag) return unknown(origin, 'function');
  switch (node.kind) {
    case 'scalar':
      return valueOfScalar(node, origin);
    case 'map':
      return hasSimpleKeys(node)
        ? {
            state: 'object',
            origin,
            open: false,
            entries: node.pairs.map((pair) =>
              lazyMember(pair.name, origin.use, () => valueOf(pair.value, origin, depth + 1)),
            ),
          }
        : unknown(origin, 'function');
    case 'list':
      return {
        state: 'list',
        origin,
        open: false,
        items: node.items.map((item) => lazyElement(() => valueOf(item.value, origin, depth + 1))),
      };
    default:
      return unknown(origin, 'function');
  }
}

/** Whether a map has no merge key, no key twice, and only keys that are the strings that they look like. */
function hasSimpleKeys({ pairs }: MapNode): boolean {
  const names = new Set(pairs.map(({ name }) => name));
  return (
    names.size === pairs.length &&
    pairs.every(({ key, name }) => {
      const node = resolved(key);
      return (
        node?.kind === 'scalar' && !node.tag && name !== '<<' && (isQuoted(node) || typeof plain(name) === 'string')
      );
    })
  );
}

function valueOfScalar(node: ScalarNode, origin: Origin): Value {
  const value = isQuoted(node) ? node.value : plain(node.value);
  return value === undefined ? unknown(origin, 'function') : scalar(origin, value);
}

function isQuoted({ style }: ScalarNode): boolean {
  return style !== 'plain';
}

const TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const NULL = /^(?:~|null|Null|NULL)?$/;
const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/;
/** What looks like a number or a date in some notation, which is not always a string. */
const UNUSUAL = /^[-+.]?\d[\d_.eExXoObB+:-]*$|^[-+.]|^\d{4}-/;

/** The value of a plain scalar; undefined if it is in an unusual notation. */
function plain(text: string): string | number | boolean | null | undefined {
  if (NULL.test(text)) return null;
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  if (NUMBER.test(text)) return Number(text);
  return UNUSUAL.test(text) && !/^\d+(?:\.\d+){2,}$/.test(text) ? undefined : text;
}
