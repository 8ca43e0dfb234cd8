/** A text of Fn::Sub, from its first placeholder that lacks its brace: where that is, and the name that it begins with. */
export interface Unclosed {
  readonly at: number;
  readonly name: string;
}

/**
 * The placeholder without its brace in what stands behind all others. CloudFormation keeps it as text, and nobody who names something that exists means
 * that. A policy variable, `${aws:username`, begins with no name, and what is escaped is meant.
 */
export function unclosedIn(text: string): Unclosed | undefined {
  const at = text.indexOf('${');
  const name = at < 0 ? undefined : NAME.exec(text.slice(at + 2, at + MOST_CHARACTERS))?.[1];
  return name === undefined ? undefined : { at, name };
}

/** A logical id has at most 255 characters. */
const MOST_CHARACTERS = 300;

const NAME = /^\s*(AWS::\w+|\w+(?![\w:]))/;
