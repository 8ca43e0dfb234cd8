/**
 * Functions with regular expressions. Terraform uses RE2; patterns that JavaScript reads differently, or that can be
 * slow, are not evaluated. https://developer.hashicorp.com/terraform/language/functions/regex
 */
import type { Leaf, Origin, Value } from '../../../../model/value.ts';
import { isFastPattern, isFastOnLongText } from '../../../fast-pattern.ts';
import { listOf } from '../collections.ts';
import { terraformText } from '../conversions.ts';
import { scalar } from '../origin.ts';
import { perLeaf, type TerraformFunction } from './function.ts';
import { isPlainAscii } from './plain-text.ts';

const LONGEST_PATTERN = 500;

/**
 * The maximum lengths of a string to match: with any pattern that is fast for short strings, and with one that is fast
 * regardless of where the match starts.
 */
const LONGEST_TEXT = 64;
const LONGEST_TEXT_FOR_TAME = 512;

export const PATTERN_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  regex: perLeaf(([pattern, text], origin) => {
    const first = matches(pattern, text)?.[0];
    return first && captured(first, origin);
  }),
  regexall: perLeaf(([pattern, text], origin) => {
    const all = matches(pattern, text);
    return (
      all &&
      listOf(
        origin,
        all.map((match) => captured(match, origin)),
      )
    );
  }),
};

/** A string with every match of a pattern replaced; undefined if the result is not certain. */
export function replacedPattern(text: string, pattern: string, replacement: string): string | undefined {
  const expression = expressionFor(pattern, text);
  // `$1x` refers to a group with that name, which does not exist.
  const parts = replacement.split(/(\$(?:\$|\{\d\}|\d(?!\w)))/);
  if (!expression || parts.some((part, index) => index % 2 === 0 && part.includes('$'))) return undefined;
  if ([...text.matchAll(expression)].some(([match]) => match === '')) return undefined;
  return text.replaceAll(expression, (...match: readonly unknown[]) =>
    parts
      .map((part, index) => {
        if (index % 2 === 0) return part;
        const group = /\d/.exec(part)?.[0];
        const found = group === undefined ? '$' : match[Number(group)];
        return typeof found === 'string' ? found : '';
      })
      .join(''),
  );
}

/** Every match. RE2 and JavaScript treat empty matches differently. */
function matches(pattern: Leaf | undefined, text: Leaf | undefined): readonly RegExpExecArray[] | undefined {
  const [source, subject] = [terraformText(pattern), terraformText(text)];
  const expression = source !== undefined && subject !== undefined ? expressionFor(source, subject) : undefined;
  const all = expression ? [...subject!.matchAll(expression)] : [];
  return expression && !all.some(([match]) => match === '') ? all : undefined;
}

/** The result of a match: its groups as a list, or the matched string without groups. */
function captured([whole, ...groups]: RegExpExecArray, origin: Origin): Value {
  return groups.length === 0
    ? scalar(origin, whole)
    : listOf(
        origin,
        groups.map((group) => scalar(origin, (group as string | undefined) ?? null)),
      );
}

function expressionFor(pattern: string, text: string): RegExp | undefined {
  if (
    pattern.length > LONGEST_PATTERN ||
    text.length > LONGEST_TEXT_FOR_TAME ||
    !isPlainAscii(text) ||
    !isPlainAscii(pattern)
  )
    return undefined;
  // Named character classes and `\Q…\E` are valid in both dialects but have different meanings.
  if (pattern.includes('[:') || !(text.length <= LONGEST_TEXT ? isFastPattern(pattern) : isFastOnLongText(pattern)))
    return undefined;
  try {
    return new RegExp(pattern, 'gu');
  } catch {
    return undefined;
  }
}
