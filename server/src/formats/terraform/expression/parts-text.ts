/** The text of a template whose directives repeat or omit parts. */
import { flatMap } from '../../../base/flat-map.ts';
import { choice, mapLeaves } from '../../../model/navigate.ts';
import type { Origin, Value } from '../../../model/value.ts';
import type { TextPiece } from '../../text.ts';
import type { ForDirective, TemplatePart } from './ast.ts';
import { isCertain, itemsInOrder } from './collections.ts';
import { boundedText, inText, refsOf, unknownOf } from './combine.ts';
import { evaluateIn, type EvaluationContext } from './context.ts';
import { addressesIn } from './references.ts';
import { iterationsOf } from './iterations.ts';
import { decidingTruth } from './truth.ts';

/** The text that parts make. A null in a text is an error in Terraform. */
export function partsText(parts: readonly TemplatePart[], context: EvaluationContext, origin: Origin): Value {
  const pieces = flatMap(parts, (part): readonly TextPiece[] => {
    switch (part.kind) {
      case 'text':
        return [part.value];
      case 'interpolation':
        return [inText(evaluateIn(part.expression, context))];
      case 'if': {
        const { yes, no } = decidingTruth(part.condition, context);
        const [then, otherwise] = [
          partsText(part.then, context, origin),
          partsText(part.otherwise ?? [], context, origin),
        ];
        return [
          choice(origin, [
            { guard: yes, value: then },
            { guard: no, value: otherwise },
          ]),
        ];
      }
      case 'for':
        return [forDirective(part, context, origin)];
    }
  });
  return boundedText(origin, pieces);
}

/** The text that a `for` directive makes; not known where the rounds are not. */
function forDirective(directive: ForDirective, context: EvaluationContext, origin: Origin): Value {
  return mapLeaves(evaluateIn(directive.collection, context), (leaf): Value => {
    const iterations =
      leaf.state === 'object' && !leaf.open && leaf.entries.every(isCertain)
        ? iterationsOf(leaf, directive.key, directive.value, context, origin)
        : itemsInOrder(leaf)
          ? iterationsOf(leaf, directive.key, directive.value, context, origin)
          : undefined;
    if (!iterations)
      return unknownOf(
        origin,
        'function',
        [leaf],
        [...new Set([...addressesIn(directive.collection, context.scope), ...refsOf([leaf])])],
      );
    return boundedText(
      origin,
      iterations.map((round) => partsText(directive.body, round.context, origin)),
    );
  });
}
