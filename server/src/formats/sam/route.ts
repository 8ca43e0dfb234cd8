import { isUnset, mapLeaves } from '../../model/navigate.ts';
import type { Known, Leaf, Origin, Value } from '../../model/value.ts';
import { concatenated } from '../text.ts';
import { samValueAt } from './native.ts';

/**
 * The method and path of an API event, `GET/users/*`, in the form of execution ARNs: any method and each path parameter
 * is a wildcard. `otherwise` is the result for an event without method and path.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
 */
export function routeOf(event: Value, otherwise: string, origin: Origin): Value {
  const fallback: Known = { state: 'known', origin, raw: otherwise, quoted: true, value: otherwise };
  const method = mapLeaves(samValueAt(event, 'Method'), (leaf) =>
    textOf(leaf, (text) => (text.toLowerCase() === 'any' || text === '*' ? '*' : text.toUpperCase())),
  );
  const path = mapLeaves(samValueAt(event, 'Path'), (leaf) =>
    textOf(leaf, (text) => (text === '/$default' ? '$default' : text.replaceAll(/\{[^{}]*\}/g, '*'))),
  );
  return mapLeaves(path, (leaf) =>
    isUnset(leaf)
      ? fallback
      : leaf.state === 'known' && leaf.raw === '$default'
        ? leaf
        : concatenated(origin, [method, leaf]),
  );
}

function textOf(leaf: Leaf, f: (text: string) => string): Value {
  if (leaf.state !== 'known' || leaf.value === null) return leaf;
  const text = f(leaf.raw);
  return { ...leaf, raw: text, value: text };
}
