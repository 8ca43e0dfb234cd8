/**
 * Descriptions of actions without the words that repeat their names: a tenth of a package was such sentences.
 * `server/src/policy/data/action-description.ts` reads them, and `schemas/README.md` describes the form.
 */
import { PREFIX, actionNameWords } from '../../server/src/policy/data/action-description.ts';

/**
 * The short form of a description: `~$ a @` of `Grants permission to create a bucket` for `CreateBucket`. Throws if the
 * description looks shortened.
 */
export function shortDescription(name: string, description: string): string {
  if (description.startsWith('~')) throw new Error(`${name} has a description that looks shortened: ${description}`);
  if (!description.startsWith(PREFIX) || /[~$@^]/.test(description)) return description;
  const { verb, noun, title } = actionNameWords(name);
  const rest = description.slice(PREFIX.length);
  const after = rest.startsWith(`${verb} `) ? `$${rest.slice(verb.length)}` : rest;
  return `~${noun === '' ? after : (replaced(after, noun, '@') ?? replaced(after, title, '^') ?? after)}`;
}

/** The text with its first occurrence of a part replaced; undefined if it has none. */
function replaced(text: string, part: string, mark: string): string | undefined {
  const at = text.indexOf(part);
  return at < 0 ? undefined : text.slice(0, at) + mark + text.slice(at + part.length);
}
