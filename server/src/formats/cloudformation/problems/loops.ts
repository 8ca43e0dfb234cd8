import { resolved, valueOf, type MapNode, type Node } from '../../../syntax/tree.ts';
import { callOf, everyNode } from '../call.ts';
import { isLoop } from '../loop.ts';
import { LANGUAGE_EXTENSIONS, transformsOf } from '../macros.ts';
import { REJECTED, type ReportProblem } from './report.ts';
import { mayBePart } from '../sections.ts';

/**
 * Loops that are not evaluated, or that are invalid.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function checkLoops(template: MapNode, report: ReportProblem): void {
  const extended = transformsOf(template).includes(LANGUAGE_EXTENSIONS) || mayBePart(template);
  for (const section of ['Conditions', 'Resources', 'Outputs'])
    for (const node of everyNode(valueOf(template, section))) {
      if (node.kind !== 'map') continue;
      for (const { key, name, value } of node.pairs) {
        if (!isLoop(name)) continue;
        if (!extended)
          report(key, `Fn::ForEach requires the transform ${LANGUAGE_EXTENSIONS}. ${REJECTED}; add it to Transform.`);
        else if (!isWhole(resolved(value)))
          report(
            key,
            `Fn::ForEach takes a list of three: an identifier, the items, and the map to repeat for each item. ${REJECTED}; correct its arguments.`,
          );
      }
    }
}

function isWhole(value: Node | undefined): boolean {
  if (!value || callOf(value)) return true;
  if (value.kind !== 'list' || value.items.length !== 3) return false;
  const [identifier, items, made] = value.items.map((item) => resolved(item.value));
  return (
    (!identifier || (identifier.kind === 'scalar' && !callOf(identifier))) &&
    (!items || items.kind === 'list' || callOf(items) !== undefined) &&
    (!made || made.kind === 'map')
  );
}
