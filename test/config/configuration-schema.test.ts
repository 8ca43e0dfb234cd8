/** The published schema of `.stackwarden.yaml` agrees with the reader, and with the table of settings. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import { CORE_SCHEMA, load } from 'js-yaml';
import { globSync } from 'tinyglobby';
import { readConfiguration, SETTINGS } from '../../server/src/config/read-configuration.ts';
import { CONFIGURATION_VALUE, SETTING_DOCS } from '../../server/src/config/setting-docs.ts';
import type { SettingDoc, SettingValue } from '../../server/src/config/setting-value.ts';
import { CONFIGURATION_PAGE_FILE, configurationPage } from '../../tools/configuration-page.ts';
import { CONFIGURATION_SCHEMA_FILE, configurationSchema } from '../../tools/configuration-schema.ts';
import { CASES } from './configuration-cases.ts';
import { COMPLETE, PROBLEMS } from './team-cases.ts';

const DOC = 'file:///w/.stackwarden.yaml';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const ajv = new Ajv({ format: 'full', unknownFormats: [] });
const conforms = ajv.compile(JSON.parse(readFileSync(CONFIGURATION_SCHEMA_FILE, 'utf8')) as object);

const parsed = (text: string): unknown =>
  text.replace(/#.*/g, '').trim() === '' ? null : load(text, { schema: CORE_SCHEMA });

/** Problems that a schema does not describe: of the syntax, of several keys together, and of names in other files. */
const NO_SHAPE =
  /^Duplicate key|^Expected one YAML document|^No rule is named| does not exist\.| is outside the root\.| extends this file\.|has no options|to be a number from 1 to 64|list of strings\.$/;

/** The YAML blocks of pages that are configurations. */
function configurationsOfPages(): readonly (readonly [string, string])[] {
  return globSync('{README.md,docs/*.md}', { cwd: ROOT }).flatMap((page) =>
    [...readFileSync(`${ROOT}/${page}`, 'utf8').matchAll(/^```ya?ml\n([^]*?)^```/gm)]
      .map(([, text]) => text!)
      .filter((text) => SETTINGS.some((name) => text.startsWith(`${name}:`) || text.includes(`\n${name}:`)))
      .filter(
        (text) =>
          !/^(?:Resources|AWSTemplateFormatVersion|Parameters|name|repos|on|image|steps|version|variables|stages):|^include:\n +- (?:remote|project|component):/m.test(
            text,
          ),
      )
      .map((text, index) => [`${page} ${index + 1}`, text] as const),
  );
}

describe('the schema of the configuration', () => {
  it('is up to date', () =>
    assert.equal(readFileSync(CONFIGURATION_SCHEMA_FILE, 'utf8'), configurationSchema(), 'npm run generate'));

  for (const { name, text, problems = [] } of CASES) {
    if (problems.some(([, message]) => NO_SHAPE.test(message))) continue;
    it(`${problems.length > 0 ? 'rejects' : 'accepts'} ${name}`, () =>
      assert.equal(conforms(parsed(text)), problems.length === 0, ajv.errorsText(conforms.errors)));
  }
  for (const [name, text, problems] of PROBLEMS) {
    if (problems.some(([, message]) => NO_SHAPE.test(message))) continue;
    it(`rejects ${name}`, () => assert.equal(conforms(parsed(text)), false));
  }
  it('accepts a complete configuration', () => {
    assert.ok(conforms(parsed(COMPLETE)), ajv.errorsText(conforms.errors));
  });

  for (const [name, text] of configurationsOfPages())
    it(`accepts the configuration of ${name}`, () => {
      assert.deepEqual(readConfiguration(DOC, text).problems, []);
      assert.ok(conforms(parsed(text)), ajv.errorsText(conforms.errors));
    });
});

describe('the table of settings', () => {
  it('has all settings in their order', () => assert.deepEqual(Object.keys(SETTING_DOCS), [...SETTINGS]));

  it('is in the page of the configuration', () =>
    assert.equal(readFileSync(CONFIGURATION_PAGE_FILE, 'utf8'), configurationPage(), 'npm run generate'));

  const described = [...docsIn(CONFIGURATION_VALUE, '')];
  it('has nested keys', () => assert.ok(described.length > 60));
  for (const [path, { description, example }] of described)
    it(`describes ${path} and has a valid example`, () => {
      assert.match(description, /^[A-Z].*\.$/);
      assert.ok(description.length <= 170, `${description.length} characters`);
      assert.notEqual(parsed(example), undefined);
    });
  for (const [name, { example, default: fallback }] of Object.entries(SETTING_DOCS))
    for (const value of [example, ...(fallback === undefined ? [] : [fallback])])
      it(`has a value of ${name} that the reader and the schema accept: ${value}`, () => {
        const text = `${name}: ${value}\n`;
        assert.deepEqual(readConfiguration(DOC, text).problems, []);
        assert.ok(conforms(parsed(text)), ajv.errorsText(conforms.errors));
      });
});

/** All keys by path. */
function* docsIn(value: SettingValue, path: string): Generator<readonly [string, SettingDoc]> {
  if (value.kind === 'keys')
    for (const [name, doc] of Object.entries(value.keys)) {
      yield [`${path}${name}`, doc];
      yield* docsIn(doc.value, `${path}${name}.`);
    }
  if (value.kind === 'list' || value.kind === 'table' || value.kind === 'texts') yield* docsIn(value.of, path);
  if (value.kind === 'either') {
    yield* docsIn(value.one, path);
    yield* docsIn(value.other, path);
  }
}
