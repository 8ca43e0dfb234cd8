import assert from 'node:assert/strict';
import {
  counterpart,
  nearestOperator,
  readOperator,
  written,
} from '../../server/src/policy/text/condition-operator.ts';

describe('an operator of a condition', () => {
  const read: readonly [string, string][] = [
    ['StringEquals', 'String equals equals'],
    ['stringnotequalsignorecase', 'String equalsIgnoreCase equals not without'],
    ['ForAnyValue:StringLike', 'String like like ForAnyValue'],
    ['ForAllValues:StringNotLikeIfExists', 'String like like not ForAllValues ifExists without'],
    ['ForAnyValue:StringNotEquals', 'String equals equals not ForAnyValue'],
    ['ArnEquals', 'Arn equals like'],
    ['ArnNotLike', 'Arn like like not without'],
    ['NumericLessThanEquals', 'Numeric lessThanEquals other'],
    ['DateGreaterThanIfExists', 'Date greaterThan other ifExists without'],
    ['BinaryEquals', 'Binary equals other'],
    ['BoolIfExists', 'Bool equals bool ifExists without'],
    ['IpAddress', 'IpAddress equals address'],
    ['NotIpAddress', 'IpAddress equals address not without'],
    ['Null', 'Null equals null'],
    ['NullIfExists', 'Null equals null ifExists without'],
    ...['StringLessThan', 'ArnEqualsIgnoreCase', 'NotBool', 'NumericLike', 'ForSomeValues:Bool', 'IfExists', ''].map(
      (name): [string, string] => [name, 'none'],
    ),
  ];
  for (const [name, what] of read)
    it(`${name || 'without a name'} is parsed`, () => {
      const operator = readOperator(name);
      const { family, comparison, how, negated, qualifier, ifExists, holdsWithoutKey } = operator ?? {};
      assert.equal(
        operator
          ? [family, comparison, how, negated && 'not', qualifier, ifExists && 'ifExists', holdsWithoutKey && 'without']
              .filter(Boolean)
              .join(' ')
          : 'none',
        what,
      );
    });

  it('is spelled as in the documentation', () =>
    assert.equal(written(readOperator('forallvalues:stringequalsIFEXISTS')!), 'ForAllValues:StringEqualsIfExists'));

  const counterparts: readonly [string, 'Arn' | 'Bool' | 'String' | 'Numeric', string | undefined][] = [
    ['StringNotLike', 'Arn', 'ArnNotLike'],
    ['ForAnyValue:StringEqualsIfExists', 'Arn', 'ForAnyValue:ArnEqualsIfExists'],
    ['StringEqualsIgnoreCase', 'Arn', undefined],
    ['StringEquals', 'Bool', 'Bool'],
    ['StringNotEquals', 'Bool', undefined],
    ['NumericEquals', 'String', 'StringEquals'],
    ['StringLike', 'Numeric', undefined],
  ];
  for (const [name, family, found] of counterparts)
    it(`of ${family} with the comparison of ${name}`, () =>
      assert.equal(((one) => one && written(one))(counterpart(readOperator(name)!, family)), found));

  const meant: readonly [string, string | undefined][] = [
    ['StringEqual', 'StringEquals'],
    ['ForAnyValues:StringLke', 'ForAnyValue:StringLike'],
    ['StringEqualsIfExist', 'StringEqualsIfExists'],
    ['StringNotEqualIfExists', 'StringNotEqualsIfExists'],
    ['IPAdress', 'IpAddress'],
    ['Nul', 'Null'],
    ['StringMatches', undefined],
    ['ForSome:StringEquals', undefined],
    ['aws:username', undefined],
  ];
  for (const [name, found] of meant)
    it(`that does not exist, ${name}, is likely meant to be ${found ?? 'none'}`, () =>
      assert.equal(nearestOperator(name), found));
});
