/**
 * How the resources of a document stand, from documents in `state.cases`: `§` is the cursor; `-- state --` has the
 * lines of the page about the responsibilities, which has all of them.
 */
import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import { isAsExpected } from '../kit/accept.ts';
import { cardAt, ownershipPage } from './card-at.ts';
import { plainTextOf } from '../../server/src/hover/markdown.ts';

const CASES = new URL('state.cases', import.meta.url);

interface Case {
  readonly title: string;
  readonly name: string;
  readonly text: string;
  readonly offset: number;
  readonly state: string;
  /** What stands before that in the file. */
  readonly before: string;
}

function readCases(): readonly Case[] {
  return readFileSync(CASES, 'utf8')
    .split(/^== /m)
    .slice(1)
    .map((part): Case => {
      const [, title, name, marked, state] =
        /^(.*)\n-- (\S+) --\n([^]*?)-- state --\n([^]*)$/.exec(part) ??
        assert.fail(`a case that cannot be read: ${part}`);
      return {
        title: title!,
        name: name!,
        text: marked!.replace('§', ''),
        offset: marked!.indexOf('§'),
        state: state!.trim(),
        before: `== ${part.slice(0, part.length - state!.length)}`,
      };
    });
}

/** The lines about the document on a page, without its escapes. */
function stateOf(page: string | undefined): string {
  const section = /^## In this \w+\n\n([^]*?)\n\n## /m.exec(page ?? '')?.[1] ?? '';
  return section.replaceAll(/\\(.)/g, '$1').replaceAll('*', '');
}

describe('the state of a resource', () => {
  for (const { title, name, text, offset, state, before } of readCases())
    it(title, () => {
      isAsExpected(stateOf(ownershipPage(name, text, offset)), state, { file: CASES, after: before });
      const card = cardAt(name, text, offset, 'all');
      if (card) assert.ok(plainTextOf(card).split('\n').length <= 12, 'a card of twelve lines');
    });
});

describe('the state of a property', () => {
  const cards = (properties: string): string => {
    const text = `Resources:
  Key:
    Type: AWS::KMS::Key
    Properties: {KeyPolicy: {Statement: []}}
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: 30}
  Resource:
    Type: ${properties}
`;
    const at = text.indexOf('§');
    const card = cardAt('a.yaml', text.replace('§', ''), at, 'all');
    return card ? plainTextOf(card) : '';
  };

  it('is that of the key that it names', () => {
    const card = cards('AWS::EFS::FileSystem\n    Properties: {Encrypted: true, §KmsKeyId: !GetAtt Key.Arn}');
    assert.match(card, /^\[finding\] encryption: customer managed key Key; not rotated \(kms-key-rotation\)$/m);
  });

  it('is unknown for a key of another stack', () => {
    const card = cards('AWS::EFS::FileSystem\n    Properties: {Encrypted: true, §KmsKeyId: !ImportValue Key}');
    assert.match(card, /^- encryption: KmsKeyId comes from another stack, so the key is not known here$/m);
  });

  it('is that of the log group that it names', () => {
    const card = cards(
      'AWS::ApiGateway::Stage\n    Properties: {RestApiId: a, §AccessLogSetting: {DestinationArn: !GetAtt Logs.Arn}}',
    );
    assert.match(card, /access log/);
  });
});

describe('a card', () => {
  it('leaves out statements that it has no space for', () => {
    const text = `Parameters:
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: !If [IsLive, Retain, Delete]
    Properties: {Engine: mysql, BackupRetentionPeriod: !If [IsLive, 14, 0], DeletionProtection: !If [IsLive, true, false]}
`;
    const card = plainTextOf(cardAt('a.yaml', text, text.indexOf('Db:'))!);
    assert.match(card, /^\[finding\] backups \(\d of 6\): no automated backups.*$/m);
  });
});
