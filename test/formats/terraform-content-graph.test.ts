import assert from 'node:assert/strict';
import fc from 'fast-check';
import { finished } from '../../server/src/base/steps.ts';
import { makingGraph } from '../../server/src/formats/terraform/configuration-graph.ts';
import type { ContentGraph } from '../../server/src/formats/terraform/content-graph.ts';
import type { ModuleSource } from '../../server/src/formats/terraform/module-source.ts';
import { parse } from '../../server/src/syntax/parse.ts';

const FOLDER = 'file:///m/';

/** A block that refers to others. */
interface Block {
  readonly kind: 'resource' | 'local' | 'var' | 'output';
  readonly name: string;
  readonly argument: string;
  readonly refersTo: string;
}

const name = fc.constantFrom('a', 'b', 'c');
const block: fc.Arbitrary<Block> = fc.record({
  kind: fc.constantFrom('resource', 'local', 'var', 'output'),
  name,
  argument: fc.constantFrom('bucket', 'arn', 'count'),
  refersTo: fc
    .tuple(
      fc.constantFrom('aws_s3_bucket.$', 'aws_s3_bucket.$.arn', 'local.$', 'var.$', '"$"', '[for x in $ : x]'),
      name,
    )
    .map(([text, other]) => text.replace('$', other)),
});

/** A configuration, whose blocks have different names. */
const configuration = fc.uniqueArray(block, { selector: (one) => `${one.kind} ${one.name}`, maxLength: 7 });

function textOf({ kind, name: own, argument, refersTo }: Block): string {
  switch (kind) {
    case 'resource':
      return `resource "aws_s3_bucket" "${own}" {\n  ${argument} = ${refersTo}\n}\n`;
    case 'local':
      return `locals {\n  ${own} = ${refersTo}\n}\n`;
    case 'var':
      return `variable "${own}" {\n  description = "${argument}"\n}\n`;
    case 'output':
      return `output "${own}" {\n  value = ${refersTo}\n}\n`;
  }
}

function graphOf(blocks: readonly Block[], before: ContentGraph | undefined): ContentGraph {
  const tree = parse(`${FOLDER}main.tf`, blocks.map(textOf).join(''), 'hcl');
  const files = { folder: FOLDER, configuration: [tree], values: [], open: false };
  const root = { files, modules: new Map() } as ModuleSource;
  return finished(makingGraph({ root, files: () => [] }, before))!;
}

/** What each block depends on, and what depends on it. */
function edgesOf({ nodes, users }: ContentGraph): unknown {
  return {
    on: [...nodes].map(([key, { on }]) => [key, on]),
    users: [...users].map(([key, of]) => [key, [...of].sort()]).sort(),
  };
}

/** The blocks that are not the same in another version, with all that depend on them in this one. */
function changedIn(after: ContentGraph, before: ContentGraph): ReadonlySet<string> {
  const isSame = (key: string): boolean => {
    const [one, other] = [after.nodes.get(key), before.nodes.get(key)];
    return (
      one !== undefined &&
      other !== undefined &&
      [one.texts, one.own, one.on].join('\n') === [other.texts, other.own, other.on].join('\n')
    );
  };
  const changed = new Set([...after.nodes.keys(), ...before.nodes.keys()].filter((key) => !isSame(key)));
  for (const key of changed) for (const user of after.users.get(key) ?? []) changed.add(user);
  return changed;
}

describe('the graph of a configuration', () => {
  it('is the same with the last version as without it', () => {
    const versions = fc.array(configuration, { minLength: 2, maxLength: 4 });
    // Most edits leave the names of blocks and their order.
    const edited = fc
      .tuple(configuration, fc.array(fc.tuple(fc.nat(6), block), { minLength: 1, maxLength: 3 }))
      .map(([blocks, edits]) => [
        blocks,
        ...edits.map(([at, { argument, refersTo }]) =>
          blocks.map((one, index) => (index === at % blocks.length ? { ...one, argument, refersTo } : one)),
        ),
      ]);
    fc.assert(
      fc.property(fc.oneof(versions, edited), (all) => {
        let before: ContentGraph | undefined;
        for (const blocks of all) {
          const [graph, fresh] = [graphOf(blocks, before), graphOf(blocks, undefined)];
          assert.deepEqual(edgesOf(graph), edgesOf(fresh));
          if (before) {
            const changed = changedIn(graph, before);
            for (const [key, { number }] of graph.nodes)
              assert.equal(number === before.nodes.get(key)?.number, !changed.has(key), key);
          }
          before = graph;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps what names refer to while there are the same blocks', () => {
    const blocks: readonly Block[] = [
      { kind: 'resource', name: 'a', argument: 'bucket', refersTo: 'var.b' },
      { kind: 'resource', name: 'b', argument: 'bucket', refersTo: 'aws_s3_bucket.a.arn' },
      { kind: 'var', name: 'b', argument: '', refersTo: '' },
    ];
    const before = graphOf(blocks, undefined);
    const after = graphOf([{ ...blocks[0]!, refersTo: '"${var.b}-x"' }, ...blocks.slice(1)], before);
    assert.equal(after.users, before.users);
    const key = `${FOLDER}\nresource aws_s3_bucket.b`;
    assert.equal(after.nodes.get(key)!.on, before.nodes.get(key)!.on);
  });
});
