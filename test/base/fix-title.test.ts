import assert from 'node:assert/strict';
import { fitted, fitting, LONGEST_TITLE, titleParts, withCost } from '../../server/src/base/fix-title.ts';

/** Titles, and what is shown of them. */
const TITLES: readonly (readonly [title: string, shown: string])[] = [
  ['Set Encrypted to true (replaces the disk)', 'Set Encrypted to true (replaces the disk)'],
  [
    'Change to arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
    'Change to arn:aws:dynamodb:eu-west-…11122223333:table/orders',
  ],
  [
    'Set NoEcho to true for EMRClusterKerberosAttributesADDomainJoinPassword (hides it)',
    'Set NoEcho to true for EMRClusterKerberos…DomainJoinPassword (hides it)',
  ],
  [
    'Move this thing to that place and the others to one more place of them',
    'Move this thing to that place and the others to one more pl…',
  ],
];

describe('the title of a fix', () => {
  for (const [title, shown] of TITLES)
    it(title, () => {
      assert.equal(fitted(title), shown);
      assert.ok(titleParts(shown)[0].length <= LONGEST_TITLE);
    });

  it('is the first that is short enough, without what the fix costs', () => {
    const cost = ` (${'x'.repeat(LONGEST_TITLE)})`;
    assert.equal(fitting(['x'.repeat(LONGEST_TITLE + 1), `ab${cost}`, 'a']), `ab${cost}`);
    assert.equal(
      fitting(['x'.repeat(LONGEST_TITLE + 1), 'y'.repeat(LONGEST_TITLE + 1)]),
      'y'.repeat(LONGEST_TITLE + 1),
    );
  });

  it('tells several costs', () => {
    assert.equal(
      withCost('Remove the statement', 'replaces the resource'),
      'Remove the statement (replaces the resource)',
    );
    assert.equal(
      withCost('Remove the statement (narrows access)', 'replaces the resource'),
      'Remove the statement (narrows access; replaces the resource)',
    );
  });
});
