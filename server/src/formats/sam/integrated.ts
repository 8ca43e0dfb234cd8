import { pairOf, resolved, valueOf, type Node } from '../../syntax/tree.ts';
import { argumentText, callOf, mergedPair, plainText } from '../cloudformation/call.ts';
import type { WrittenEvent } from './events.ts';

/**
 * Whether the definition of the API that an event names has an integration for its method and path. The transform leaves such
 * a route as it is, and lets it call nothing.
 */
export function isIntegrated(root: Node | undefined, { properties }: WrittenEvent, names: string): boolean {
  const named = resolved(mergedPair(properties, names)?.pair.value);
  const call = named && callOf(named);
  const id = call?.name === 'Ref' ? argumentText(call) : plainText(named);
  const [path, method] = ['Path', 'Method'].map((name) => plainText(mergedPair(properties, name)?.pair.value));
  if (id === undefined || path === undefined) return false;
  const api = mergedPair(pairOf(valueOf(root, 'Resources'), id)?.value, 'Properties')?.pair.value;
  const route = valueOf(valueOf(valueOf(api, 'DefinitionBody'), 'paths'), path);
  const methods = [(method ?? 'any').toLowerCase(), 'any', 'x-amazon-apigateway-any-method'];
  return methods.some((one) => valueOf(valueOf(route, one), 'x-amazon-apigateway-integration') !== undefined);
}
