import { resolved, type Node } from '../../../syntax/tree.ts';
import { argumentList, plainText } from '../call.ts';
import type { DefinedNames } from './names.ts';
import type { ReportProblem } from './report.ts';
import type { Visit } from './walk.ts';

/**
 * Comparisons of two literals, one of which is the name of a parameter: a Ref is missing, so the result never changes.
 * Comparing two other literals is a common way to write a constant.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export function checkComparison({ call, place }: Visit, names: DefinedNames, report: ReportProblem): void {
  if (place.section !== 'Conditions' && place.section !== 'Rules') return;
  if (call.name === 'Fn::Equals') {
    const [one, other] = argumentList(call) ?? [];
    const texts = [one, other].map(literal);
    if (!one || !other || texts[0] === undefined || texts[1] === undefined) return;
    const at = [one, other].find((_, index) => names.isParameter(nameIn(texts[index]!)));
    if (at) report(at, comparisonMessage(literal(at)!, `is always ${texts[0] === texts[1]}`));
  } else if (call.name === 'Fn::Contains') {
    const [list, value] = argumentList(call) ?? [];
    const [items, text] = [resolved(list), literal(value)];
    if (items?.kind !== 'list' || text === undefined || !names.isParameter(nameIn(text))) return;
    const among = items.items.map((item) => literal(item.value));
    if (among.every((item) => item !== undefined))
      report(value!, comparisonMessage(text, `is always ${among.includes(text)}`));
  }
}

function comparisonMessage(text: string, result: string): string {
  const name = nameIn(text);
  return `This compares the string "${text}", not the parameter ${name}, so it ${result}. Use Ref to compare the value of ${name}.`;
}

/** The string of a literal; undefined for a call. */
function literal(node: Node | undefined): string | undefined {
  return plainText(node);
}

/** The name in a literal: the literal itself, or the name in a placeholder that only Fn::Sub would replace. */
function nameIn(text: string): string {
  return /^\$\{([\w:]+)\}$/.exec(text)?.[1] ?? text;
}
