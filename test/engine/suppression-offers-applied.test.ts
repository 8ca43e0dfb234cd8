/** Each quick fix that suppresses a finding of the examples does so, and needs no other change. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_CONFIGURATION, type Configuration } from '../../server/src/config/configuration.ts';
import { readConfiguration } from '../../server/src/config/read-configuration.ts';
import type { DocumentAnalysis } from '../../server/src/engine/analysis.ts';
import { run } from '../../server/src/engine/run.ts';
import { suppressionOffers } from '../../server/src/engine/suppression-offers.ts';
import { applyEdits } from '../../server/src/fixes/merge.ts';
import { memoryReader } from '../kit/memory-reader.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
const ROOT = 'file:///w';

/** The findings that are tried in a document, evenly spread. */
const FINDINGS = 5;

describe('offers to suppress findings of the examples', () => {
  for (const file of readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ya?ml|json|tf)$/.test(name))
    .sort())
    it(file, () => {
      const doc = `${ROOT}/${file}`;
      const text = readFileSync(join(EXAMPLES, file), 'utf8');
      const before = analyzed(doc, text);
      const step = Math.max(1, Math.floor(before.findings.length / FINDINGS));
      for (let index = 0; index < before.findings.length; index += step) {
        const { rule, at, resource, valueText, fingerprint } = before.findings[index]!;
        const finding = { rule, at, resource, valueText, format: before.format };
        const reader = memoryReader(new Map([[doc, text]]));
        for (const offer of suppressionOffers(reader, ROOT, DEFAULT_CONFIGURATION, finding)) {
          const written = applyEdits(offer.text, [offer]);
          const after =
            offer.doc === doc
              ? analyzed(doc, written)
              : analyzed(doc, text, readConfiguration(offer.doc, written).configuration);
          const same = after.findings.find((one) => one.rule === rule && one.fingerprint === fingerprint);
          if (offer.title.startsWith('Disable rule'))
            assert.ok(!after.findings.some((one) => one.rule === rule), offer.title);
          else assert.equal(same?.suppressed?.reason, 'reason', offer.title);
          assert.deepEqual(
            after.findings.filter((one) => one.rule.startsWith('suppression-')),
            [],
            offer.title,
          );
        }
      }
    });
});

function analyzed(doc: string, text: string, configuration: Configuration = DEFAULT_CONFIGURATION): DocumentAnalysis {
  const options = { profile: 'strict', certainty: 'possible', configuration } as const;
  return run(memoryReader(new Map([[doc, text]])), [doc], options).documents[0]!;
}
