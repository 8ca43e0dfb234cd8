/** Edits as users make them: letters in descriptions, settings that are turned on and off, and new lines. */
import { Random } from '../documents/random.ts';

export interface Edit {
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  readonly text: string;
}

const PROSE = /^(\s*"?(?:\w*[Dd]escription|Comment|comment|Purpose)"?\s*[:=]\s*["']?\w+ )[a-z]/;
const SWITCH = /^(.*[:=] )(true|false)\b/;

/** A text that is edited, as its lines. */
export class EditedText {
  readonly #lines: string[];
  readonly #random: Random;

  constructor(text: string, seed = 1) {
    this.#lines = text.split('\n');
    this.#random = new Random(seed);
  }

  /** Makes one edit and returns it. */
  next(): Edit {
    const kind = this.#random.next();
    const found = kind < 0.6 ? this.#find(PROSE) : kind < 0.8 ? this.#find(SWITCH) : undefined;
    if (!found) return this.#newLine();
    const { line, match } = found;
    const character = match[1]!.length;
    const [before, after] = kind < 0.6 ? ['', 'x'] : [match[2]!, match[2] === 'true' ? 'false' : 'true'];
    const old = this.#lines[line]!;
    this.#lines[line] = old.slice(0, character) + after + old.slice(character + before.length);
    return { range: { start: { line, character }, end: { line, character: character + before.length } }, text: after };
  }

  text(): string {
    return this.#lines.join('\n');
  }

  /** The first line that matches, from a random one on. */
  #find(pattern: RegExp): { readonly line: number; readonly match: RegExpExecArray } | undefined {
    const start = this.#random.int(0, this.#lines.length - 1);
    for (let offset = 0; offset < this.#lines.length; offset++) {
      const line = (start + offset) % this.#lines.length;
      const match = pattern.exec(this.#lines[line]!);
      if (match) return { line, match };
    }
    return undefined;
  }

  #newLine(): Edit {
    const line = this.#random.int(1, this.#lines.length - 2);
    const character = this.#lines[line]!.length;
    this.#lines.splice(line + 1, 0, '');
    return { range: { start: { line, character }, end: { line, character } }, text: '\n' };
  }
}
