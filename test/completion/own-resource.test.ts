/** Completions that read only the resource at the cursor are those that read the whole template. */
import assert from 'node:assert/strict';
import { sample } from '../kit/runs.ts';
import { templates } from '../fuzz/increments.ts';
import { completedAt } from './completed-at.ts';

/** An anchor, with which the whole template is read. */
const ANCHOR = '\n# &anchor\n';

/** Every how manieth place is compared. */
const STRIDE = 23;

describe('completion in a template', () => {
  const inputs = sample(
    templates().filter(({ doc, versions: [text] }) => doc.endsWith('.yaml') && /Statement/.test(text!)),
    12,
  );

  it('offers the same if other resources are not read', () => {
    let offers = 0;
    for (const {
      doc,
      versions: [text],
    } of inputs) {
      const places = [...text!.matchAll(/^(?=.*(?:Action|Resource|Effect|Principal|Condition|aws:|:\*)).+$/gm)];
      for (const [index, { index: start, 0: line }] of places.entries()) {
        if (index % STRIDE !== 0 && places.length > STRIDE) continue;
        for (const end of [line.length, Math.ceil(line.length / 2)])
          for (const rest of [line.slice(end), '']) {
            const typed = `${text!.slice(0, start + end)}§${rest}${text!.slice(start + line.length)}`;
            const [few, all] = [typed, typed + ANCHOR].map(
              (one) => completedAt(doc.split('/').at(-1)!, one)?.items ?? [],
            );
            assert.deepEqual(few, all, typed);
            offers += all!.length;
          }
      }
    }
    assert.ok(offers > 100, `${offers} offers`);
  }).timeout(240_000);

  it('does not offer a role that SAM would generate for another function without its properties', () => {
    const offered = completedAt(
      'template.yaml',
      `Transform: AWS::Serverless-2016-10-31
Resources:
  Worker:
    Type: AWS::Serverless::Function
    Properties: {Handler: a.b, Runtime: nodejs22.x, Role: !GetAtt Own.Arn}
  Own: {Type: AWS::IAM::Role}
  Passing:
    Type: AWS::IAM::Policy
    Properties:
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: iam:PassRole
            Resource: §
`,
    )?.items.map(({ label }) => label);
    assert.deepEqual(offered, ['Own.Arn', 'arn:aws:iam::Account:role/RoleNameWithPath', '*']);
  });
});
