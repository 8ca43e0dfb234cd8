/** Makes YAML texts: nested blocks and flow collections with tags, anchors, comments and all kinds of scalars. */
import fc from 'fast-check';

const word = fc.constantFrom(
  'a',
  'Ref',
  'AWS::S3::Bucket',
  'x y',
  'true',
  '10',
  '0042',
  'http://a/b',
  '-1',
  'é😀',
  '~',
);
const properties = fc.constantFrom('', '', '', '', '!Ref ', '!Sub ', '&a ', '&b !If ', '!!str ');
const comment = fc.constantFrom('', '', '', ' # note', ' #', '  # "quote');

const inline: fc.Arbitrary<string> = fc.oneof(
  word,
  word.map((text) => `"${text}"`),
  word.map((text) => `'${text}'`),
  fc.constantFrom('""', "''", '"a\\n\\"b\\u00e9"', "'it''s'", '*a', '*b', ''),
);

const flow = fc.letrec<{ value: string; list: string; map: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.tuple(properties, inline).map(([p, v]) => (v.startsWith('*') ? v : p + v)),
    tie('list'),
    tie('map'),
  ),
  list: fc
    .array(
      tie('value').filter((text) => text.trim() !== ''),
      { maxLength: 3 },
    )
    .map((items) => `[${items.join(', ')}]`),
  map: fc
    .array(fc.tuple(word, tie('value')), { maxLength: 3 })
    .map((pairs) => `{${pairs.map(([key, value]) => `"${key}": ${value}`).join(', ')}}`),
}));

type Block = (indent: string) => string;

const block = fc.letrec<{ value: Block; map: Block; list: Block; text: Block }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalarLine(), tie('text'), tie('map'), tie('list')),
  map: fc.array(fc.tuple(word, tie('value')), { minLength: 1, maxLength: 4 }).map(
    (pairs): Block =>
      (indent) =>
        pairs.map(([key, value], i) => `\n${indent}"${key}${i}":${value(`${indent}  `)}`).join(''),
  ),
  list: fc.array(tie('value'), { minLength: 1, maxLength: 4 }).map(
    (items): Block =>
      (indent) =>
        items.map((item) => `\n${indent}-${item(`${indent}  `)}`).join(''),
  ),
  text: fc
    .tuple(
      fc.constantFrom('|', '>', '|-', '>+', '|+'),
      fc.array(fc.constantFrom('text', '  more', '', 'a: b', '# no comment', '"'), { minLength: 1, maxLength: 4 }),
    )
    .map(
      ([header, lines]): Block =>
        (indent) =>
          ` ${header}\n${['first', ...lines].map((line) => (line === '' ? '' : indent + line)).join('\n')}`,
    ),
}));

function scalarLine(): fc.Arbitrary<Block> {
  return fc
    .tuple(
      fc.oneof(
        fc.tuple(properties, inline).map(([p, v]) => (v.startsWith('*') ? v : p + v)),
        flow.value,
      ),
      comment,
    )
    .map(
      ([value, note]): Block =>
        () =>
          ` ${value}${note}`,
    );
}

/** A text that is a block map or list. */
export const yamlText: fc.Arbitrary<string> = fc.oneof(block.map, block.list).map((root) => `${root('').slice(1)}\n`);
