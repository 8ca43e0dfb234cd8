import type { Predicate } from './judgement.ts';
import type { Known, TemplateString } from './value.ts';

/**
 * A Boolean, as CloudFormation and Terraform convert it: true and false, quoted or not. YAML 1.1's other words (`yes`,
 * `on`) are parsed differently by different versions of the tools, so they are unknown.
 */
export function asBoolean(scalar: Known): boolean | undefined {
  if (typeof scalar.value === 'boolean') return scalar.value;
  const word = scalar.raw.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

/** An integer, quoted or not. */
export function asInteger(scalar: Known): number | undefined {
  return /^[+-]?\d{1,15}$/.test(scalar.raw.trim()) ? Number(scalar.raw) : undefined;
}

export const isTrue: Predicate = { known: asBoolean, texts: ['true', 'True', 'TRUE'] };

export const isFalse: Predicate = {
  texts: ['false', 'False', 'FALSE'],
  known: (scalar) => {
    const value = asBoolean(scalar);
    return value === undefined ? undefined : !value;
  },
};

/** One of these strings, case-sensitive. References are unknown, and template strings that can be one of them. */
export function oneOf(...texts: readonly string[]): Predicate {
  return {
    known: (scalar) => texts.includes(scalar.raw),
    texts,
    text: ({ pieces }) => (texts.some((one) => canBe(pieces, one)) ? undefined : false),
    collection: false,
  };
}

/** Whether a template string can be a text: it begins and ends with its literal pieces, and contains them in order. */
function canBe(pieces: TemplateString['pieces'], text: string): boolean {
  let at = 0;
  return pieces.every((piece, index) => {
    if (typeof piece !== 'string') return true;
    const found = index === 0 ? (text.startsWith(piece) ? 0 : -1) : text.indexOf(piece, at);
    at = found + piece.length;
    return found >= 0 && (index < pieces.length - 1 || text.endsWith(piece));
  });
}

/** One of these strings, case-insensitive. */
export function oneOfIgnoringCase(...texts: readonly string[]): Predicate {
  const lower = texts.map((t) => t.toLowerCase());
  return { known: (scalar) => lower.includes(scalar.raw.toLowerCase()), collection: false };
}

/** An integer that meets a condition. */
export function integer(holds: (value: number) => boolean | undefined): Predicate {
  return {
    known: (scalar) => {
      const value = asInteger(scalar);
      return value === undefined ? undefined : holds(value);
    },
  };
}

/** A string that meets a condition; `texts` are all such strings, if they are few. */
export function text(holds: (value: string) => boolean | undefined, texts?: readonly string[]): Predicate {
  return { known: (scalar) => holds(scalar.raw), collection: false, ...(texts ? { texts } : {}) };
}

/**
 * An empty string, which means no value. Template strings and references are not empty, and parameters are assumed not
 * to consist of spaces.
 */
export const isBlank: Predicate = {
  known: (scalar) => scalar.raw.trim() === '',
  texts: [''],
  text: () => false,
  reference: () => false,
  collection: false,
};
