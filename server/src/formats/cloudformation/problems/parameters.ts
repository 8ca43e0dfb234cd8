import { textOfScalar } from '../../../syntax/scalar.ts';
import { resolved, valueOf, type MapNode, type ScalarNode } from '../../../syntax/tree.ts';
import { callOf, plainText } from '../call.ts';
import { REJECTED, type ReportProblem } from './report.ts';

/**
 * Parameters with a missing or unknown type, and defaults that are not allowed. Patterns are not checked: matching can
 * take unlimited time, and AllowedPattern uses Java's syntax.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function checkParameters(template: MapNode, report: ReportProblem): void {
  const section = valueOf(template, 'Parameters');
  if (section?.kind !== 'map') return;
  for (const { key, name, value } of section.pairs) {
    const body = resolved(value);
    if (
      name.startsWith('Fn::') ||
      name === '<<' ||
      body?.kind !== 'map' ||
      callOf(body) ||
      body.pairs.some((pair) => pair.name === '<<')
    )
      continue;
    const typeNode = valueOf(body, 'Type');
    const type = plainText(typeNode);
    if (!typeNode) report(key, `The parameter ${name} has no Type. ${REJECTED}; add one, such as String.`);
    else if (type !== undefined && type !== '' && !isType(type)) {
      report(
        typeNode,
        `A parameter cannot have the type ${type}. ${REJECTED}; use String, Number, CommaDelimitedList or an AWS-specific type.`,
      );
    } else if (type !== undefined) checkDefault(name, type, body, report);
  }
}

/** The simple types. List types and AWS-specific types are not listed, because the list would become outdated. */
function isType(type: string): boolean {
  return /^(?:String|Number|CommaDelimitedList|List<.*>|AWS::.*)$/s.test(type) || !/^\w+$/.test(type);
}

function checkDefault(name: string, type: string, body: MapNode, report: ReportProblem): void {
  const fallback = valueOf(body, 'Default');
  if (fallback?.kind !== 'scalar' || callOf(fallback) || (type !== 'String' && type !== 'Number')) return;
  const text = textOfScalar(fallback);
  // The value must be set at deployment, or it is a boolean, which has several spellings.
  if (text === '' || /^(?:y|yes|n|no|on|off)$/i.test(text)) return;
  const wrong = (what: string): void =>
    report(fallback, `The default of the parameter ${name} ${what}. ${REJECTED}; correct one of them.`);
  const allowed = valueOf(body, 'AllowedValues');
  if (allowed?.kind === 'list' && !callOf(allowed)) {
    const values = allowed.items.map((item) => resolved(item.value));
    if (
      values.every((value) => value?.kind === 'scalar' && !callOf(value)) &&
      !values.some((value) => isSame(textOfScalar(value as ScalarNode), text))
    )
      return wrong('is not one of its AllowedValues');
  }
  const bound = (key: string): number | undefined => numberOf(plainText(valueOf(body, key)));
  if (type === 'Number') {
    const number = numberOf(text);
    if (number === undefined) return wrong('is not a number');
    if (number < (bound('MinValue') ?? -Infinity)) return wrong('is less than its MinValue');
    if (number > (bound('MaxValue') ?? Infinity)) return wrong('is more than its MaxValue');
  } else {
    if (text.length < (bound('MinLength') ?? 0)) return wrong('is shorter than its MinLength');
    if (text.length > (bound('MaxLength') ?? Infinity)) return wrong('is longer than its MaxLength');
  }
}

/** Numbers and booleans have several spellings. */
function isSame(one: string, other: string): boolean {
  return (
    one === other ||
    (/^(?:true|false)$/i.test(one) && one.toLowerCase() === other.toLowerCase()) ||
    (numberOf(one) !== undefined && numberOf(one) === numberOf(other))
  );
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(text)) return undefined;
  return Number(text);
}
