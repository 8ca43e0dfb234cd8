/** Building blocks of policy cards. */
import type { Range } from '../../base/span.ts';
import type { Stack } from '../../model/resource.ts';
import type { IamReference } from '../../policy/data/reference.ts';
import type { Tree } from '../../syntax/tree.ts';
import type { Card, Cited, Line, NameList } from '../card.ts';

/** The input of policy cards. */
export interface PolicyHover {
  readonly stack: Stack;
  readonly tree: Tree;
  readonly reference: IamReference;
}

/** A card that is shown in addition to the explanation of a value. */
export function card(title: string, verdict: Cited, lines: readonly (Line | undefined)[], { start, end }: Range): Card {
  return { title, verdict, lines: lines.filter((line) => line !== undefined), range: { start, end }, about: 'policy' };
}

/** A text with the addresses of the pages that it is based on. */
export function cited(text: string, ...urls: readonly string[]): Cited {
  return { text, cite: urls.map((url) => ({ url })) };
}

/** A line of a card; undefined without parts. */
export function line(
  label: string,
  parts: readonly (string | Cited)[],
  separator: Line['separator'] = '; ',
): Line | undefined {
  return parts.length === 0
    ? undefined
    : { label, separator, parts: parts.map((part) => (typeof part === 'string' ? cited(part) : part)) };
}

/** A line with the first of some names; undefined without names. */
export function namesLine(label: string, names: readonly string[], list: NameList): Line | undefined {
  const own = line(label, names, ', ');
  return own && { ...own, names: list };
}
