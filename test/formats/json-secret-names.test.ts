/** Of the words in a JSON document that are in names of credentials, those that name one. */
import assert from 'node:assert/strict';
import { namingMatches } from '../../server/src/formats/json-secret-names.ts';
import { writtenSecrets } from '../../server/src/formats/secret-places.ts';
import { parseJson } from '../../server/src/syntax/json.ts';
import { plan, state } from '../bench/terraform-records.ts';

const WORDS = /key|secret|token|sensitive|other/gi;
const NAME_KEYS = new Set(['Name', 'ParameterKey']);
const MARKS = new Set(['sensitive']);

/** The words of a text that count. */
function counted(text: string): readonly string[] {
  const places = [...text.matchAll(WORDS)].map(({ index }) => index);
  return namingMatches(text, places, /other/iy, NAME_KEYS, MARKS).map((at) => WORD.exec(text.slice(at))![0]);
}
const WORD = /^\w+/;

const ROWS: readonly (readonly [text: string, names: readonly string[]])[] = [
  ['{"client_secret": "x", "key_id": "k", "KeyUsage": "other"}', ['secret', 'other']],
  ['{"sensitive" : true, "after_sensitive": {}}', ['sensitive']],
  ['{"Name": "api_key", "Value": "api_key", "Description": "auth_token"}', ['key']],
  ['{ "ParameterKey"\n:\t"ApiToken" }', ['Token']],
  ['["auth_token", {"a": "auth_token"}]', []],
  ['{"a": "arn:aws:kms:eu-west-1:111122223333:key/1", "b": "secret token"}', []],
  // What has escapes can be another name than it seems.
  [String.raw`{"to\u006ben_key": 1, "key\\": 2, "Name": "api\u005fkey", "b": "secret\\"}`, ['key', 'key', 'key']],
  // A document in a string is searched with the names that are in it.
  [String.raw`{"a": "{\"secret\": \"x\"}", "auth_token": "\"key"}`, ['token']],
];

describe('names of credentials in JSON', () => {
  for (const [text, names] of ROWS) it(`are found in ${text}`, () => assert.deepEqual(counted(text), names));

  for (const [name, text] of [
    ['a plan', plan(100_000)],
    ['a state', state(100_000)],
  ] as const) {
    it(`are few of the words in ${name}`, () => {
      const words = [...text.matchAll(WORDS)].length;
      assert.ok(counted(text).length * 20 < words, `${counted(text).length} of ${words}`);
    });

    it(`lead to the credentials that are found by all words of ${name}`, () => {
      const tree = parseJson('file:///a.json', text);
      // Comments prevent that the words are told apart.
      const { roots } = parseJson('file:///b.json', text);
      const commented = { ...tree, doc: 'file:///b.json', roots, comments: [{ start: 0, end: 0 }] };
      assert.ok(writtenSecrets(tree).length > 0);
      assert.deepEqual(writtenSecrets(tree), writtenSecrets(commented));
    });
  }
});
