import { textOfScalar } from '../../../syntax/scalar.ts';
import { resolved, valueOf, type MapNode, type ScalarNode } from '../../../syntax/tree.ts';
import { callOf, plainText } from '../call.ts';
import { REJECTED, type ReportProblem } from './report.ts';

/**
 * Parameters of no type, or of one that does not exist, and defaults that a parameter does not allow. Patterns are not
 * tried: what matches them may take forever, and the language of AllowedPattern is that of Java.
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

/** A type of one word is known; those of lists and of AWS are more than are worth a list that is out of date one day. */
function isType(type: string): boolean {
  return /^(?:String|Number|CommaDelimitedList|List<.*>|AWS::.*)$/s.test(type) || !/^\w+$/.test(type);
}

function checkDefault(name: string, type: string, body: MapNode, report: ReportProblem): void {
  const fallback = valueOf(body, 'Default');
  if (fallback?.kind !== 'scalar' || callOf(fallback) || (type !== 'String' && type !== 'Number')) return;
  const text = textOfScalar(fallback);
  // The value must be set at deployment; or it is a boolean, which has several spellings.
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

/** Numbers and truths can be written in several ways. */
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
