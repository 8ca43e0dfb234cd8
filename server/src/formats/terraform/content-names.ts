/**
 * The names in the text of a block: all that its expressions can refer to, found without parsing them. A text can have
 * more names than its expressions, such as those in comments, but never fewer.
 */

import { ownTexts } from '../../base/own-text.ts';

export interface MentionedNames {
  /** What it can refer to, as `kind name`: `local a`, `var a`, `module a`, `data t.n`, `resource t.n`. */
  readonly named: readonly string[];
  /** The attributes of resources that it can refer to and not to more of these, as `resource t.n.a`. */
  readonly attributes: readonly string[];
  /** The words behind which a reference can continue, as `word local` for `local["a"]`. */
  readonly open: readonly string[];
  /** Whether it can call a function that reads files. */
  readonly readsFiles: boolean;
}

/** Names with the attributes behind them: `local.a`, `data.aws_iam_policy_document.a.json`. */
const CHAIN = /[\p{ID_Start}_][\p{ID_Continue}-]*(?:\.[\p{ID_Start}_][\p{ID_Continue}-]*)*/gu;

/** How a reference continues behind a name, white space and comments included. */
const CONTINUES = /\s*(?:[.[#]|\/[/*])/y;

/** The names in a text; undefined if escape sequences can hide some. */
export function blockNamesIn(text: string): MentionedNames | undefined {
  if (/\\[uU]/.test(text)) return undefined;
  // The letter of an escape sequence is not a part of the name behind it.
  const plain = text.includes('\\') ? text.replace(/\\[^]/g, '  ') : text;
  const named = new Set<string>();
  const attributes = new Set<string>();
  const open = new Set<string>();
  for (const { 0: chain, index } of plain.matchAll(CHAIN)) {
    const words = chain.split('.');
    for (let i = 0; i + 1 < words.length; i++) {
      const [word, next] = [words[i]!, words[i + 1]!];
      const attribute = words[i + 2];
      if (attribute === undefined) named.add(`resource ${word}.${next}`);
      else attributes.add(`resource ${word}.${next}.${attribute}`);
      if (word === 'local' || word === 'var' || word === 'module') named.add(`${word} ${next}`);
      else if (word === 'data' && attribute !== undefined) named.add(`data ${next}.${attribute}`);
    }
    CONTINUES.lastIndex = index + chain.length;
    if (CONTINUES.test(plain)) open.add(`word ${words.at(-1)!}`);
  }
  // They are known in later versions.
  return {
    named: ownTexts(named),
    attributes: ownTexts(attributes),
    open: ownTexts(open),
    readsFiles: text.includes('file'),
  };
}
