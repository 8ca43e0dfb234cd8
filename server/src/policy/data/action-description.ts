/**
 * Descriptions of actions as `schemas/` has them: without the words that repeat the name of the action. `~` stands for
 * the words that begin most descriptions, `$` for the first word of the name, `@` for the other words, `^` for the
 * other words with the letter case that they have in the name.
 */

/** How the Service Authorization Reference begins most descriptions of actions. */
export const PREFIX = 'Grants permission to ';

/** The words of the name of an action: the first and the others in lower case, and the others as they are. */
export function actionNameWords(name: string): {
  readonly verb: string;
  readonly noun: string;
  readonly title: string;
} {
  const [verb = '', ...others] = name.match(/[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? [];
  const title = others.join(' ');
  return { verb: verb.toLowerCase(), noun: title.toLowerCase(), title };
}

/** AWS's description of an action from its short form. */
export function fullDescription(name: string, short: string): string {
  if (!short.startsWith('~')) return short;
  const { verb, noun, title } = actionNameWords(name);
  return PREFIX + short.slice(1).replaceAll(/[$@^]/g, (mark) => (mark === '$' ? verb : mark === '@' ? noun : title));
}
