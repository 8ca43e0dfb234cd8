/** Hovers that know the versions before are the same as hovers of an engine that knows nothing. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { runs } from '../kit/runs.ts';
import { firstHoverDifference } from './hovers.ts';
import { anyEdits, sectionEdits, templates, versionsOf } from './increments.ts';
import { anyFileEdits, directories, directoryVersions } from './terraform-increments.ts';

const SEED = Number(process.env['SEED'] ?? 20_261_129);

const places = fc.array(
  fc.noBias(fc.nat(999_999)).map((n) => n / 1_000_000),
  { minLength: 1, maxLength: 3 },
);

/**
 * The runs of an ordinary `npm test` make 176 edits of all 15 kinds, each hovered at up to three places; the fuzz
 * workflow makes many times as many.
 */
describe('hovers after edits', function () {
  this.timeout(runs(600_000));

  for (const { of, edits, times } of [
    { of: 'a template', edits: anyEdits, times: 13 },
    { of: 'sections of a template', edits: sectionEdits, times: 6 },
  ])
    it(`of ${of} are those of the last version, whatever was known of those before`, () => {
      const all = templates();
      return fc.assert(
        fc.asyncProperty(fc.nat(all.length - 1), edits, places, async (index, made, at) => {
          const { doc, texts, versions } = all[index]!;
          const edited = versionsOf(versions[0]!, made).map((text) => new Map([...texts, [doc, text]]));
          const found = await firstHoverDifference(doc, edited, at);
          assert.equal(found?.known, found?.scratch);
        }),
        { numRuns: runs(times), seed: SEED },
      );
    });

  it('of a Terraform directory are those of the last version too', () => {
    const inputs = directories();
    return fc.assert(
      fc.asyncProperty(fc.nat(inputs.length - 1), anyFileEdits, places, async (index, edits, at) => {
        const { doc, texts } = inputs[index]!;
        const found = await firstHoverDifference(doc, directoryVersions(texts, edits), at);
        assert.equal(found?.known, found?.scratch);
      }),
      { numRuns: runs(8), seed: SEED },
    );
  });
});
