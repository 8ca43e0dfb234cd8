/** Analyses that know the versions before are the same as analyses from scratch. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { runs } from '../kit/runs.ts';
import {
  anyEdits,
  firstDifference,
  firstDifferenceOf,
  isSam,
  sectionEdits,
  templates,
  versionsOf,
} from './increments.ts';
import { anyFileEdits, directories, directoryVersions } from './terraform-increments.ts';

const SEED = Number(process.env['SEED'] ?? 20_261_129);

/** The runs of an ordinary `npm test` make 566 edits of all 15 kinds; the fuzz workflow makes many times as many. */
describe('edits', function () {
  this.timeout(runs(600_000));

  for (const { of, inputs, edits, times } of [
    { of: 'a template', inputs: templates, edits: anyEdits, times: 32 },
    { of: 'a SAM template', inputs: () => templates().filter(isSam), edits: anyEdits, times: 16 },
    { of: 'sections of a template', inputs: templates, edits: sectionEdits, times: 16 },
  ])
    it(`of ${of} have the results of the last version, whatever was known of those before`, () => {
      const all = inputs();
      fc.assert(
        fc.property(fc.nat(all.length - 1), edits, (index, made) => {
          const input = all[index]!;
          const found = firstDifference({ ...input, versions: versionsOf(input.versions[0]!, made) });
          assert.equal(found?.known, found?.scratch);
        }),
        { numRuns: runs(times), seed: SEED },
      );
    });

  it('of a Terraform directory have the results of the last version too', () => {
    const inputs = directories();
    fc.assert(
      fc.property(fc.nat(inputs.length - 1), anyFileEdits, (index, edits) => {
        const { doc, texts } = inputs[index]!;
        const found = firstDifferenceOf(doc, directoryVersions(texts, edits));
        assert.equal(found?.known, found?.scratch);
      }),
      { numRuns: runs(20), seed: SEED },
    );
  });
});
