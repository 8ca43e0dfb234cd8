/** Values of policies, as they are shown. */
import { flatMap } from '../../base/flat-map.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import { shown } from '../../model/shown.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { actionIndex } from '../../policy/data/action-index.ts';
import { isOwnAccount } from '../../policy/text/unknown-piece.ts';
import { shownArn } from '../policy/arn.ts';
import { inputName, isPseudo } from '../unknown-because.ts';

/** A value: an ARN with its references, or the name of the parameter or variable that it is. */
export function valueWords(leaf: Leaf): string {
  if ((leaf.state === 'unknown' || leaf.state === 'reference') && isOwnAccount(leaf)) return 'this account';
  const input = leaf.origin.secret ? undefined : inputName(leaf);
  if (input !== undefined && !isPseudo(input)) return input;
  return leaf.state === 'known' || leaf.state === 'template' || leaf.state === 'reference'
    ? shownArn(leaf)
    : leaf.state === 'unknown' && leaf.why === 'import'
      ? 'a value of another stack'
      : shown(leaf);
}

/** The items of a list as words, each once per item. */
export function itemWords(value: Value, isShown: (leaf: Leaf) => boolean = () => true): readonly string[] {
  return flatMap(itemsOf(value, true).items, ({ value: item }) => [
    ...new Set(flatMap(leaves(item), ({ value: leaf }) => (isShown(leaf) ? [valueWords(leaf)] : []))),
  ]);
}

/**
 * The items of an Action element that allow some actions, as words. Others are about other resources, or are not
 * actions at all: `s3:HeadBucket` is an operation of the API.
 */
export function actionWords(value: Value, allowed: Iterable<string>): readonly string[] {
  const index = actionIndex(allowed);
  return itemWords(value, (leaf) => leaf.state !== 'known' || leaf.origin.secret || index.covered(leaf.raw).length > 0);
}
