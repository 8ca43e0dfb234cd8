import assert from 'node:assert/strict';
import { EMPTY_BASELINE, baselineEntries, type Baseline } from '../../server/src/baseline/baseline.ts';
import { readBaseline } from '../../server/src/baseline/read-baseline.ts';
import { documentAt, relativePath } from '../../server/src/baseline/relative-path.ts';
import { baselineText } from '../../server/src/baseline/write-baseline.ts';
import { findingsIn } from './findings.ts';

const DOC = 'file:///w/.stackwarden-baseline.json';
const ENTRY = '{ "rule": "r", "path": "a.yaml", "resource": "A", "at": "x", "value": "1" }';
const file = (entries: string, head = '"version": 1'): string => `{${head}, "findings": [${entries}]}`;

describe('the text of a baseline', () => {
  it('has one line for each entry, sorted, without line numbers', () => {
    const entries = baselineEntries(
      findingsIn(
        'b.yaml r A x 1',
        'a/t.tf s aws_x.y["k"] y 2',
        'b.yaml r A x 1',
        'a/t.tf r',
        'b.yaml r A x 1 put,get',
        'b.yaml r A x 1 -',
      ),
    );
    assert.equal(
      baselineText({ profile: 'strict', certainty: 'possible', entries }),
      `{
  "version": 1,
  "profile": "strict",
  "certainty": "possible",
  "findings": [
    { "rule": "r", "path": "a/t.tf", "at": "", "value": "absent" },
    { "rule": "s", "path": "a/t.tf", "resource": "aws_x.y", "at": "y", "value": "2" },
    { "rule": "r", "path": "b.yaml", "resource": "A", "at": "x", "value": "1", "count": 2 },
    { "rule": "r", "path": "b.yaml", "resource": "A", "at": "x", "value": "1", "with": [] },
    { "rule": "r", "path": "b.yaml", "resource": "A", "at": "x", "value": "1", "with": [ "put", "get" ] }
  ]
}
`,
    );
    assert.match(baselineText(EMPTY_BASELINE), /"findings": \[\]\n\}\n$/);
  });

  it('is read as it was written', () => {
    const baseline: Baseline = {
      profile: 'essential',
      certainty: 'possible',
      entries: baselineEntries(
        findingsIn(
          'a.yaml r "q"\u0000 x 1',
          'é😀.yaml r',
          'a.yaml r "q"\u0000 x 1',
          'b.yaml r A x 1 a,b',
          'b.yaml r B x 1 -',
        ),
      ),
    };
    assert.deepEqual(readBaseline(DOC, baselineText(baseline)), { baseline, problems: [] });
  });
});

describe('reading a baseline', () => {
  /** What is read, the problems as message and marked text, and the number of entries. */
  const rows: Readonly<Record<string, readonly [text: string, entries: number, ...problems: (string | RegExp)[]]>> = {
    'with other keys, as later versions have': [
      file(`{ "since": 1, ${ENTRY.slice(1)}`, '"version": 1, "tool": "x"'),
      1,
    ],
    'with an unknown rule': [file(ENTRY.replace('"r"', '"not-a-rule"')), 1],
    'with an entry twice': [file(`${ENTRY}, ${ENTRY}`), 1],
    'that is empty': ['', 0, 'Expected a JSON value. @'],
    'that is a list': ['[]', 0, 'Expected a baseline. Run "stackwarden baseline" to create one. @[]'],
    'without a version': [`{"findings": [${ENTRY}]}`, 1, 'The baseline has no "version". @"findings"'],
    'with a later version': [
      file(ENTRY, '"version": 2'),
      0,
      'The baseline has version 2, and this Stackwarden reads version 1. Update Stackwarden. @2',
    ],
    'with a version that is no number': [file(ENTRY, '"version": "x"'), 0, 'Expected "version" to be 1. @"x"'],
    'with findings that are no list': ['{"version": 1, "findings": {}}', 0, 'Expected "findings" to be a list. @{}'],
    'with an entry that is no object': [
      file(`1, ${ENTRY}`),
      1,
      'Expected an object with "rule", "path", "at" and "value". @1',
    ],
    'with an entry without a rule': [
      file(`{"path": "a", "at": "", "value": ""}, ${ENTRY}`),
      1,
      'Expected "rule" to be a string. The entry is ignored. @{"path": "a", "at": "", "value": ""}',
    ],
    'with a path that is a number': [
      file(`${ENTRY.replace('"a.yaml"', '7')}, ${ENTRY}`),
      1,
      'Expected "path" to be a string. The entry is ignored. @7',
    ],
    'with a count that is no number': [
      file(ENTRY.replace('}', ', "count": -1 }')),
      1,
      'Expected "count" to be a positive integer. The entry is counted once. @-1',
    ],
    'with parts that are no list': [
      file(ENTRY.replace('}', ', "with": "a" }')),
      1,
      'Expected "with" to be a list of strings. @"a"',
    ],
    'with parts that are no strings': [
      file(ENTRY.replace('}', ', "with": ["a", 1] }')),
      1,
      'Expected "with" to be a list of strings. @["a", 1]',
    ],
    'with a syntax error': [file(`${ENTRY} ${ENTRY.replace('"A"', '"B"')}`), 2, /@/],
    'with conflict markers': [
      `{"version": 1, "findings": [\n<<<<<<< HEAD\n${ENTRY},\n=======\n${ENTRY.replace('"A"', '"B"')},\n>>>>>>> b\n${ENTRY.replace('"A"', '"C"')}\n]}`,
      3,
      /@/,
    ],
  };
  for (const [what, [text, entries, ...expected]] of Object.entries(rows)) {
    it(what, () => {
      const { baseline, problems } = readBaseline(DOC, text);
      const reported = problems.map(({ at, message }) => `${message} @${text.slice(at.start, at.end)}`);
      assert.equal(baseline.entries.length, entries);
      if (expected[0] instanceof RegExp) assert.match(reported.join('\n'), expected[0]);
      else assert.deepEqual(reported, expected);
    });
  }
});

describe('the path of a document in a baseline', () => {
  const rows: readonly (readonly [folder: string, doc: string, path: string])[] = [
    ['file:///w', 'file:///w/a.yaml', 'a.yaml'],
    ['file:///w', 'file:///w/a%20b/%C3%A9.yaml', 'a b/é.yaml'],
    ['file:///w/x', 'file:///w/y/a.yaml', '../y/a.yaml'],
    ['file:///w/x', 'file:///w/x.yaml', '../x.yaml'],
    ['file:///c%3A/w', 'file:///c%3A/w/a.yaml', 'a.yaml'],
  ];
  for (const [folder, doc, path] of rows) {
    it(path, () => {
      assert.equal(relativePath(folder, doc), path);
      assert.equal(documentAt(folder, path), doc);
    });
  }
});
