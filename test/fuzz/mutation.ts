import * as fc from 'fast-check';
import { anyText } from '../kit/any-text.ts';

/** One change of a text. Places are fractions, so that a mutation fits any text. */
export type Step = { readonly at: number } & (
  | { readonly op: 'delete'; readonly length: number }
  | { readonly op: 'insert' | 'replace'; readonly text: string }
  | { readonly op: 'deleteLine' | 'duplicateLine' | 'indentLine' | 'dedentLine' | 'swapLines' | 'truncate' }
  | { readonly op: 'splice'; readonly from: number; readonly length: number }
);

/** What is likely to mean something where it does not belong. */
const TOKENS = [
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ':',
  ': ',
  ',',
  '-',
  '- ',
  '#',
  '&a ',
  '*a',
  '!Ref ',
  '!If ',
  '!GetAtt ',
  '!!binary ',
  '|',
  '>-',
  '%',
  '@',
  '`',
  '\t',
  '  ',
  '\n',
  '\r\n',
  '\r',
  '\n\n',
  '---\n',
  '\\',
  '\\u0000',
  '${',
  '${a',
  '%{',
  '//',
  '/*',
  '<<: *a',
  '\u0000',
  '\ufeff',
  '\u2028',
  '😀',
  '\ud800',
  'null',
  'true',
  'Fn::If',
  '__proto__',
  'constructor',
];

/** Even, so that the beginning of a text is not tried more than the rest. */
const place = fc.noBias(fc.nat(999_999)).map((n) => n / 1_000_000);
const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TOKENS) },
  { weight: 1, arbitrary: anyText({ minLength: 1, maxLength: 3 }) },
);
const character = fc.oneof(
  fc.constantFrom(...TOKENS.filter((token) => token.length === 1 && token !== '\u0000')),
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
);

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ op: fc.constant('delete' as const), at: place, length: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ op: fc.constantFrom('insert' as const, 'replace' as const), at: place, text }),
  fc.record({
    op: fc.constantFrom(
      'deleteLine' as const,
      'duplicateLine' as const,
      'indentLine' as const,
      'dedentLine' as const,
      'swapLines' as const,
      'truncate' as const,
    ),
    at: place,
  }),
  fc.record({ op: fc.constant('splice' as const), at: place, from: place, length: fc.integer({ min: 1, max: 200 }) }),
);

/** A change of one character. */
export const oneCharacter: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ op: fc.constant('delete' as const), at: place, length: fc.constant(1) }),
  fc.record({ op: fc.constantFrom('insert' as const, 'replace' as const), at: place, text: character }),
);

/** Where a step changes a text. */
export function offsetOf(step: Step, text: string): number {
  return Math.floor(step.at * (text.length + 1));
}

/** A text after a step. `other` is where splices come from. */
export function mutated(text: string, step: Step, other: string): string {
  const at = offsetOf(step, text);
  switch (step.op) {
    case 'delete':
      return text.slice(0, at) + text.slice(at + step.length);
    case 'insert':
      return text.slice(0, at) + step.text + text.slice(at);
    case 'replace':
      return text.slice(0, at) + step.text + text.slice(at + 1);
    case 'truncate':
      return text.slice(0, at);
    case 'splice': {
      const from = Math.floor(step.from * other.length);
      return text.slice(0, at) + other.slice(from, from + step.length) + text.slice(at);
    }
    default:
      return changedLine(text, step.op, at);
  }
}

function changedLine(
  text: string,
  op: 'deleteLine' | 'duplicateLine' | 'indentLine' | 'dedentLine' | 'swapLines',
  at: number,
): string {
  const lines = text.split(/(?<=\n)/);
  let index = 0;
  for (let end = lines[0]!.length; end <= at && index < lines.length - 1; end += lines[index]!.length) index++;
  const line = lines[index]!;
  switch (op) {
    case 'deleteLine':
      return lines.toSpliced(index, 1).join('');
    case 'duplicateLine':
      return lines.toSpliced(index, 0, line).join('');
    case 'indentLine':
      return lines.with(index, ` ${line}`).join('');
    case 'dedentLine':
      return lines.with(index, line.replace(/^ /, '')).join('');
    case 'swapLines':
      return index + 1 < lines.length
        ? lines
            .with(index, lines[index + 1]!)
            .with(index + 1, line)
            .join('')
        : text;
  }
}
