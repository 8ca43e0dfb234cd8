/**
 * What is known of the values that rules read, and of the conditions, in every template below some folders.
 * `npx tsx tools/value-statistics.ts DIR…`
 *
 * Prints for each state of a value how many values have it: `choice` is one that depends on the scenario, `choice with
 * unknown` one that is not known in all of them. A condition is decided when its truth rests on parameters alone.
 */
import { CANDIDATE_FILES } from '../server/src/model/format.ts';
import { DEFAULT_CONFIGURATION } from '../server/src/config/configuration.ts';
import { Guard } from '../server/src/base/guard.ts';
import { inspect } from '../server/src/engine/inspect.ts';
import { ParseCache } from '../server/src/engine/parse-cache.ts';
import { collect } from '../server/src/engine/run.ts';
import { discover } from '../server/src/host/discover.ts';
import { nodeReader } from '../server/src/host/node.ts';
import { rootOf } from '../server/src/host/root.ts';
import { uriOf } from '../server/src/host/uri.ts';
import { leaves } from '../server/src/model/navigate.ts';
import type { Properties } from '../server/src/model/resource.ts';
import type { Value } from '../server/src/model/value.ts';
import { RULES } from '../server/src/rules/index.ts';
import { resolved, valueOf } from '../server/src/syntax/tree.ts';
import { SCHEMAS } from '../test/kit/memory-reader.ts';

const OPTIONS = { configuration: DEFAULT_CONFIGURATION };
const states = new Map<string, number>();
const conditions = new Map<string, number>();
let templates = 0;

const { files } = discover(process.argv.slice(2), process.cwd(), CANDIDATE_FILES);
for (const { path } of files) countValues(path);
print(`values that rules read, in ${templates} documents`, states);
print('conditions', conditions);

function countValues(path: string): void {
  const reader = nodeReader({ root: rootOf(path, { root: undefined }), schemas: SCHEMAS });
  const doc = uriOf(path);
  const cache = new ParseCache();
  const inspected = inspect(collect(reader, [doc], OPTIONS, cache), doc, OPTIONS, cache);
  if (!inspected) return;
  templates++;
  const { stack, tree } = inspected;
  for (const resource of stack.resources)
    for (const rule of RULES) {
      if (rule.on !== 'resource') continue;
      for (const readPath of (rule.reads as Readonly<Record<string, readonly string[]>>)[resource.type] ?? []) {
        for (const value of valuesAt(resource, readPath)) count(states, stateOf(value));
      }
    }
  for (const policy of stack.policies)
    for (const { effect, actions, resources, principals } of policy.statements) {
      for (const value of [effect, actions, resources, principals])
        for (const one of flat(value)) count(states, stateOf(one));
    }
  const section = valueOf(resolved(tree.roots[0]), 'Conditions');
  for (const pair of section?.kind === 'map' ? section.pairs : []) {
    const expression = stack.expressionAt?.(doc, pair.key.start);
    if (expression?.what !== 'condition') continue;
    const { yes, no } = expression.truth;
    const opaque = [...yes.variables(), ...no.variables()].some(({ kind }) => kind === 'condition');
    count(
      conditions,
      opaque ? 'rests on something unknown' : Guard.always.coveredBy(yes, no) ? 'decided' : 'decided in part',
    );
  }
}

/** The items of a list one by one. */
function flat(value: Value): readonly Value[] {
  return leaves(value).flatMap(({ value: leaf }) =>
    leaf.state === 'list' ? leaf.items.map((item) => item.value) : [leaf],
  );
}

/** The values at a path, with one for each item of the lists on the way. */
function valuesAt(holder: Properties, path: string): readonly Value[] {
  const [before, ...after] = path.split('[].');
  if (after.length === 0) return [holder.get(path)];
  return holder.each(before!).items.flatMap((item) => valuesAt(item, after.join('[].')));
}

function stateOf(value: Value): string {
  if (value.state !== 'choice') return value.state === 'unknown' ? `unknown: ${value.why}` : value.state;
  const unknown = leaves(value).flatMap(({ value: leaf }) => (leaf.state === 'unknown' ? [leaf.why] : []));
  return unknown.length === 0 ? 'choice' : `choice with unknown: ${[...new Set(unknown)].sort().join(', ')}`;
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

function print(title: string, counts: ReadonlyMap<string, number>): void {
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
  process.stdout.write(`${title}: ${total}\n`);
  for (const [what, n] of [...counts].sort((a, b) => b[1] - a[1]))
    process.stdout.write(`${String(n).padStart(8)} ${((100 * n) / total).toFixed(1).padStart(5)} %  ${what}\n`);
}
