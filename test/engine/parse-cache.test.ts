/** Results are kept while a document is unchanged, but not permanently. */
import assert from 'node:assert/strict';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { Documents } from '../../server/src/engine/documents.ts';
import { GrowingSnapshot } from '../../server/src/engine/run.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import type { Tree } from '../../server/src/syntax/tree.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { EVERYTHING } from '../formats/terraform-stack.ts';

function tree(cache: ParseCache, name: string, version: string): Tree {
  return cache.tree(name, version, () => parse(name, version));
}

describe('the cache of trees', () => {
  it('keeps the tree of a version', () => {
    const cache = new ParseCache();
    const first = tree(cache, 'a', '1');
    assert.equal(tree(cache, 'a', '1'), first);
    assert.deepEqual([cache.parses, cache.size], [1, 1]);
  });

  it('keeps one version of a document', () => {
    const cache = new ParseCache();
    const first = tree(cache, 'a', '1');
    assert.notEqual(tree(cache, 'a', '2'), first);
    assert.notEqual(tree(cache, 'a', '1'), first);
    assert.deepEqual([cache.parses, cache.size], [3, 1]);
  });

  it('distinguishes documents', () => {
    const cache = new ParseCache();
    assert.notEqual(tree(cache, 'a', '1'), tree(cache, 'b', '1'));
    assert.equal(cache.size, 2);
  });

  it('drops the oldest entries', () => {
    const cache = new ParseCache({ limit: 2 });
    const [a, b] = [tree(cache, 'a', '1'), tree(cache, 'b', '1')];
    tree(cache, 'a', '2');
    tree(cache, 'c', '1');
    assert.equal(cache.size, 2);
    assert.equal(tree(cache, 'a', '2').text, '2');
    assert.equal(cache.parses, 4, 'a was made again after b');
    assert.notEqual(tree(cache, 'b', '1'), b);
    assert.equal(a.text, '1');
  });

  it('keeps the detected formats of documents', () => {
    const cache = new ParseCache({ limit: 1 });
    let parses = 0;
    const detection = (version: string) =>
      cache.detection('a', version, () => {
        parses++;
        return { format: 'none', reason: version, language: undefined };
      });
    assert.deepEqual([detection('1').reason, detection('1').reason, detection('2').reason, parses], ['1', '1', '2', 2]);
    assert.deepEqual([cache.parses, cache.size], [0, 0]);
  });

  it('parses a dropped document in its own syntax again', () => {
    const docs = ['file:///a/main.tf', 'file:///b/main.tf'];
    const text = 'resource "aws_s3_bucket" "b" {\n  tags = {\n    A = 1\n  }\n}\n';
    const cache = new ParseCache({ limit: 1 });
    const snapshot = new GrowingSnapshot(docs);
    while (snapshot.grow(memoryReader(new Map(docs.map((doc) => [doc, text]))), EVERYTHING, cache));
    const documents = new Documents(snapshot, cache);
    assert.deepEqual(
      docs.map((doc) => documents.tree(doc)!.language),
      ['hcl', 'hcl'],
    );
  });
});
