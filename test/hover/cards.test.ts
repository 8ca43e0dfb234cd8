/**
 * What is shown on hover, from documents in `cards.cases`, and in `properties.cases` and `access.cases` with the data
 * of the program: `§` is the cursor; `-- .stackwarden.yaml --` and a configuration can follow the document; `-- card on
 * TEXT --` says what the card is about and how it reads as plain text, `-- nothing --` that there is none. `all:` or
 * `off:` in front is another level of hovers.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Card } from '../../server/src/hover/card.ts';
import type { HoverLevel } from '../../server/src/hover/responsibility/hover.ts';
import { markdownOf, plainTextOf } from '../../server/src/hover/markdown.ts';
import { isAsExpected } from '../kit/accept.ts';
import { cardAt } from './card-at.ts';
import { TOYS } from './toy-ownership.ts';

/** The files with cases, and what is known of ownership in them instead of the program's data. */
const FILES = [
  [new URL('cards.cases', import.meta.url), TOYS],
  [new URL('properties.cases', import.meta.url), undefined],
  [new URL('access.cases', import.meta.url), undefined],
] as const;

interface Case {
  readonly title: string;
  readonly name: string;
  readonly text: string;
  readonly configuration: string;
  readonly offset: number;
  readonly level: HoverLevel;
  readonly on: string | undefined;
  readonly card: string;
  /** What stands before that in the file. */
  readonly before: string;
}

function readCases(file: URL): readonly Case[] {
  return readFileSync(file, 'utf8')
    .split(/^== /m)
    .slice(1)
    .map((part): Case => {
      const [, title, name, marked, level, on, card] =
        /^(.*)\n-- (\S+) --\n([^]*?)-- (?:(all|off): )?(?:card on (.*)|nothing) --\n([^]*)$/.exec(part) ??
        assert.fail(`a case that cannot be read: ${part}`);
      const [document = '', configuration = ''] = marked!.split('-- .stackwarden.yaml --\n');
      return {
        title: title!,
        name: name!,
        text: document.replace('§', ''),
        configuration,
        offset: marked!.indexOf('§'),
        level: (level ?? 'security') as HoverLevel,
        on,
        card: card!.trim(),
        before: `== ${part.slice(0, part.length - card!.length)}`,
      };
    });
}

/** Types that are not known, each with the beginning of the first sentence of its card; undefined if it has none. */
const ODD_TYPES: readonly (readonly [name: string, text: string, sentence: string | undefined])[] = [
  ['a.yaml', 'Type: AWS::Nope::Thing', 'a type about which nothing is known here'],
  ['a.yaml', 'Type: AWS::S3::Buckett', 'a type about which nothing is known here'],
  ['a.yaml', 'Type: Acme::Cloud::Thing', 'a type of another publisher'],
  ['a.yaml', 'Type: Acme::Cloud::Thing::MODULE', 'a module'],
  ['a.yaml', 'Type: Custom::Thing', 'the function or topic of its ServiceToken creates it'],
  ['a.yaml', "Type: ''", undefined],
  ['a.yaml', 'Type: 5', undefined],
  ['a.yaml', 'Type: Bucket', undefined],
  ['main.tf', 'resource "aws_nope_thing" "thing" {}', 'a type about which nothing is known here'],
  ['main.tf', 'resource "aws_s3_buckett" "thing" {}', 'a type about which nothing is known here'],
];

