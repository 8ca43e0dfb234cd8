/** The user data that a data source makes of several parts. */
import { flatMap } from '../../base/flat-map.ts';
import { itemsOf, leaves, mapLeaves, member, unknown } from '../../model/navigate.ts';
import type { Origin, Value } from '../../model/value.ts';
import { concatenated, type TextPiece } from '../text.ts';

/**
 * User data of the parts, which is encoded, and compressed unless it is turned off. Its parts are what it encodes, so
 * that rules can read them. Undefined if they are not known.
 * https://registry.terraform.io/providers/hashicorp/cloudinit/latest/docs/data-sources/config;
 * https://registry.terraform.io/providers/hashicorp/template/latest/docs/data-sources/cloudinit_config
 */
export function cloudInitOf(body: Value, origin: Origin): Value | undefined {
  const contents = contentsOf(member(body, 'part'), unknown(origin, 'function'));
  if (!contents.some((content) => leaves(content).some(({ value }) => isText(value)))) return undefined;
  const pieces = flatMap(contents, (content): readonly TextPiece[] => [content, '\n']);
  const script = contents.length === 1 ? contents[0]! : concatenated({ ...origin, edit: 'none' }, pieces);
  return mapLeaves(script, (encodes) => ({ ...unknown(origin, 'function'), ...(isText(encodes) ? { encodes } : {}) }));
}

/** The contents of the parts. Those of a part that does not always exist are taken as unknown. */
function contentsOf(blocks: Value, other: Value): readonly Value[] {
  if (blocks.state === 'choice') return [];
  if (blocks.state === 'object') return [member(blocks, 'content')];
  return itemsOf(blocks).items.map(({ value, when }) => (when.yes.isAlways() ? member(value, 'content') : other));
}

function isText({ state }: Value): boolean {
  return state === 'known' || state === 'template';
}
