/** Completions that read only the resource at the cursor are those that read the whole template. */
import assert from 'node:assert/strict';
import { sample } from '../kit/runs.ts';
import { templates } from '../fuzz/increments.ts';
import { completeAt } from '../../server/src/engine/complete.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { completedAt, OPTIONS } from './completed-at.ts';

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
      // Edited documents, as in an editor, so that only the entries around a place are parsed again.
      const [own, whole] = [new ParseCache({ edits: true }), new ParseCache({ edits: true })];
      const places = [...text!.matchAll(/^(?=.*(?:Action|Resource|Effect|Principal|Condition|aws:|:\*)).+$/gm)];
      for (const [index, { index: start, 0: line }] of places.entries()) {
        if (index % STRIDE !== 0 && places.length > STRIDE) continue;
        for (const end of [line.length, Math.ceil(line.length / 2)])
          for (const rest of [line.slice(end), '']) {
            const typed = `${text!.slice(0, start + end)}§${rest}${text!.slice(start + line.length)}`;
            const name = doc.split('/').at(-1)!;
            const few = completedAt(name, typed, { cache: own })?.items ?? [];
            const all = completedAt(name, typed + ANCHOR, { cache: whole })?.items ?? [];
            assert.deepEqual(few, all, typed);
            offers += all.length;
          }
      }
    }
    assert.ok(offers > 100, `${offers} offers`);
  }).timeout(240_000);

  it('offers the same if the template was parsed before a change', () => {
    let offers = 0;
    for (const {
      doc,
      versions: [text],
    } of inputs) {
      const name = doc.split('/').at(-1)!;
      const places = [...text!.matchAll(/^.*(?:Action|Resource|Effect|Principal|Condition|aws:|:\*).*$/gm)];
      for (const [index, { index: start, 0: line }] of places.entries()) {
        if (index % STRIDE !== 0 && places.length > STRIDE) continue;
        const at = start + Math.ceil(line.length / 2);
        const other = places[(index * 7 + 3) % places.length]!.index;
        for (const [from, to, inserted] of [
          [at, start + line.length, ''],
          [start, start, '\n'],
          [start + line.length, start + line.length, 'x'],
          [other, other, '# A comment.\n'],
          [other, other + 9, ''],
          [text!.length, text!.length, '# The end.\n'],
          [0, 0, '# The beginning.\n'],
        ] as const) {
          const cursor = at <= from ? at : at >= to ? at - to + from + inserted.length : undefined;
          if (cursor === undefined) continue;
          const now = text!.slice(0, from) + inserted + text!.slice(to);
          const typed = `${now.slice(0, cursor)}§${now.slice(cursor)}`;
          const [known, scratch] = [completedAt(name, typed, { before: text! }), completedAt(name, typed)];
          assert.deepEqual(known, scratch, typed);
          offers += known?.items.length ?? 0;
        }
      }
    }
    assert.ok(offers > 100, `${offers} offers`);
  }).timeout(240_000);

  it('does not parse a template again that was parsed before a change', () => {
    const doc = 'file:///w/a.yaml';
    const before = `Resources:
  A: {Type: AWS::S3::Bucket, Properties: {BucketName: a}}
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement: [{Effect: Allow, Action: s3:GetObj, Resource: "*"}]
  B: {Type: AWS::S3::Bucket, Properties: {BucketName: b}}
`;
    const read = new ParseCache();
    read.tree(doc, 'before', () => parse(doc, before));
    for (const [now, parses] of [
      [before.replace('GetObj,', 'GetObje,'), 1],
      [before.replace('BucketName: b', 'BucketName: c'), 1],
      [before.replace('BucketName: a', 'BucketName: &a a').replace('GetObj,', '*a,'), 2],
    ] as const) {
      const reader = memoryReader(new Map([[doc, now]]));
      completeAt(reader, doc, now.indexOf('GetObj') + 6, OPTIONS, new ParseCache(), read);
      assert.equal(read.parses, parses, now);
    }
  });

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