describe('hovers', () => {
  for (const [name, text, sentence] of ODD_TYPES)
    it(`on ${text}`, () => {
      const document =
        name === 'a.yaml' ? `Resources:\n  Thing:\n    ${text}\n  Vpc: {Type: AWS::EC2::VPC}\n` : `${text}\n`;
      const offset = name === 'a.yaml' ? document.indexOf('Thing') : document.indexOf('aws_');
      assert.equal(cardAt(name, document, offset, 'all')?.verdict.text.slice(0, sentence?.length), sentence);
    });

  for (const [file, toys] of FILES)
    for (const { title, name, text, configuration, offset, level, on, card: expected, before } of readCases(file))
      it(title, () => {
        const card = cardAt(name, text, offset, level, toys, configuration);
        isAsExpected(card ? plainTextOf(card) : '', expected, { file, after: before });
        assert.equal(card && text.slice(card.range.start, card.range.end), on);
      });

  it('escape what a document says', () => {
    const card = cardAt(
      'a.yaml',
      'Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties: {Tags: [{Key: "[x](https://evil.example) <b> *a* `b`"}]}\n',
      13,
      'security',
      TOYS,
    )!;
    assert.match(markdownOf(card), /tag \\\[x\\\]\(https\\:\/\/evil\.example\) \\<b\\> \\\*a\\\* \\`b\\`/);
  });

  it('have twelve lines at most, in either form', () => {
    const cited = { text: 'x', cite: [{ url: 'https://a.example/' }] };
    const card: Card = {
      title: 'T',
      verdict: cited,
      lines: Array.from({ length: 30 }, () => ({ label: 'L', parts: [cited, cited], separator: '; ' as const })),
      range: { start: 0, end: 1 },
    };
    const here = {
      ...card,
      lines: card.lines.map((line, index) => (index < 3 ? line : { ...line, here: true as const })),
    };
    for (const one of [card, here]) {
      assert.equal(plainTextOf(one).split('\n').length, 12);
      assert.equal(markdownOf(one).split('\n').length, 12);
    }
  });

  it('name the sources for which there is space, and number the others', () => {
    const pages = [
      'x/a-b.html',
      'x/aws-resource-rds-dbinstance.html',
      'service-authorization/x/list_y.html',
      'x/"d_e.html',
      'f',
    ];
    const card: Card = {
      title: 'T',
      verdict: { text: 'x', cite: pages.map((page) => ({ url: `https://a.example/${page}` })) },
      lines: [],
      range: { start: 0, end: 1 },
    };
    assert.equal(
      markdownOf(card).split('\n').at(-1),
      '*Sources:* [a b](https://a.example/x/a-b.html) · [CloudFormation: rds dbinstance](https://a.example/x/aws-resource-rds-dbinstance.html)' +
        ' · [3](https://a.example/service-authorization/x/list_y.html "Service Authorization Reference")' +
        ' · [4](https://a.example/x/"d_e.html "\\"d e") · [5](https://a.example/f "f")',
    );
  });

  it('cite pages about all services last', () => {
    const cite = ['whitepapers/latest/a/b.html', 'wellarchitected/latest/d.html', 'c.html'].map((page) => ({
      url: `https://a.example/${page}`,
    }));
    const card: Card = { title: 'T', verdict: { text: 'x', cite }, lines: [], range: { start: 0, end: 1 } };
    assert.equal(
      plainTextOf(card).split('\n').at(-1),
      'Sources: https://a.example/c.html https://a.example/whitepapers/latest/a/b.html https://a.example/wellarchitected/latest/d.html',
    );
  });

  it('lead to pages about the resource at the heading, or where there is none, at the sources', () => {
    const cited = { text: 'x', cite: [{ url: 'https://a.example/b' }] };
    const line = { label: 'L', parts: [cited], separator: '; ' as const };
    const card: Card = {
      title: 'T',
      verdict: cited,
      lines: [line],
      heading: 'Here',
      hasPaths: true,
      range: { start: 0, end: 1 },
    };
    const linesOf = (lines: Card['lines']): readonly string[] =>
      markdownOf({ ...card, lines }, { page: 'p:', paths: 'q:' })
        .split('\n')
        .map((one) => one.trim())
        .filter((one) => one.includes('Show'));
    const here = { ...line, here: true as const };
    const none = ['[Show Shared Responsibility](p:) · [Show Path](q:) · *Sources:* [b](https://a.example/b)'];
    assert.deepEqual(linesOf([line, here]), ['**Here:** [Show Shared Responsibility](p:) · [Show Path](q:)']);
    assert.deepEqual(linesOf([line]), none);
    // The lines about the document are those for which there is no space.
    assert.deepEqual(linesOf([...Array.from({ length: 20 }, () => line), here]), none);
  });

  it('has a range without the tree of the document at a type', () => {
    const text = 'Resources: {Q: {Type: AWS::SQS::Queue}}';
    const start = text.indexOf('AWS');
    assert.deepEqual(cardAt('a.yaml', text, start)?.range, { start, end: text.indexOf('}}') });
  });
});
