import type { Node } from '../../syntax/tree.ts';
import { valueOf } from '../../syntax/tree.ts';

/** The sensitive parts of a value. */
export interface Sensitive {
  /** Whether the whole value is sensitive. */
  readonly whole: boolean;
  /** The sensitive parts of a member or item. */
  at(step: string | number): Sensitive;
}

const NOTHING: Sensitive = { whole: false, at: () => NOTHING };
const EVERYTHING: Sensitive = { whole: true, at: () => EVERYTHING };

/** The format of `terraform show -json`: the shape of the value, with `true` for sensitive parts. */
export function sensitiveShape(node: Node | undefined): Sensitive {
  if (node?.kind === 'scalar') return node.style === 'plain' && node.value === 'true' ? EVERYTHING : NOTHING;
  if (node?.kind !== 'map' && node?.kind !== 'list') return NOTHING;
  return {
    whole: false,
    at: (step) =>
      sensitiveShape(
        typeof step === 'number' ? (node.kind === 'list' ? node.items[step]?.value : undefined) : valueOf(node, step),
      ),
  };
}

/** The format of state files: a list of paths, each a list of steps `{"type": "get_attr", "value": "password"}`. */
export function sensitivePaths(node: Node | undefined): Sensitive {
  if (node?.kind !== 'list' || node.items.length === 0) return NOTHING;
  const top: Branch = new Map();
  for (const { value: path } of node.items) {
    if (path.kind !== 'list' || path.items.length === 0) continue;
    let branch = top;
    for (const [index, { value: step }] of path.items.entries()) {
      const name = nameOf(valueOf(step, 'value'));
      // If parts cannot be distinguished, the whole value is sensitive.
      const last = index === path.items.length - 1 || name === undefined;
      if (name === undefined) {
        branch.set(ANY, EVERYTHING);
        break;
      }
      const held = branch.get(name);
      if (held === EVERYTHING) break;
      if (last) branch.set(name, EVERYTHING);
      else if (held instanceof Map) branch = held;
      else {
        const next: Branch = new Map();
        branch.set(name, next);
        branch = next;
      }
    }
  }
  return along(top);
}

/** The rest of a path after a step: nothing, so that the whole value is sensitive, or further steps. */
type Branch = Map<string, Branch | Sensitive>;

/** Represents every step. */
const ANY = '';

function along(branch: Branch): Sensitive {
  return {
    whole: false,
    at: (step) => {
      const found = branch.get(ANY) ?? branch.get(String(step));
      return found === undefined ? NOTHING : found instanceof Map ? along(found) : found;
    },
  };
}

/**
 * The value of an attribute step is a string, that of an index step a typed value: `{"value": 0, "type": "number"}`.
 */
function nameOf(step: Node | undefined): string | undefined {
  const value = step?.kind === 'map' ? valueOf(step, 'value') : step;
  return value?.kind === 'scalar' && value.value !== ANY ? value.value : undefined;
}
