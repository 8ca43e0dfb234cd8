/** Hovers that know the versions before are the same as hovers of an engine that knows nothing. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { runs } from '../kit/runs.ts';
import { firstHoverDifference, type HoverDifference } from './hovers.ts';
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

  /** The first hover in `versions` that differs, at a place in the last resource. */
  const differenceIn = async (versions: readonly string[]): Promise<HoverDifference | undefined> => {
    const doc = 'file:///case/a.yaml';
    return firstHoverDifference(
      doc,
      versions.map((text) => new Map([[doc, text]])),
      [0.85],
    );
  };

  const skill = (name: string, properties = 'AuthenticationConfiguration', secret = '!Ref Given'): string => `
  ${name}:
    Type: Alexa::ASK::Skill
    Properties:
      VendorId: M1
      ${properties}:
        ClientId: amzn1.application-oa2-client.1
        ClientSecret: ${secret}
      SkillPackage:
        S3Bucket: skills
        S3Key: skill.zip`;

  const PARAMETERS = `Parameters:
  Given: {Type: String, NoEcho: true}
  Known: {Type: String, Default: correct-horse-7}
Resources:`;

  it('are those of the last version after a resource was copied and removed', async () => {
    const last = (properties?: string): string => skill('Skill', properties, "'{{resolve:secretsmanager:it}}'");
    const one = PARAMETERS + skill('Other') + last();
    const copied = PARAMETERS + skill('Other') + skill('Other') + last();
    const changed = PARAMETERS + skill('Other') + skill('Other') + last('Parameters');
    assert.equal(await differenceIn([one, copied, changed, one]), undefined);
  });

  it('are those of the resource that has the logical ID of another one', async () => {
    const copied = PARAMETERS + skill('Skill') + skill('Skill', undefined, '!Ref Known');
    assert.equal(await differenceIn([copied, copied, copied]), undefined);
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
