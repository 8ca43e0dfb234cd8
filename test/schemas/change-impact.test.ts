import assert from 'node:assert/strict';
import { propertyAt } from '../../tools/schemas/read.ts';
import { canonicalType, data, type Header } from './data.ts';

interface Change {
  readonly impact: string;
  readonly terraform?: string;
  readonly text: string;
  readonly sources: readonly { readonly url: string; readonly claim: string; readonly seen: string }[];
}

const IMPACTS = ['none', 'interrupt', 'may', 'replace', 'impossible-in-place'];

describe('change impact', () => {
  const { changes } = data<{ $: Header; changes: Record<string, Record<string, Change>> }>('change-impact');
  const entries = Object.entries(changes).flatMap(([type, paths]) =>
    Object.entries(paths).map(([path, change]) => ({ type, path, change })),
  );

  it('is about properties that exist', () => {
    const missing = entries.filter(({ type, path }) => {
      const schema = canonicalType(type);
      return !schema || !propertyAt(schema, path);
    });
    assert.deepEqual(missing, []);
  });

  it('says what happens in the words that are known, with a source that was read', () => {
    const wrong = entries.filter(
      ({ change: { impact, terraform = impact, text, sources } }) =>
        !IMPACTS.includes(impact) ||
        !IMPACTS.includes(terraform) ||
        text === '' ||
        sources.length === 0 ||
        sources.some(
          ({ url, claim, seen }) => !url.startsWith('https://') || claim === '' || !/^\d{4}-\d{2}-\d{2}$/.test(seen),
        ),
    );
    assert.deepEqual(wrong, []);
  });

  it('knows that an existing volume cannot be encrypted, which the resource specification does not', () => {
    assert.equal(changes['AWS::EC2::Volume']?.['Encrypted']?.impact, 'impossible-in-place');
    assert.equal(propertyAt(canonicalType('AWS::EC2::Volume')!, 'Encrypted')?.replaces, 'no');
  });
});
