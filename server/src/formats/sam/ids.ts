/** The logical IDs of generated resources. */
import { memoizeText } from '../../base/memoize.ts';
import { ownEntry } from '../../base/table.ts';
import { pairOf, resolved, valueOf, type MapNode, type Node, type Pair } from '../../syntax/tree.ts';
import { argumentText, callOf, mergedPair, plainText } from '../cloudformation/call.ts';
import type { WrittenEvent } from './events.ts';
import { propertyNode } from './globals.ts';
import type { EventMapping, IdPattern, SamType } from './mapping.ts';

/** A resource of a SAM type. */
export interface SamResource {
  readonly id: string;
  readonly pair: Pair;
  readonly body: MapNode;
  readonly type: string;
  readonly mapping: SamType;
  readonly events: readonly WrittenEvent[];
}

/** How SAM processes an event of a resource; undefined for an unknown event. */
export function eventMapping({ events = {} }: SamType, { type }: WrittenEvent): EventMapping | undefined {
  return type === undefined ? undefined : ownEntry(events, type);
}

/**
 * The logical ID that a pattern resolves to. If a property is not set, the pattern can have a default for it. If it is
 * not a plain string, the pattern has no value, as in the transform.
 */
export function idOf(
  pattern: IdPattern,
  id: string,
  text: (property: string) => string | undefined,
  event?: string,
): string {
  for (const pieces of alternativesOf(PATTERNS, pattern)) {
    let found = '';
    for (const piece of pieces) {
      if (typeof piece === 'string') found += piece;
      else if (piece.name === 'id') found += id;
      else if (piece.name === 'event') found += event ?? '';
      else {
        const value = text(piece.name) ?? '$default';
        found += value === '$default' ? piece.otherwise : inId(value);
      }
    }
    if (found !== '') return found;
  }
  return '';
}

/** A literal part of a pattern, or a property with its default. */
type Piece = string | { readonly name: string; readonly otherwise: string };

const PATTERNS = {};

/** The maximum number of known patterns: with `{key}`, they contain keys of documents. */
const MOST_PATTERNS = 2000;

/** The alternatives of a pattern, whose parts are found once: a template of a megabyte has thousands of IDs. */
const alternativesOf = memoizeText(
  (_: typeof PATTERNS, pattern: IdPattern): readonly (readonly Piece[])[] =>
    pattern.split('?').map((one) => {
      const pieces: Piece[] = [];
      let end = 0;
      for (const match of one.matchAll(/\{([\w.]+)(?:\|(\w+))?\}/g)) {
        if (match.index > end) pieces.push(one.slice(end, match.index));
        pieces.push({ name: match[1]!, otherwise: match[2] ?? '' });
        end = match.index + match[0].length;
      }
      return end < one.length ? [...pieces, one.slice(end)] : pieces;
    }),
  MOST_PATTERNS,
);

/** A string as a part of a logical ID. */
export function inId(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, '');
}

/**
 * The logical IDs for a resource or one of its events: `{target}` is the function or its alias, `{stage}` the stage of
 * the event's API.
 */
export function idsOf(
  root: Node | undefined,
  resource: SamResource,
  event?: WrittenEvent,
): (pattern: IdPattern) => string {
  const { id, body, type } = resource;
  const text = (property: string): string | undefined => {
    if (property === 'target') return isAliased(root, resource) ? `${id}Alias${inId(text('AutoPublishAlias')!)}` : id;
    if (property === 'stage') return event && stageOf(root, resource, event);
    const node = property.startsWith('.')
      ? below(event?.properties, property.slice(1))
      : propertyNode(root, body, type, [property]);
    return node && (plainText(node) ?? (property === 'AutoPublishAlias' ? defaultOf(root, node) : undefined) ?? '');
  };
  return (pattern) => idOf(pattern, id, text, event?.pair.name);
}

function below(node: Node | undefined, path: string): Node | undefined {
  return path
    .split('.')
    .reduce<Node | undefined>((at, step) => at && resolved(mergedPair(at, step)?.pair.value), resolved(node));
}

/** Whether a function or state machine has an alias, which its events invoke then. */
export function isAliased(root: Node | undefined, { body, type }: SamResource): boolean {
  return propertyNode(root, body, type, ['AutoPublishAlias']) !== undefined;
}

/** The logical ID of the API that an event names, by a reference or a string. */
export function apiOf({ properties }: WrittenEvent, names: string): string | undefined {
  const named = resolved(mergedPair(properties, names)?.pair.value);
  return namedBy(named) ?? plainText(named);
}

/** The logical ID or parameter that a node refers to. */
export function namedBy(node: Node | undefined): string | undefined {
  const call = node && callOf(node);
  return call?.name === 'Ref' ? argumentText(call) : undefined;
}

/** The default of the parameter that a node refers to, which the transform uses where it needs a string. */
function defaultOf(root: Node | undefined, node: Node): string | undefined {
  const name = namedBy(node);
  return name === undefined ? undefined : plainText(valueOf(valueOf(valueOf(root, 'Parameters'), name), 'Default'));
}

/**
 * The stage of an event's API that can invoke the function: `Stage` if its name is not a plain string, `AllStages` if
 * the API is of another type or has no stage.
 */
function stageOf(root: Node | undefined, { mapping }: SamResource, event: WrittenEvent): string {
  const { api } = eventMapping(mapping, event) ?? {};
  if (!api || !mergedPair(event.properties, api.names)) return 'Prod';
  const id = apiOf(event, api.names);
  const body = id === undefined ? undefined : resolved(pairOf(valueOf(root, 'Resources'), id)?.value);
  if (!body || plainText(valueOf(body, 'Type')) !== api.type) return 'AllStages';
  const stage = propertyNode(root, body, api.type, ['StageName']);
  return stage ? (plainText(stage) ?? 'Stage') : 'AllStages';
}
