/** Connections of templates as text. */
import { Guard } from '../../server/src/base/guard.ts';
import type { Uri } from '../../server/src/base/span.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { inspect } from '../../server/src/engine/inspect.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { templateStack } from '../../server/src/formats/cloudformation/stack.ts';
import type { RelationKind } from '../../server/src/model/relation.ts';
import type { Stack } from '../../server/src/model/resource.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { ALL_LINKS } from '../kit/all-links.ts';

export function stackOf(text: string): Stack {
  return templateStack({
    tree: parse('file:///t.yaml', text),
    format: 'cloudformation',
    carriers: new Map(),
    linksOf: ALL_LINKS,
    generated: false,
  }).stack;
}

/** The stack that a document belongs to, among others that lie beside it; undefined when it belongs to none. */
export function stackAmong(texts: ReadonlyMap<Uri, string>, doc: Uri): Stack | undefined {
  const cache = new ParseCache();
  const options = { configuration: DEFAULT_CONFIGURATION };
  return inspect(collect(memoryReader(texts), [doc], options, cache), doc, options, cache)?.stack;
}

/** In which scenarios a guard is: `always`, `never`, or the names of the circumstances. */
export function guardText(guard: Guard): string {
  if (!guard.satisfiable()) return 'never';
  return isAlways(guard)
    ? 'always'
    : guard
        .describe()
        .map(({ name, value }) => `${name} is ${String(value)}`)
        .join(' and ');
}

/** What a resource is connected with: `B if IsLive is true, others too`, where it is not known that these are all. */
export function relatedText(stack: Stack, address: string, kind: RelationKind): string {
  const { edges, complete } = stack.byAddress(address)!.related(kind);
  const others = complete.yes.satisfiable() ? `others too unless ${guardText(complete.yes)}` : 'others too';
  return [
    ...edges.map(
      ({ resource, when }) => `${resource.address}${isAlways(when.yes) ? '' : ` if ${guardText(when.yes)}`}`,
    ),
    ...(isAlways(complete.yes) ? [] : [others]),
  ].join(', ');
}

/** All connections of a kind, as `A -> B`, in the order of the documents. */
export function edgesOf(stack: Stack, kind: RelationKind): readonly string[] {
  return stack.resources.flatMap((resource) =>
    resource
      .related(kind)
      .edges.map(
        ({ resource: other, when }) =>
          `${resource.address} -> ${other.address}${isAlways(when.yes) ? '' : ` if ${guardText(when.yes)}`}`,
      ),
  );
}

/** Whether a guard holds in every scenario, although its parts do not join into one. */
function isAlways(guard: Guard): boolean {
  return Guard.always.coveredBy(guard);
}
