import { createScanner } from 'jsonc-parser';
import type { Range } from '../base/span.ts';
import { Scalar } from './nodes.ts';
import type { ListNode, MapNode } from './tree.ts';

type Parent = MapNode | ListNode | undefined;

abstract class JsonScalar extends Scalar {
  protected readonly text: string;

  constructor(parent: Parent, start: number, end: number, style: 'double' | 'plain', text: string) {
    super(parent, start, end, style);
    this.text = text;
  }

  protected raw(): string {
    const { start, end } = this.content;
    return this.text.slice(start, end);
  }
}

/** A string in its quotes. */
export class JsonString extends JsonScalar {
  constructor(parent: Parent, start: number, end: number, text: string) {
    super(parent, start, end, 'double', text);
  }

  get content(): Range {
    return { start: this.start + 1, end: this.end - 1 };
  }

  protected decode(): string {
    return unescaped(this.raw());
  }
}

/** A string without its closing quote. */
export class UnclosedString extends JsonScalar {
  constructor(parent: Parent, start: number, end: number, text: string) {
    super(parent, start, end, 'double', text);
  }

  get content(): Range {
    return { start: this.start + 1, end: this.end };
  }

  protected decode(): string {
    return unescaped(this.raw());
  }
}

/** A number, a keyword, or invalid text in place of one. */
export class JsonWord extends JsonScalar {
  constructor(parent: Parent, start: number, end: number, text: string) {
    super(parent, start, end, 'plain', text);
  }

  get content(): Range {
    return { start: this.start, end: this.end };
  }

  protected decode(): string {
    return this.raw();
  }
}

/** The decoded content of a JSON string, without invalid escapes. */
function unescaped(raw: string): string {
  if (!raw.includes('\\')) return raw;
  const scanner = createScanner(`"${raw}"`);
  scanner.scan();
  return scanner.getTokenValue();
}
