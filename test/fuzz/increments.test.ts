/** Analyses that know the versions before are the same as analyses from scratch. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { runs } from '../kit/runs.ts';
import { anyEdits, firstDifference, firstDifferenceOf, templates, versionsOf } from './increments.ts';
import { anyFileEdits, directories, directoryVersions } from './terraform-increments.ts';

const SEED = Number(process.env['SEED'] ?? 20_261_129);

describe('edits of a document', function () {
  this.timeout(600_000);

  it('have the results of the last version, whatever was known of those before', () => {
    const inputs = templates();
    fc.assert(
      fc.property(fc.nat(inputs.length - 1), anyEdits, (index, edits) => {
        const input = inputs[index]!;
        const found = firstDifference({ ...input, versions: versionsOf(input.versions[0]!, edits) });
        assert.equal(found?.known, found?.scratch);
      }),
      { numRuns: runs(60), seed: SEED },
    );
  });

  it('of a Terraform directory have them too', () => {
    const inputs = directories();
    fc.assert(
      fc.property(fc.nat(inputs.length - 1), anyFileEdits, (index, edits) => {
        const { doc, texts } = inputs[index]!;
        const found = firstDifferenceOf(doc, directoryVersions(texts, edits));
        assert.equal(found?.known, found?.scratch);
      }),
      { numRuns: runs(40), seed: SEED },
    );
  });
});
