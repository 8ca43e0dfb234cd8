/** Tables of expressions in templates, with their values. */
import assert from 'node:assert/strict';
import { parse } from '../../server/src/syntax/parse.ts';
import { asJsonText } from '../kit/as-json.ts';
import { propertyOf, scenariosIn, templateOf, valueText } from './template-values.ts';

/** An expression, what it comes to, and the parameters whose scenarios are told apart. */
export type Row = readonly [expression: string, expected: string, ...parameters: string[]];

/**
 * Checks each expression in YAML, and in JSON where that can hold it, below what stands at the head of the template.
 */
export function check(what: string, head: string, rows: readonly Row[]): void {
  describe(what, () => {
    for (const [expression, expected, ...parameters] of rows) {
      const text = `${head}\nResources:\n  Topic: {Type: AWS::SNS::Topic}\n  Made: {Type: Custom::Made}\n  Subject:\n    Type: AWS::SNS::Subscription\n    Properties:\n      P: ${expression}\n`;
      it(`${expression} is ${expected}`, () => assert.equal(valueIn(text, 'file:///t.yaml', parameters), expected));
      // JSON has no anchors and no merge keys.
      if (!/[*&]\w|<</.test(text))
        it(`${expression} is the same in JSON`, () =>
          assert.equal(
            valueIn(asJsonText(parse('file:///t.yaml', text, 'yaml')), 'file:///t.json', parameters),
            expected,
          ));
    }
  });
}

function valueIn(text: string, doc: string, parameters: readonly string[]): string {
  const template = templateOf(text, doc);
  return valueText(propertyOf(template, 'Subject', 'P'), scenariosIn(template, ...parameters));
}
