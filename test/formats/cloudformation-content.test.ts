/** The parts of a template by which its versions are compared. */
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PartReader, type Parts } from '../../server/src/formats/cloudformation/content-parts.ts';
import { finished } from '../../server/src/base/steps.ts';
import type { StackContent } from '../../server/src/model/content.ts';
import { valueOf } from '../../server/src/syntax/tree.ts';
import { parseYaml } from '../../server/src/syntax/yaml.ts';
import { stackOf } from './edges.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heapUsed(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

const NAMES = Array.from({ length: 24 }, (_, index) => `QueueOfTheOrders${index}`);
const COMMENT = `# ${'A long comment. '.repeat(60_000)}\n`;

/** A version in which the first resources are edited. */
function version(edited: number): string {
  const resources = NAMES.map((name, index) => `  ${name}: {Type: ${index < edited ? 'New' : 'Old'}::Type::OfQueue}\n`);
  return `${COMMENT}Resources:\n${resources.join('')}`;
}

function partsOf(text: string, before: Parts | undefined): Parts {
  const tree = parseYaml('file:///a.yaml', text);
  const reader = new PartReader(tree, before);
  const resources = valueOf(tree.roots[0], 'Resources');
  assert.ok(resources?.kind === 'map');
  for (const pair of resources.pairs) reader.read(pair.name, pair);
  return reader.parts;
}

describe('the parts of a template', () => {
  it('keep no text of earlier versions', () => {
    // Hovers can know the parts of a version that was analyzed long ago.
    const first = partsOf(version(0), undefined);
    const before = heapUsed();
    let last = first;
    for (let edited = 1; edited < NAMES.length; edited++) last = partsOf(version(edited), last);
    const more = heapUsed() - before;
    assert.notEqual(last.get(NAMES[0]!), first.get(NAMES[0]!));
    assert.equal(first.get(NAMES[0]!)!.text, `${NAMES[0]!}: {Type: Old::Type::OfQueue}`);
    assert.ok(more < 4 * COMMENT.length, `${(more / COMMENT.length).toFixed(1)} texts more`);
  });

  it('are compared without the texts of earlier versions', () => {
    const contentOf = (edited: number, before: StackContent | undefined): StackContent =>
      finished(stackOf(version(edited)).content!(before))!;
    const first = contentOf(0, undefined);
    const before = heapUsed();
    let last = first;
    for (let edited = 1; edited < NAMES.length; edited++) last = contentOf(edited, last);
    const more = heapUsed() - before;
    assert.equal(first.resources.get(NAMES[0]!)!.text, `${NAMES[0]!}: {Type: Old::Type::OfQueue}`);
    assert.equal(last.resources.get(NAMES[0]!)!.text, `${NAMES[0]!}: {Type: New::Type::OfQueue}`);
    assert.ok(more < 4 * COMMENT.length, `${(more / COMMENT.length).toFixed(1)} texts more`);
  });
});
