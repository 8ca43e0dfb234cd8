/** JSON documents in properties that are texts. */
import { mapLeaves, unknown } from '../model/navigate.ts';
import type { Element, Known, Leaf, Member, Origin, Value } from '../model/value.ts';
import { TRUE } from '../base/guard.ts';

/** The document in a text, whose values have the place of the whole text. Lists and objects are unchanged. */
export function jsonValueOf(text: Value): Value {
  return text.json?.() ?? mapLeaves(text, documentOf);
}

function documentOf(leaf: Leaf): Value {
  const made = leaf.json?.();
  if (made) return made;
  if (leaf.state === 'template') return unknown(leaf.origin, 'function');
  if (leaf.state !== 'known' || typeof leaf.value !== 'string') return leaf;
  try {
    return valueOf(JSON.parse(leaf.raw), { ...leaf.origin, edit: 'none' });
  } catch {
    return unknown(leaf.origin, 'function');
  }
}

function valueOf(json: unknown, origin: Origin): Value {
  if (Array.isArray(json)) {
    const items = json.map((item): Element => ({ when: TRUE, value: valueOf(item, origin) }));
    return { state: 'list', origin, open: false, items };
  }
  if (typeof json === 'object' && json !== null) {
    const entries = Object.entries(json).map(([key, value]): Member => ({
      key,
      keyAt: origin.use,
      when: TRUE,
      value: valueOf(value, origin),
    }));
    return { state: 'object', origin, open: false, entries };
  }
  return { state: 'known', origin, raw: String(json), quoted: typeof json === 'string', value: json as Known['value'] };
}
