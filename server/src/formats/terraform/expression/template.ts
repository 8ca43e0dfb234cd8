/**
 * The scalars of a configuration that Terraform evaluates: strings of Terraform JSON with `${…}` in them, and
 * expressions of HCL.
 */
import type { ScalarNode } from '../../../syntax/tree.ts';
import { parseExpression, parseTemplate, type Parsed } from './parser.ts';

/** Whether a scalar has to be evaluated. Every other one is a literal. */
export function needsEvaluation({ style, value }: ScalarNode): boolean {
  return style === 'expression' || (style === 'double' && (value.includes('${') || value.includes('%{')));
}

/**
 * Parses the text of a scalar, as an expression or as a template. Ranges count in its decoded text. Equal texts, such
 * as those in the next version of a document, are parsed once.
 */
export function parseScalar({ style, value }: Pick<ScalarNode, 'style' | 'value'>): Parsed {
  return style === 'expression' ? EXPRESSIONS.of(value) : TEMPLATES.of(value);
}

/** The maximum number of characters whose trees are kept. */
const MOST_CHARACTERS = 400_000;

/** The trees of texts. All are dropped when there are too many. */
class ParsedTexts {
  readonly #parse: (text: string) => Parsed;
  readonly #known = new Map<string, Parsed>();
  #characters = 0;

  constructor(parse: (text: string) => Parsed) {
    this.#parse = parse;
  }

  of(text: string): Parsed {
    // A part of a document would keep the whole document. A key of a map is a string of its own.
    const key = `=${text}`;
    let parsed = this.#known.get(key);
    if (!parsed) {
      parsed = this.#parse(key.slice(1));
      if (this.#characters > MOST_CHARACTERS) {
        this.#known.clear();
        this.#characters = 0;
      }
      this.#known.set(key, parsed);
      this.#characters += text.length;
    }
    return parsed;
  }
}

const EXPRESSIONS = new ParsedTexts(parseExpression);
const TEMPLATES = new ParsedTexts(parseTemplate);
