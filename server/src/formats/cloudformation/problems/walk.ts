import { pairOf, type MapNode, type Node } from '../../../syntax/tree.ts';
import { callOf, longCallOf, type Call } from '../call.ts';

/** A call of a function, and where in the template it stands. */
export interface Visit {
  readonly call: Call;
  /** The node that is the call. */
  readonly node: Node;
  readonly place: Place;
  /** Whether it counts in some scenarios alone, because it is in a branch of Fn::If. */
  readonly inBranch: boolean;
}

export interface Place {
  readonly section: Section;
  /** In Resources: the logical id. */
  readonly resource?: string;
  /** In Resources: `Properties`, `DependsOn` and so on. */
  readonly attribute?: string;
}

export type Section = 'Parameters' | 'Mappings' | 'Conditions' | 'Rules' | 'Resources' | 'Outputs';
const SECTIONS: readonly Section[] = ['Parameters', 'Mappings', 'Conditions', 'Rules', 'Resources', 'Outputs'];

/** Visits every call of a function in a template once. Aliases are not followed: what they stand for is visited where it is written. */
export function walk(template: MapNode, visit: (visit: Visit) => void): void {
  for (const section of SECTIONS) {
    const node = pairOf(template, section)?.value;
    if (!node) continue;
    if (node.kind !== 'map' || callOf(node)?.short) calls(node, { section }, visit);
    else if (section !== 'Resources') for (const { value } of node.pairs) calls(value, { section }, visit);
    else for (const { name: resource, value: body } of node.pairs) {
      if (body.kind !== 'map' || callOf(body)) calls(body, { section, resource }, visit);
      else for (const { name: attribute, value } of body.pairs) calls(value, { section, resource, attribute }, visit);
    }
  }
}

function calls(root: Node, place: Place, visit: (visit: Visit) => void): void {
  const open: Node[] = [root];
  const branches: boolean[] = [false];
  while (open.length > 0) {
    const node = open.pop()!;
    let inBranch = branches.pop()!;
    const call = callOf(node);
    if (call) {
      visit({ call, node, place, inBranch });
      // The argument of a short form can be a call in the long form: `!Base64 {Fn::Sub: …}`.
      const inner = call.short ? longCallOf(node) : undefined;
      if (inner) visit({ call: inner, node, place, inBranch });
      if (call.name === 'Fn::If' || inner?.name === 'Fn::If') inBranch = true;
    }
    const add = (child: Node): void => {
      if (child.kind === 'alias' || (child.kind === 'scalar' && !child.tag)) return;
      open.push(child);
      branches.push(inBranch);
    };
    if (node.kind === 'map') for (const { value } of node.pairs) add(value);
    else if (node.kind === 'list') for (const { value } of node.items) add(value);
  }
}
