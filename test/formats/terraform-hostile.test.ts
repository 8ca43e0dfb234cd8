/**
 * Configurations that are half written, broken on purpose or enormous: the rest is still looked at, and nothing throws
 * or hangs.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { functionNames } from '../../server/src/formats/terraform/expression/functions/index.ts';
import { examine } from '../kit/invariants.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { directory, EVERYTHING, found, FOLDER } from './terraform-stack.ts';
import { runs } from '../kit/runs.ts';

const RULE = 'ebs-volume-encryption';

/** A volume that is not encrypted beside something else. */
function beside(value: unknown, more: Readonly<Record<string, unknown>> = {}): readonly string[] {
  return found(
    {
      'main.tf.json': {
        ...more,
        resource: { aws_ebs_volume: { good: { encrypted: false }, other: { encrypted: value, snapshot_id: value } } },
      },
    },
    RULE,
  ).filter((one) => !one.includes('other'));
}

describe('configurations that are hard to read', () => {
  const values: readonly (readonly [name: string, value: unknown, more?: Readonly<Record<string, unknown>>])[] = [
    ['an interpolation that is not closed', '${var.x'],
    ['a call that is half written', '${lower(var.x'],
    ['a directive that is half written', '%{ if var.x'],
    ['a loop without end', '${[for x in'],
    ['many numbers', '${range(1000000000)}'],
    ['many items', `\${${'concat('.repeat(150)}["a"]${', ["b"])'.repeat(150)}}`],
    ['many combinations', '${setproduct(range(1024), range(1024), range(1024))}'],
    ['many spaces', '${format("%999999999d", 1)}${indent(999999999, "\\n")}'],
    [
      'a pattern that backtracks',
      '${replace("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "/(a*)*b/", "")}${regex("(a|a)*$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")}',
    ],
    ['networks that are none', '${cidrsubnet("999.0.0.0/99", -5, 1e300)}${cidrhost("::/0", 9e99)}'],
    ['much nesting', '${'.repeat(5000)],
    ['parentheses', `\${${'('.repeat(5000)}1${')'.repeat(5000)}}`],
    [
      'texts that double',
      '${local.l30}',
      {
        locals: Object.fromEntries(
          Array.from({ length: 31 }, (_, i) => [
            `l${i}`,
            i === 0 ? 'x' : `\${join("", [local.l${i - 1}, local.l${i - 1}])}`,
          ]),
        ),
      },
    ],
    [
      'lists that double',
      '${length(local.l30)}',
      {
        locals: Object.fromEntries(
          Array.from({ length: 31 }, (_, i) => [
            `l${i}`,
            i === 0 ? ['x'] : `\${flatten([local.l${i - 1}, local.l${i - 1}])}`,
          ]),
        ),
      },
    ],
    [
      'splits that grow',
      '${length(local.l10)}',
      {
        locals: Object.fromEntries(
          Array.from({ length: 11 }, (_, i) => [
            `l${i}`,
            i === 0
              ? 'x,x'
              : `\${join(",", formatlist("%s,%s", split(",", local.l${i - 1}), split(",", local.l${i - 1})))}`,
          ]),
        ),
      },
    ],
    ['a circle', '${local.a}', { locals: { a: '${local.b}', b: '${upper(local.a)}' } }],
    [
      'what makes circles of JSON',
      '${jsonencode(jsondecode(jsonencode(local.a)))}',
      { locals: { a: { b: '${jsonencode(local.a)}' } } },
    ],
  ];
  for (const [name, value, more] of values)
    it(`leave the rest alone: ${name}`, () =>
      assert.deepEqual(beside(value, more), [`${RULE} aws_ebs_volume.good: false`]));

  it('say that they are not looked at in full when they are too much', () => {
    const volumes = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [
        `v${i}`,
        { encrypted: '${length([for a in range(100) : [for b in range(100) : "${a}${b}"]]) > 1}' },
      ]),
    );
    const { analysis } = directory({ 'main.tf.json': { resource: { aws_ebs_volume: volumes } } });
    assert.deepEqual(
      analysis.incomplete.map(({ reason }) => reason),
      [
        'exceeds the limit of combinations of conditions and values in aws_ebs_volume.v15, aws_ebs_volume.v16, aws_ebs_volume.v17 and 282 more, so findings may be missing',
        'exceeds the limit of repetition and nesting, so findings may be missing',
      ],
    );
  });

  it('have a problem at the place', () => {
    const { analysis, texts } = directory({
      'main.tf.json': { resource: { aws_ebs_volume: { v: { encrypted: '${lower(var.x' } } } },
    });
    const text = texts.get(`${FOLDER}main.tf.json`)!;
    assert.deepEqual(
      analysis.documents[0]!.problems.map(({ at, message }) => [text.slice(at.start, at.end), message]),
      [['(', '( is not closed.']],
    );
  });

  it('hold what always holds, whatever is called with whatever', () => {
    const fragment = fc.oneof(
      fc.constantFrom(
        '${',
        '}',
        '\\"',
        '(',
        ')',
        '[',
        ']',
        'for x in ',
        ' : ',
        'var.v',
        'local.l',
        'aws_ebs_volume.d',
        '.id',
        '[*]',
        ',',
        ' ? ',
        '==',
        'null',
        '1',
        '...',
        '%{ if ',
        '%{ endif }',
        'path.module',
        'file(\\"main.tf.json\\")',
        'each.key',
        '\\\\',
        '\\u0000',
      ),
      fc.constantFrom(...functionNames()),
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 20 }), fc.array(fragment, { maxLength: 20 }), (one, other) => {
        const text = `{"variable": {"v": {"default": "${one.join('').replaceAll('${', '$')}"}}, "locals": {"l": "${other.join('')}"}, "resource": {"aws_ebs_volume": {"d": {"for_each": "${one.join('')}", "encrypted": "${other.join('')}", "snapshot_id": "${one.join('')}"}}}}`;
        const doc = `${FOLDER}main.tf.json`;
        assert.deepEqual(
          examine(memoryReader(new Map([[doc, text]])), [doc], EVERYTHING, { soundAlone: true }).broken,
          [],
        );
      }),
      { numRuns: runs(80) },
    );
  });
});
