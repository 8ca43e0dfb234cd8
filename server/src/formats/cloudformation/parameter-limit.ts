/** The possible values of a parameter by its constraints other than AllowedValues. */
import { memoizeParts } from '../../base/memoize.ts';
import { valueOf, type Node } from '../../syntax/tree.ts';
import { charactersOf } from '../pattern-characters.ts';
import { isFastPattern } from '../fast-pattern.ts';

/** Whether a string is a valid value of the parameter. */
export type ParameterLimit = (text: string) => boolean;

/** The maximum length of strings and patterns that are matched. Longer ones are assumed to match. */
const LONGEST_TEXT = 64;
const LONGEST_PATTERN = 500;

/** The length of all patterns that are kept. Templates of a project use the same ones. */
const MOST_PATTERNS = 16 * 1024;

/**
 * The constraint of a parameter; undefined if every string is valid. A pattern must match the whole string, or each
 * item of a list.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function parameterLimit(body: Node | undefined, type: string): ParameterLimit | undefined {
  const limits: ParameterLimit[] = [];
  const number = (name: string): number | undefined => {
    const node = valueOf(body, name);
    return node?.kind === 'scalar' && /^-?\d{1,15}(\.\d{1,15})?$/.test(node.value) ? Number(node.value) : undefined;
  };
  const [shortest, longest, smallest, largest] = [
    number('MinLength'),
    number('MaxLength'),
    number('MinValue'),
    number('MaxValue'),
  ];
  if (type === 'String') {
    if (shortest !== undefined) limits.push((text) => text.length >= shortest);
    if (longest !== undefined) limits.push((text) => text.length <= longest);
  }
  const spells = charactersOfParameter(body, type);
  if (spells) limits.push(type === 'String' ? spells : (text) => spells(text.replaceAll(/[\s,]/g, '')));
  const pattern = hasPattern(type) ? valueOf(body, 'AllowedPattern') : undefined;
  const whole = pattern?.kind === 'scalar' ? wholePattern(pattern.value) : undefined;
  if (whole) {
    const fits = (text: string): boolean => text.length > LONGEST_TEXT || whole.test(text);
    limits.push(type === 'String' ? fits : (text) => text.split(',').every((item) => fits(item.trim())));
  }
  if (type === 'Number') {
    limits.push((text) => text.trim() !== '' && Number.isFinite(Number(text)));
    if (smallest !== undefined) limits.push((text) => Number(text) >= smallest);
    if (largest !== undefined) limits.push((text) => Number(text) <= largest);
  }
  return limits.length === 0 ? undefined : (text) => limits.every((fits) => fits(text));
}

/**
 * Whether all characters of a string are in valid values of the parameter, as they are in a part of one; undefined if
 * all characters can be.
 */
export function charactersOfParameter(body: Node | undefined, type: string): ParameterLimit | undefined {
  const pattern = hasPattern(type) ? valueOf(body, 'AllowedPattern') : undefined;
  return pattern?.kind === 'scalar' && pattern.value.length <= LONGEST_PATTERN
    ? charactersOfPattern(pattern.value)
    : undefined;
}

const charactersOfPattern = memoizeParts(charactersOf, MOST_PATTERNS);

function hasPattern(type: string): boolean {
  return type === 'String' || type === 'CommaDelimitedList';
}

/** Words separated by bars, with or without a group. */
const WORDS = /^\^?(?:\((?:\?:)?([\w-]*(?:\|[\w-]*)*)\)|([\w-]+(?:\|[\w-]+)*))\$?$/;

/**
 * All strings that a pattern allows, if it is a plain alternation such as `^(dev|prod)$`; undefined for other patterns.
 */
export function textsOfPattern(body: Node | undefined, type: string): readonly string[] | undefined {
  const pattern = valueOf(body, 'AllowedPattern');
  const words =
    type === 'String' && pattern?.kind === 'scalar' && pattern.value.length <= LONGEST_PATTERN
      ? WORDS.exec(pattern.value)
      : null;
  // Without a group, the anchors apply only to the first and the last word, which makes no difference for a complete
  // match.
  return (words?.[1] ?? words?.[2])?.split('|');
}

/**
 * A pattern as a regular expression for the whole string; undefined if JavaScript reads it differently from
 * CloudFormation, or if matching can be slow.
 */
const wholePattern = memoizeParts((pattern): RegExp | undefined => {
  if (pattern.length > LONGEST_PATTERN || !isFastPattern(pattern)) return undefined;
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch {
    return undefined;
  }
}, MOST_PATTERNS);
