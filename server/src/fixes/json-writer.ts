/** Changes to a document in which everything is in brackets, such as JSON, as replacements in its text. */
import { flatMap } from '../base/flat-map.ts';
import { besideInFlow } from './beside.ts';
import type { Changes } from './changes.ts';
import { flowStyle } from './flow-style.ts';
import type { FlowSyntax } from './flow-text.ts';
import { changeFlowList, changeFlowMap, flowReplacement } from './flow-writer.ts';
import { Refused } from './refused.ts';
import type { Splice } from './splice.ts';
import type { Tree } from '../syntax/tree.ts';

/**
 * The replacements for all changes to such a document, in no order. Throws `Refused` where a change cannot be written
 * exactly.
 */
export function writeFlow(changes: Changes, syntax: FlowSyntax): Splice[] {
  const { tree } = changes;
  return [
    ...[...changes.replaced].map(([node, value]) => ({
      start: node.start,
      end: node.end,
      newText: flowReplacement(tree, node, value, syntax),
    })),
    ...flatMap([...changes.maps], ([map, change]) => [
      ...[...change.renamed].map(([pair, name]) => ({
        start: pair.key.start,
        end: pair.key.end,
        newText: syntax.key(name),
      })),
      ...changeFlowMap(tree, map, change, syntax),
    ]),
    ...flatMap([...changes.lists], ([list, change]) => changeFlowList(tree, list, change, syntax)),
    ...flatMap([...changes.beside], ([map, values]) => besideInFlow(tree, map, values, syntax)),
  ];
}

/** The syntax of collections in JSON, in the style of a document. */
export function jsonSyntax(tree: Tree): FlowSyntax {
  return {
    // Computed on demand: it reads the whole document, and a change of a scalar does not need it.
    get style() {
      return flowStyle(tree);
    },
    spaced: false,
    key: (name) => JSON.stringify(name),
    scalar: jsonScalar,
  };
}

function jsonScalar(value: string | number | boolean | null): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Refused(`The number ${value} cannot be written.`);
  return JSON.stringify(value);
}
