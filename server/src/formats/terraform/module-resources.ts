import { flatMap } from '../../base/flat-map.ts';
import { bothTruths } from '../../base/guard.ts';
import { once } from '../../base/once.ts';
import type { Span, Uri } from '../../base/span.ts';
import { endsStep } from '../../base/steps.ts';
import type { Value } from '../../model/value.ts';
import { spanOf } from '../located.ts';
import type { Block, DirectoryBlocks } from './blocks.ts';
import { rejectedBlock, type ConfigurationContext } from './configuration-context.ts';
import { isOverride } from '../terraform-files.ts';
import { blockKeyAt } from './configuration-graph.ts';
import type { Instances } from './instances.ts';
import type { ModulePlace } from './module.ts';
import { rangesOf } from './module-data.ts';
import type { NativeResource } from './native.ts';
import { memberNames, type PlacedBody } from './overrides.ts';
import { addressKey, type Instance } from './repetition.ts';

/** The context of a module's resources. */
export interface ModuleResourcesContext {
  readonly blocks: DirectoryBlocks;
  readonly folder: Uri;
  readonly place: ModulePlace;
  readonly instances: Instances;
  readonly common: ConfigurationContext;
  /** The accounts of the provider of a block, if it names them. */
  accountsOf(block: Pick<Block, 'bodies'>): ReadonlySet<string> | undefined;
  /** The value of the bodies of an instance of a block. */
  bodyOf(bodies: readonly PlacedBody[], nameAt: Span, instance: Instance): Value;
  /** The modules that it calls. */
  called(): readonly { readingResources(): Generator<void, readonly NativeResource[], undefined> }[];
}

/** The number of blocks of a step: their values are evaluated. */
const BLOCKS_OF_STEP = 4;

/**
 * Reads the resources of one module in steps, in the order of its files, one per instance, then those of the modules
 * that it calls.
 */
export function* readingResources(
  context: ModuleResourcesContext,
): Generator<void, readonly NativeResource[], undefined> {
  const resources: NativeResource[] = [];
  for (const [index, written] of context.blocks.written.entries()) {
    if (endsStep(index, BLOCKS_OF_STEP)) yield;
    for (const resource of instancesOf(written, context)) resources.push(resource);
  }
  for (const module of context.called())
    for (const resource of yield* module.readingResources()) resources.push(resource);
  return resources;
}

function instancesOf(
  { tree, block: { type, name, pair, body } }: DirectoryBlocks['written'][number],
  { blocks, folder, place: module, instances, common, accountsOf, bodyOf }: ModuleResourcesContext,
): readonly NativeResource[] {
  const { bodies } = blocks.resources.get(`${type}.${name}`)!;
  const [first] = bodies;
  const overriding = bodies.filter((one) => isOverride(one.tree.doc));
  const overrides = isOverride(tree.doc);
  // An override without a target is a resource of its own: its target may be in an unread file.
  if (overrides && first!.body !== body) return [];
  const nameAt = spanOf(tree, pair.key);
  if (!overrides && first!.body !== body) {
    common.report(
      rejectedBlock(
        nameAt,
        `The resource ${type}.${name} is defined twice. Terraform rejects this; rename one or merge them.`,
      ),
    );
  }
  const all = overrides ? bodies : [{ tree, body }, ...overriding];
  const ranges = rangesOf(tree, pair, body);
  // Blocks with the same address are one in the graph.
  const isOnly = bodies.length === all.length;
  const key = blockKeyAt(folder, `${type}.${name}`);
  const place = { tree, body, elsewhere: new Set(flatMap(all.slice(1), (one) => [...memberNames(one.body)])) };
  const resources = instances.of(`${type}.${name}`).map((instance): NativeResource => {
    const body = once((): Value => {
      const merged = bodyOf(all, nameAt, instance);
      return overrides && merged.state === 'object' ? { ...merged, open: true } : merged;
    });
    const address = `${module.path}${type}.${name}${addressKey(instance)}`;
    const when = bothTruths(module.when, instance.when);
    return {
      address,
      type,
      name,
      when,
      place,
      accounts: () => accountsOf({ bodies: all }),
      family: `${module.family}${type}.${name}`,
      get body() {
        return body();
      },
      facts: isOnly ? common.facts?.instance(key, address) : undefined,
      part: {
        address,
        block: `${module.path}${type}.${name}`,
        nativeType: type,
        doc: tree.doc,
        ...ranges,
        nameAt,
        when,
        ...(module.caller ? { caller: module.caller } : {}),
        ...(module.shownAt ? { shownAt: module.shownAt } : {}),
      },
    };
  });
  // Of a block that is not known, most is evaluated, which is done here in steps.
  const read = (): object => resources.map(({ body }) => body.state);
  if (isOnly && common.facts) common.facts.of(key, `bodies in ${module.path}`, read);
  else read();
  return resources;
}
