import type { Range } from '../../../base/span.ts';
import { resolved, type ScalarNode, type Tree } from '../../../syntax/tree.ts';
import { argumentText, callOf, longCallOf, pairsWithMerges, type IntrinsicCall } from '../call.ts';

/** `${Name}` in an Fn::Sub string, as written. */
export interface SubPlaceholder extends Range {
  /** The text between the braces, without surrounding white space. */
  readonly name: string;
}

/** A call of Fn::Sub: its placeholders, and the names of its own variables. */
export interface Substitution {
  readonly placeholders: readonly SubPlaceholder[];
  /** The range of an unclosed placeholder, from its `${` to the end of the string. */
  readonly unclosed: Range | undefined;
  /** Undefined if they are unknown. */
  readonly variables: ReadonlySet<string> | undefined;
}

const NO_VARIABLES: ReadonlySet<string> = new Set();

/** The substitutions of an Fn::Sub call; undefined if its string is not literal. */
export function substitutionOf(tree: Tree, call: IntrinsicCall): Substitution | undefined {
  const argument = resolved(call.argument);
  if (argument?.kind === 'scalar')
    return argumentText(call) === undefined || argument !== call.argument
      ? undefined
      : { variables: NO_VARIABLES, ...placeholdersOf(tree, argument) };
  if (argument?.kind !== 'list' || (call.short ? longCallOf(argument) : callOf(argument))) return undefined;
  const text = argument.items[0]?.value;
  if (text?.kind !== 'scalar' || callOf(text)) return undefined;
  const own = resolved(argument.items[1]?.value);
  return { variables: own ? variablesOf(own) : NO_VARIABLES, ...placeholdersOf(tree, text) };
}

function variablesOf(node: NonNullable<ReturnType<typeof resolved>>): ReadonlySet<string> | undefined {
  if (node.kind !== 'map' || callOf(node)) return undefined;
  const { pairs, complete } = pairsWithMerges(node);
  return complete ? new Set(pairs.map(({ pair }) => pair.name)) : undefined;
}

/**
 * `${!…}` and an unclosed placeholder are literal text. Escapes in double-quoted strings are not decoded, because names
 * need no escapes.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
function placeholdersOf(tree: Tree, { content, style }: ScalarNode): Omit<Substitution, 'variables'> {
  const text = tree.text.slice(content.start, content.end);
  const placeholders: SubPlaceholder[] = [];
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
