/** Which texts a parameter can have by the limits that its author set beside AllowedValues. */
import { valueOf, type Node } from '../../syntax/tree.ts';
import { isTame } from '../tame-pattern.ts';

/** Whether a text can be the value of a parameter. */
export type Limit = (text: string) => boolean;

/**
 * The maximum length of a text that is held against a pattern, and the longest pattern. What is longer is taken to fit.
 */
const LONGEST_TEXT = 64;
const LONGEST_PATTERN = 500;

/**
 * The limit of a parameter; undefined if every text fits. A pattern has to fit the whole text.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function limitOf(body: Node | undefined, type: string): Limit | undefined {
  const limits: Limit[] = [];
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
    const pattern = valueOf(body, 'AllowedPattern');
    const whole = pattern?.kind === 'scalar' ? wholePattern(pattern.value) : undefined;
    if (whole) limits.push((text) => text.length > LONGEST_TEXT || whole.test(text));
  }
  if (type === 'Number') {
    limits.push((text) => text.trim() !== '' && Number.isFinite(Number(text)));
    if (smallest !== undefined) limits.push((text) => Number(text) >= smallest);
    if (largest !== undefined) limits.push((text) => Number(text) <= largest);
  }
  return limits.length === 0 ? undefined : (text) => limits.every((fits) => fits(text));
}

/** Words with bars between them, in a group or not. */
const WORDS = /^\^?(?:\((?:\?:)?([\w-]*(?:\|[\w-]*)*)\)|([\w-]+(?:\|[\w-]+)*))\$?$/;

/** All texts that a pattern admits, where it does no more than name them, as `^(dev|prod)$` does; undefined for other patterns. */
export function textsOfPattern(body: Node | undefined, type: string): readonly string[] | undefined {
  const pattern = valueOf(body, 'AllowedPattern');
  const words =
    type === 'String' && pattern?.kind === 'scalar' && pattern.value.length <= LONGEST_PATTERN
      ? WORDS.exec(pattern.value)
      : null;
  // Without a group the anchors belong to the first and the last word alone, which for a whole text is the same.
  return (words?.[1] ?? words?.[2])?.split('|');
}

/**
 * A pattern as an expression for the whole text; undefined if it is not one that JavaScript reads in the same way as
 * CloudFormation, or one that may take long.
 */
function wholePattern(pattern: string): RegExp | undefined {
  if (pattern.length > LONGEST_PATTERN || !isTame(pattern)) return undefined;
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch {
    return undefined;
  }
}
