import type { Range } from '../../../base/span.ts';
import { resolved, type ScalarNode, type Tree } from '../../../syntax/tree.ts';
import { argumentText, callOf, longCallOf, pairsWithMerges, type Call } from '../call.ts';

/** `${Name}` in a text of Fn::Sub, as written. */
export interface Placeholder extends Range {
  /** What is between the braces, without white space around it. */
  readonly name: string;
}

/** A call of Fn::Sub: its placeholders, and the names of the variables that it defines itself. */
export interface Substitution {
  readonly placeholders: readonly Placeholder[];
  /** From the `${` of a placeholder that has no end to the end of the text. */
  readonly unclosed: Range | undefined;
  /** Undefined when they are not known. */
  readonly variables: ReadonlySet<string> | undefined;
}

const NO_VARIABLES: ReadonlySet<string> = new Set();

/** What a call of Fn::Sub substitutes; undefined if its text is not written here. */
export function substitutionOf(tree: Tree, call: Call): Substitution | undefined {
  const argument = resolved(call.argument);
  if (argument?.kind === 'scalar')
    return argumentText(call) === undefined || argument !== call.argument
      ? undefined
      : { ...placeholdersOf(tree, argument), variables: NO_VARIABLES };
  if (argument?.kind !== 'list' || (call.short ? longCallOf(argument) : callOf(argument))) return undefined;
  const text = argument.items[0]?.value;
  if (text?.kind !== 'scalar' || callOf(text)) return undefined;
  const own = resolved(argument.items[1]?.value);
  return { ...placeholdersOf(tree, text), variables: own ? variablesOf(own) : NO_VARIABLES };
}

function variablesOf(node: NonNullable<ReturnType<typeof resolved>>): ReadonlySet<string> | undefined {
  if (node.kind !== 'map' || callOf(node)) return undefined;
  const { pairs, complete } = pairsWithMerges(node);
  return complete ? new Set(pairs.map(({ pair }) => pair.name)) : undefined;
}

/**
 * `${!…}` is text. One that is not closed is text too. What is escaped in a text of double quotes is not looked at: no name
 * needs that.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
function placeholdersOf(tree: Tree, { content, style }: ScalarNode): Omit<Substitution, 'variables'> {
  const text = tree.text.slice(content.start, content.end);
  const placeholders: Placeholder[] = [];
  for (let from = text.indexOf('${'); from >= 0;) {
    const close = text.indexOf('}', from + 2);
    const isText = text[from + 2] === '!';
    if (close < 0)
      return { placeholders, unclosed: isText ? undefined : { start: content.start + from, end: content.end } };
    const inside = text.slice(from + 2, close);
    if (!isText && !(style === 'double' && inside.includes('\\')))
      placeholders.push({ start: content.start + from, end: content.start + close + 1, name: inside.trim() });
    from = text.indexOf('${', close + 1);
  }
  return { placeholders, unclosed: undefined };
}
