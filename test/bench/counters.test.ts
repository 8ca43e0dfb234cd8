/** What an analysis does, counted: a gate against work that grows faster than the document, whatever the clock says. */
import assert from 'node:assert/strict';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { analyze } from '../../server/src/engine/analyze.ts';
import type { AnalysisOptions, Work } from '../../server/src/engine/analysis.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { plan, template, terraform } from './documents.ts';

const OPTIONS: AnalysisOptions = { profile: 'strict', certainty: 'possible', configuration: DEFAULT_CONFIGURATION };

function work(doc: string, text: string, cache = new ParseCache()): Work {
  return analyze(collect(memoryReader(new Map([[doc, text]])), [doc], OPTIONS, cache), OPTIONS, cache).work;
}

const DOCUMENTS = [
  { name: 'a template', doc: 'file:///b/a.yaml', make: template },
  { name: 'a Terraform file', doc: 'file:///b/main.tf.json', make: terraform },
  { name: 'a plan', doc: 'file:///b/plan.json', make: plan },
];

describe('work', () => {
  for (const { name, doc, make } of DOCUMENTS) {
    it(`grows with the size of ${name} and no faster`, () => {
      const [small, large] = [make(60_000), make(240_000)];
      const growth = large.length / small.length;
      const [before, after] = [work(doc, small), work(doc, large)];
      assert.ok(before.ruleCalls > 0 && before.evaluations > 0);
      assert.ok(after.ruleCalls <= before.ruleCalls * growth * 1.1, `${before.ruleCalls} rule calls become ${after.ruleCalls}`);
      assert.ok(after.evaluations <= before.evaluations * growth * 1.1, `${before.evaluations} evaluations become ${after.evaluations}`);
    });

    it(`parses ${name} once for each version of its text`, () => {
      const cache = new ParseCache();
      const text = make(20_000);
      work(doc, text, cache);
      work(doc, text, cache);
      assert.equal(cache.parses, 1);
      work(doc, `${text} `, cache);
      assert.equal(cache.parses, 2);
    });
  }

  it('works out what rules read and little else', () => {
    const { evaluations } = work('file:///b/a.yaml', template(60_000));
    assert.ok(evaluations < 2_200, `${evaluations} nodes were worked out, of about 5,000`);
  });

  it('leaves other files of the directory as they were parsed', () => {
    const cache = new ParseCache();
    const one = ['file:///b/main.tf.json', terraform(5_000)] as const;
    const look = (other: string): void => {
      analyze(collect(memoryReader(new Map([one, ['file:///b/other.tf.json', other]])), [one[0]], OPTIONS, cache), OPTIONS, cache);
    };
    look('{}');
    assert.equal(cache.parses, 2);
    look('{ }');
    assert.equal(cache.parses, 3);
  });
});
