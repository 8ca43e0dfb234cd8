import assert from 'node:assert/strict';
import { parse } from '../../server/src/syntax/parse.ts';
import { asJsonText } from './as-json.ts';

function converted(yaml: string): unknown {
  return JSON.parse(asJsonText(parse('file:///a.yaml', yaml, 'yaml')));
}

describe('as JSON', () => {
  it('writes functions for short tags', () => {
    assert.deepEqual(
      converted(
        'a: !Ref B\nb: !GetAtt B.Outputs.C\nc: !GetAtt [B, C]\nd: !If [X, !Sub "${A}", !Ref "AWS::NoValue"]\ne: !Condition X\n',
      ),
      {
        a: { Ref: 'B' },
        b: { 'Fn::GetAtt': ['B', 'Outputs.C'] },
        c: { 'Fn::GetAtt': ['B', 'C'] },
        d: { 'Fn::If': ['X', { 'Fn::Sub': '${A}' }, { Ref: 'AWS::NoValue' }] },
        e: { Condition: 'X' },
      },
    );
  });

  it('keeps the kinds of scalars', () => {
    assert.deepEqual(converted('[1, "1", True, yes, ~, 0x1F, 007, 2012-10-17, -1.5, !!str 5, !Sub 5]'), [
      1,
      '1',
      true,
      'yes',
      null,
      '0x1F',
      '007',
      '2012-10-17',
      -1.5,
      '5',
      { 'Fn::Sub': 5 },
    ]);
  });

  it('writes out what aliases stand for, and keeps the order of keys', () => {
    const text = asJsonText(parse('file:///a.yaml', 'b: &x {"2": 1, "1": []}\na: *x\nc:\n', 'yaml'));
    assert.equal(text.replace(/\s/g, ''), '{"b":{"2":1,"1":[]},"a":{"2":1,"1":[]},"c":null}');
  });
});
