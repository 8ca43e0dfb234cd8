import { parseEvents, YAMLException, type Event } from 'js-yaml';
import { MAX_DEPTH } from './nodes.ts';
import type { SyntaxProblem } from './tree.ts';

export interface Repaired {
  /** The text that was read, of the same length as the text that was written. */
  readonly read: string;
  readonly events: readonly Event[];
  /** Where `read` has a colon over the last character of a key that was written without one. */
  readonly halfKeys: ReadonlySet<number>;
  readonly problems: readonly SyntaxProblem[];
}

/** Reads text as far as it can be read: what is broken is replaced by as many spaces, and is a problem. */
export function repair(text: string): Repaired {
  const problems: SyntaxProblem[] = [];
  let read = text;
  for (let round = 0; round < 50; round++) {
    const outcome = attempt(read);
    if (!('reason' in outcome)) return { read, events: outcome.events, halfKeys: new Set(), problems };
    const start = text.lastIndexOf('\n', Math.max(outcome.at - 1, 0)) + 1;
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    problems.push({ start, end, message: outcome.reason });
    read = read.slice(0, start) + ' '.repeat(end - start) + read.slice(end);
  }
  return { read: ' '.repeat(text.length), events: [], halfKeys: new Set(), problems };
}

function attempt(text: string): { events: Event[] } | { reason: string; at: number } {
  try {
    return { events: parseEvents(text, { filename: '', maxDepth: MAX_DEPTH }) };
  } catch (thrown) {
    if (thrown instanceof YAMLException) return { reason: thrown.reason, at: thrown.mark?.position ?? 0 };
    return { reason: 'unreadable', at: 0 };
  }
}
