import { endsStep } from '../../../base/steps.ts';
import { pairOf, type MapNode, type Node, type Tree } from '../../../syntax/tree.ts';
import { callOf, longCallOf, mayCall, type IntrinsicCall } from '../call.ts';
import { substitutionOf, type Substitution } from './placeholders.ts';

/** A function call, with its place in the template. */
export interface Visit {
  readonly call: IntrinsicCall;
  /** The node of the call. */
  readonly node: Node;
  readonly place: CallPlace;
  /** For Fn::Sub: its substitutions, if its string is literal. */
  readonly substitution: Substitution | undefined;
  /** Whether it applies in some scenarios only, because it is in a branch of Fn::If. */
  readonly inBranch: boolean;
}

/** The section of a template that contains a call. */
export interface CallPlace {
  readonly section: Section;
  /** In Resources: the logical ID. */
  readonly resource?: string;
  /** In Resources: `Properties`, `DependsOn` and so on. */
  readonly attribute?: string;
}

export type Section = 'Parameters' | 'Mappings' | 'Conditions' | 'Rules' | 'Resources' | 'Outputs';
const SECTIONS: readonly Section[] = ['Parameters', 'Mappings', 'Conditions', 'Rules', 'Resources', 'Outputs'];

/**
 * Visits every function call in a template once, with yields. Aliases are not followed, because their targets are
 * visited in place.
 */
export function* walking(
  tree: Tree,
  template: MapNode,
  visit: (visit: Visit) => void,
): Generator<void, void, undefined> {
  let count = 0;
  // Most parts of a template are not calls, so their nodes are not made.
  const holds = mayCall(tree);
  for (const section of SECTIONS) {
    const node = pairOf(template, section)?.value;
    if (!node) continue;
    if (node.kind !== 'map' || callOf(node)?.short) calls(tree, node, { section }, visit);
    else if (section !== 'Resources') for (const { value } of node.pairs) calls(tree, value, { section }, visit);
    else
      for (const pair of node.pairs) {
        if (endsStep(count++)) yield;
        if (!holds(pair)) continue;
        const { name: resource, value: body } = pair;
        if (body.kind !== 'map' || callOf(body)) calls(tree, body, { section, resource }, visit);
        else
          for (const own of body.pairs)
            if (holds(own)) calls(tree, own.value, { section, resource, attribute: own.name }, visit);
      }
  }
}

function calls(tree: Tree, root: Node, place: CallPlace, visit: (visit: Visit) => void): void {
  const open: Node[] = [root];
  const branches: boolean[] = [false];
  const holds = mayCall(tree);
  const push = (node: Node, inBranch: boolean): void => {
    if (!holdsCalls(node)) return;
    open.push(node);
    branches.push(inBranch);
  };
  while (open.length > 0) {
    const node = open.pop()!;
    let inBranch = branches.pop()!;
    const outer = callOf(node);
    // The argument of a short form can be a call in the long form: `!Base64 {Fn::Sub: …}`.
    for (let call = outer; call; call = call === outer && call.short ? longCallOf(node) : undefined) {
      visit({
        call,
        node,
        place,
        inBranch,
        substitution: call.name === 'Fn::Sub' ? substitutionOf(tree, call) : undefined,
      });
      if (call.name === 'Fn::If') inBranch = true;
    }
    if (node.kind === 'map') {
      for (const pair of node.pairs) if (holds(pair)) push(pair.value, inBranch);
    } else if (node.kind === 'list') {
      for (const item of node.items) if (holds(item)) push(item.value, inBranch);
    }
  }
}

function holdsCalls(node: Node): boolean {
  return node.kind === 'scalar' ? node.tag !== undefined : node.kind !== 'alias';
}
