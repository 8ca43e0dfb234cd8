/**
 * Who has access to resources, from documents in `access.cases`: `-- access to ADDRESS --` is followed by the
 * principals with their access, then what allows and what limits it, with lines. A document can be followed by `--
 * .stackwarden.yaml --` and a configuration; `?` marks principals that may have access, `-` those that lose it through
 * limits.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { LineIndex } from '../../server/src/base/line-index.ts';
import { assumerText, type AccessListing, type AccessRow } from '../../server/src/hover/access/listing.ts';
import { arnFormOf, EVALUATED_TYPES } from '../../server/src/policy/access/arn-forms.ts';
import { referenceOver } from '../../server/src/policy/data/reference.ts';
import { isAsExpected } from '../kit/accept.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { accessIn } from './access-at.ts';

const CASES = new URL('access.cases', import.meta.url);

const cases = readFileSync(CASES, 'utf8')
  .split(/^== /m)
  .slice(1)
  .map((part) => {
    const [, title, name, text, questions] =
      /^(.*)\n-- (\S+) --\n([^]*?)(?=-- access to )([^]*)$/.exec(part) ??
      assert.fail(`a case that cannot be read: ${part}`);
    const [document = '', configuration = ''] = text!.split('-- .stackwarden.yaml --\n');
    return { title: title!, name: name!, text: document, configuration, questions: questions!, part };
  });

describe('who has access', () => {
  for (const { title, name, text, configuration, questions, part } of cases)
    it(title, () => {
      const actual = [...questions.matchAll(/^-- access to (\S+) --$/gm)]
        .map(([header, address]) => {
          const listing = accessIn(name, text, address!, configuration);
          return `${header}\n${listing ? written(listing, text) : 'not evaluated'}\n`;
        })
        .join('');
      isAsExpected(actual.trimEnd(), questions.trimEnd(), {
        file: CASES,
        after: `== ${part.slice(0, part.length - questions.length)}`,
      });
    });

  it('names resources of the types whose ARNs it knows as AWS does', () => {
    const reference = referenceOver((wanted) => memoryReader(new Map()).data(wanted))!;
    for (const type of EVALUATED_TYPES) {
      const form = arnFormOf(type)!;
      const service = reference.service(form.service)!;
      for (const [name, endings] of Object.entries(form.types)) {
        const arn = service.resourceType(name)?.arn ?? assert.fail(`${form.service} has no resource type ${name}`);
        const rest = arn
          .split(':')
          .slice(5)
          .join(':')
          .replaceAll(/\$\{\w+\}/g, 'x');
        const own = form.rest.replace('{}', /^(?:role|user|parameter)\{\}$/.test(form.rest) ? '/x' : 'x');
        assert.ok(
          endings.some((ending) => (ending === '' ? own : `${own}${ending}x`) === rest),
          `${type}: ${own} is not ${rest}`,
        );
      }
    }
  });

  it('looks up the actions of an AWS managed policy once for all identities that have it', () => {
    const lookupsFor = (roles: number): number => {
      let lookups = 0;
      const role = `{Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}, ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSQSFullAccess"]}}`;
      const text = `Resources:\n  Q: {Type: AWS::SQS::Queue}\n${Array.from({ length: roles }, (_, i) => `  R${i}: ${role}\n`).join('')}`;
      const listing = accessIn('a.yaml', text, 'Q', '', () => lookups++);
      assert.equal(listing?.principals.length, roles);
      return lookups;
    };
    const few = lookupsFor(16);
    assert.ok(few > 0);
    assert.ok(lookupsFor(32) <= few);
  });
});

function aboutOf(parts: readonly string[]): string {
  const filled = parts.filter((part) => part !== '');
  return filled.length === 0 ? '' : ` (${filled.join(', ')})`;
}

function written({ principals, possible, denied, unknowns }: AccessListing, text: string): string {
  const lines = new LineIndex(text);
  const at = (start: number): string => `line ${lines.positionAt(start).line + 1}`;
  const row = (
    mark: string,
    { name, what, members, usedBy, assumedBy, levels, sources, limits }: AccessRow,
  ): readonly string[] => [
    `${mark}${name}${aboutOf([what, ...members.map((one) => `with ${one}`), ...usedBy.map((by) => `used by ${by}`), ...assumedBy.map((by) => `assumed by ${assumerText(by)}`)])}: ${levels.map((one) => one.text).join(', ')}`,
    ...sources.map(
      (source) =>
        `    ${source.capabilities.join(', ')}: ${source.text}, ${at(source.at.start)}${source.resources.length > 0 ? `, on ${source.resources.join(' ')}` : ''}`,
    ),
    ...limits.map((limit) => `    limit: ${limit.text}${limit.at ? `, ${at(limit.at.start)}` : ''}`),
  ];
  const all = [
    ...principals.flatMap((one) => row('', one)),
    ...possible.flatMap((one) => row('? ', one)),
    ...denied.flatMap((one) => row('- ', one)),
    ...unknowns.map((one) => `unknown: ${one}`),
  ];
  return all.length === 0 ? 'nobody' : all.join('\n');
}
