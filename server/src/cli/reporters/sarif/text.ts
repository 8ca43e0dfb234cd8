/** Texts in SARIF. */
import type { Message } from 'sarif';
import { inert } from '../../../base/inert.ts';

/**
 * A message of text that can be from documents. It has no embedded links (3.11.6 of the standard) and no placeholders
 * (3.11.5). Other braces are kept as they are and not doubled, because viewers show messages without arguments as they
 * are written: `${AWS::Partition}`.
 */
export function messageText(text: string): Message {
  return { text: messageString(text) };
}

/** The text of a message (see `messageText`) where the standard has a string instead of a message. */
export function messageString(text: string): string {
  return inert(text)
    .replaceAll('](', '] (')
    .replaceAll(/\{(\d+)\}/g, '{{$1}}');
}

/** A text of at most `most` UTF-16 code units. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
