/** The first unclosed placeholder in a string of Fn::Sub, with its range and the name that it starts with. */
export interface Unclosed {
  readonly at: number;
  readonly name: string;
}

/**
 * The last placeholder, if its closing brace is missing. CloudFormation keeps it as text, which is not intended if it
 * names an existing parameter or resource. A policy variable, `${aws:username`, does not start with a name, and escaped
 * placeholders are intended.
 */
export function unclosedIn(text: string): Unclosed | undefined {
  const at = text.indexOf('${');
  const name = at < 0 ? undefined : NAME.exec(text.slice(at + 2, at + MOST_CHARACTERS))?.[1];
  return name === undefined ? undefined : { at, name };
}

/** A logical ID has at most 255 characters. */
const MOST_CHARACTERS = 300;

const NAME = /^\s*(AWS::\w+|\w+(?![\w:]))/;
