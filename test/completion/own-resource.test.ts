/** Completions that read only the resource at the cursor are those that read the whole template. */
import assert from 'node:assert/strict';
import { once } from '../../server/src/base/once.ts';
import { diverse } from '../kit/diverse.ts';
import { templates } from '../fuzz/increments.ts';
import { completeAt } from '../../server/src/engine/complete.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { runs } from '../kit/runs.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { completedAt, OPTIONS } from './completed-at.ts';

/** An anchor, with which the whole template is read. */
const ANCHOR = '\n# &anchor\n';

/** A line of a policy at which a completion is compared. */
interface Place {
  readonly name: string;
  readonly text: string;
  readonly start: number;
  readonly line: string;
  /** Where another such line of the template begins. */
  readonly other: number;
  /** What can make a difference: the type of the resource, what the line is, and what else the template has. */
  readonly features: readonly string[];
}

const LINE = /^.*?(Not)?(Action|Resource|Effect|Principal|Condition|aws:|:\*).*$/gm;

/** The places of policies in a template that has further resources. */
function placesIn(doc: string, text: string): readonly Place[] {
  const types = [...text.matchAll(/\bType['"]?: ['"]?(\w+(?:::\w+)+)/g)];
  if (types.length < 2) return [];
  const sections = [...text.matchAll(/^\w+(?=:)/gm)].map(([section]) => section);
  const functions = [...text.matchAll(/Fn::ForEach|Fn::Transform|DependsOn|!If|<<:/g)].map(([name]) => name);
  const lines = [...text.matchAll(LINE)];
  return lines.map((match, index) => {
    const { 0: line, 2: kind, index: start } = match;
    const type = types.findLast((one) => one.index < start)?.[1] ?? 'none';
    const style = /[{[]/.test(line) ? 'flow' : 'block';
    return {
      name: doc.split('/').at(-1)!,
      text,
      start,
      line,
      other: lines[(index * 7 + 3) % lines.length]!.index,
      features: [
        type,
        `${kind} ${style}`,
        ...[...line.matchAll(/!\w+|Fn::\w+/g)].map(([name]) => `${name} in ${style}`),
        ...[...sections, ...functions].map((what) => `${kind} beside ${what}`),
      ],
    };
  });
}

describe('completion in a template', () => {
  const all = once(() =>
    diverse(
      templates()
        .filter(({ doc, versions: [text] }) => doc.endsWith('.yaml') && /Statement/.test(text!))
        .flatMap(({ doc, versions: [text] }) => placesIn(doc, text!)),
      ({ features }) => features,
    ),
  );

  it('offers the same if other resources are not read', () => {
    let offers = 0;
    // Edited documents, as in an editor, so that only the entries around a place are parsed again.
    let [own, whole] = [new ParseCache({ edits: true }), new ParseCache({ edits: true })];
    let last = '';
    for (const { name, text, start, line } of all()) {
      if (text !== last) [own, whole] = [new ParseCache({ edits: true }), new ParseCache({ edits: true })];
      last = text;
      for (const end of [line.length, Math.ceil(line.length / 2)])
        for (const rest of new Set([line.slice(end), ''])) {
          const typed = `${text.slice(0, start + end)}§${rest}${text.slice(start + line.length)}`;
          const few = completedAt(name, typed, { cache: own })?.items ?? [];
          const every = completedAt(name, typed + ANCHOR, { cache: whole })?.items ?? [];
          assert.deepEqual(few, every, typed);
          offers += every.length;
        }
    }
    assert.ok(offers > 100, `${offers} offers`);
  }).timeout(runs(240_000));

  it('offers the same if the template was parsed before a change', () => {
    let offers = 0;
    for (const [index, { name, text, start, line, other }] of all().entries()) {
      const at = start + Math.ceil(line.length / 2);
      const changes = [
        [at, start + line.length, ''],
        [start, start, '\n'],
        [start + line.length, start + line.length, 'x'],
        [other, other, '# A comment.\n'],
        [other, other + 9, ''],
        [text.length, text.length, '# The end.\n'],
        [0, 0, '# The beginning.\n'],
      ] as const;
      // Neighboring places are alike, so each is followed by half of the changes.
      for (const [from, to, inserted] of changes.filter((_, nth) => runs(1) > 1 || (nth + index) % 2 === 0)) {
        const cursor = at <= from ? at : at >= to ? at - to + from + inserted.length : undefined;
        if (cursor === undefined) continue;
        const now = text.slice(0, from) + inserted + text.slice(to);
        const typed = `${now.slice(0, cursor)}§${now.slice(cursor)}`;
        const [known, scratch] = [completedAt(name, typed, { before: text }), completedAt(name, typed)];
        assert.deepEqual(known, scratch, typed);
        offers += known?.items.length ?? 0;
      }
    }
    assert.ok(offers > 100, `${offers} offers`);
  }).timeout(runs(240_000));

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
