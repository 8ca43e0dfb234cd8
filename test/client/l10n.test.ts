/** The texts for translators are complete. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { l10n, translateWith } from '../../client/src/l10n.ts';
import { L10N_BUNDLE, l10nBundle } from '../../tools/l10n-bundle.ts';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

/** The fields of the manifest that people read. */
const FOR_PEOPLE =
  /"(?:title|description|markdownDescription|label|altText)": "([^"]+)"|"enumDescriptions": \[([^\]]*)\]/g;

/** Texts that are equal in all languages, or that npm shows too and does not translate. */
const NOT_TRANSLATED = ['Stackwarden', (JSON.parse(read('package.json')) as { description: string }).description];

describe('texts for translators', () => {
  it('are those of the client', () =>
    assert.equal(readFileSync(L10N_BUNDLE, 'utf8'), l10nBundle(), 'run npm run generate'));

  it('of the manifest are all in package.nls.json, and no others', () => {
    const manifest = read('package.json');
    const texts = JSON.parse(read('package.nls.json')) as Record<string, string>;
    const used = [...manifest.matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key!);
    assert.deepEqual(used.toSorted(), Object.keys(texts).toSorted());
    assert.deepEqual(
      Object.entries(texts).filter(([, text]) => text.trim() === ''),
      [],
    );
    const literal = [...manifest.matchAll(FOR_PEOPLE)]
      .flatMap(([, one, several]) =>
        several === undefined ? [one!] : [...several.matchAll(/"([^"]+)"/g)].map(([, each]) => each!),
      )
      .filter((text) => !/^%.+%$/.test(text) && !NOT_TRANSLATED.includes(text));
    assert.deepEqual(literal, []);
  });

  it('get their arguments', () => {
    assert.equal(l10n.t('{0} of {1}, {2}', 'a{1}', 2), 'a{1} of 2, {2}');
    translateWith((message, ...args) => `${message}: ${args.join()}`);
    try {
      assert.equal(l10n.t('Text {0}', 1), 'Text {0}: 1');
    } finally {
      translateWith((message, ...args) =>
        message.replaceAll(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
      );
    }
  });
});
