import type { Node } from '../../syntax/tree.ts';
import { valueOf } from '../../syntax/tree.ts';

/** Which parts of a value are sensitive. */
export interface Sensitive {
  /** Whether all of it is. */
  readonly whole: boolean;
  /** What is sensitive of a member or item of it. */
  at(step: string | number): Sensitive;
}

const NOTHING: Sensitive = { whole: false, at: () => NOTHING };
const EVERYTHING: Sensitive = { whole: true, at: () => EVERYTHING };

/** As `terraform show -json` tells it: the same shape as the value, with `true` in place of what is sensitive. */
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

/** As a state file tells it: a list of paths, each a list of steps `{"type": "get_attr", "value": "password"}`. */
export function sensitivePaths(node: Node | undefined): Sensitive {
  if (node?.kind !== 'list' || node.items.length === 0) return NOTHING;
  const top: Branch = new Map();
  for (const { value: path } of node.items) {
    if (path.kind !== 'list' || path.items.length === 0) continue;
    let branch = top;
    for (const [index, { value: step }] of path.items.entries()) {
      const name = nameOf(valueOf(step, 'value'));
      // What cannot be distinguished is taken to be sensitive as a whole.
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

/** What follows a step of a path: nothing more, so that all of it is sensitive, or further steps. */
type Branch = Map<string, Branch | Sensitive>;

/** Stands for every step. */
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

/** An attribute has its name as a text, an index a value with its type: `{"value": 0, "type": "number"}`. */
function nameOf(step: Node | undefined): string | undefined {
  const value = step?.kind === 'map' ? valueOf(step, 'value') : step;
  return value?.kind === 'scalar' && value.value !== ANY ? value.value : undefined;
}
