import { memoize } from '../../base/memoize.ts';
import type { Tree } from '../../syntax/tree.ts';

/** The names after asterisks, which can be aliases. Few templates have an anchor for which it is asked. */
export const aliasedIn = memoize(
  ({ language, text }: Tree): ReadonlySet<string> =>
    new Set(language === 'yaml' ? [...text.matchAll(/\*([^\s,\]{}]+)/g)].map(([, name]) => name!) : []),
);
