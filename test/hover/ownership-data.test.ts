/** That the data of ownership is complete, cited and well written. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { composedCard } from '../../server/src/hover/composed-card.ts';
import { COMPUTED } from '../../server/src/hover/computed/index.ts';
import {
  serviceOf,
  type Citation,
  type Claim,
  type HereLine,
  type Kinds,
  type ServiceOwnership,
  type Verdict,
} from '../../server/src/hover/ownership.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { schemaOf } from '../../tools/resource-paths.ts';
import { pathsOf, type TypeSchema } from '../../tools/schemas/read.ts';

const SCHEMAS = new URL('../../schemas/', import.meta.url);
const dataAt = <T>(name: string): T => JSON.parse(readFileSync(new URL(`${name}.json`, SCHEMAS), 'utf8')) as T;
const typesOf = (service: string): Record<string, TypeSchema> =>
  dataAt<{ types: Record<string, TypeSchema> }>(`cloudformation/${service}`).types;
const FILES = readdirSync(new URL('ownership/', SCHEMAS))
  .map((file) => file.replace('.json', ''))
  .filter((name) => name !== 'kinds');
const KINDS = dataAt<Kinds>('ownership/kinds');

/** The longest text of one claim, so that a line of several can be read. */
const LONGEST_CLAIM = 90;
const LONGEST = 200;

describe('ownership data', () => {
  it('has a kind for every resource type', () => {
    for (const service of readdirSync(new URL('cloudformation/', SCHEMAS)).map((file) => file.replace('.json', ''))) {
      const stated = dataAt<ServiceOwnership>(`ownership/${service}`).service?.kinds ?? {};
      assert.deepEqual(Object.keys(stated), Object.keys(typesOf(service)).sort(), service);
      for (const kind of Object.values(stated)) assert.ok(kind in KINDS.kinds, kind);
    }
  });

  it('says one line of plumbing', () => {
    assert.deepEqual(KINDS.kinds.plumbing.claims, []);
  });

  it('cites what it says of kinds', () => {
    checkCitations(KINDS.citations);
    for (const { verdict, claims } of Object.values(KINDS.kinds)) {
      checkSaid(verdict, KINDS.citations);
      for (const claim of claims) checkClaim(claim, KINDS.citations);
    }
  });

  for (const file of FILES)
    describe(file, () => {
      const { citations, types, service } = dataAt<ServiceOwnership>(`ownership/${file}`);

      it('quotes pages of AWS, each of them used', () => {
        checkCitations(citations);
        const text = JSON.stringify([types, service]);
        for (const key of Object.keys(citations)) assert.ok(text.includes(JSON.stringify(key)), `${key} is cited`);
      });

      if (service)
        it('makes claims about types and kinds of the service', () => {
          for (const key of service.cite) assert.ok(citations[key], `${key} is a citation`);
          for (const claim of service.claims) {
            checkClaim(claim, citations);
            assert.equal(claim.when, undefined, 'a claim about a service has no conditions');
            for (const kind of claim.kinds ?? [])
              assert.ok(Object.values(service.kinds).includes(kind), `a type of the service is of the kind ${kind}`);
            for (const type of claim.types ?? []) assert.ok(service.kinds[type], `${type} is a type of the service`);
          }
        });

      for (const [type, card] of Object.entries(types))
        it(type, () => {
          assert.equal(serviceOf(type), file, 'is in the file of its service');
          const paths = new Set<string>(pathsOf(schemaOf(type), 8));
          const checkPaths = (conditions: Readonly<Record<string, unknown>> | undefined): void => {
            for (const path of Object.keys(conditions ?? {})) assert.ok(paths.has(path), `${path} exists`);
          };
          const checkVerdicts = (verdicts: readonly Verdict[]): void => {
            for (const verdict of verdicts) {
              checkSaid(verdict, citations);
              checkPaths(verdict.when);
            }
            assert.equal(verdicts.at(-1)?.when, undefined, 'the last verdict holds always');
          };
          const checkLines = (lines: readonly HereLine[]): void => {
            assert.ok(lines.length <= 8, 'few lines');
            for (const line of lines) {
              checkPaths(line.when);
              if ('compute' in line) assert.ok(COMPUTED[line.compute], `${line.compute} is computed`);
              else {
                assert.ok(paths.has(line.path.replace(/\[\]$/, '')), `${line.path} exists`);
                for (const { say, cite } of line.cases) {
                  checkText(say);
                  for (const key of cite ?? []) assert.ok(citations[key], `${key} is a citation`);
                }
              }
            }
          };
          checkVerdicts(card.verdict);
          for (const claim of card.claims) {
            checkClaim(claim, citations);
            checkPaths(claim.when);
          }
          for (const remark of card.remarks ?? []) {
            checkSaid(remark, citations);
            checkPaths(remark.when);
          }
          for (const owner of ['aws', 'you'])
            assert.ok(
              card.claims.some((claim) => claim.owner === owner),
              `says what is ${owner === 'aws' ? "AWS's" : 'yours'}`,
            );
          checkLines(card.here);
          for (const [path, property] of Object.entries(card.properties)) {
            assert.ok(paths.has(path), `${path} exists`);
            checkVerdicts(property.verdict);
            for (const remark of property.remarks) {
              checkSaid(remark, citations);
              checkPaths(remark.when);
            }
            checkLines(property.here);
            assert.ok(property.remarks.length + property.here.length <= 9, 'a card of twelve lines');
          }
        });
    });

  it('has the numbers of types that docs/ownership.md states', () => {
    const page = readFileSync(new URL('../../docs/ownership.md', import.meta.url), 'utf8');
    const counts = { own: 0, service: 0, general: 0 };
    for (const file of FILES) {
      const ownership = dataAt<ServiceOwnership>(`ownership/${file}`);
      for (const [type, kind] of Object.entries(ownership.service?.kinds ?? {})) {
        const { card } = composedCard(type, kind, KINDS, ownership, undefined);
        const cited = [...card.verdict, ...card.claims].flatMap(({ cite }) => cite);
        const source = cited.some((key) => key in ownership.citations) ? 'service' : 'general';
        counts[ownership.types[type] ? 'own' : source]++;
      }
    }
    const stated = /\| (\d+) \|[^]*?\| ([\d,]+) \|[^]*?\| (\d+) \|/.exec(
      page.slice(page.indexOf('| types of CloudFormation |')),
    );
    assert.deepEqual(
      stated?.slice(1).map((number) => Number(number.replace(',', ''))),
      Object.values(counts),
    );
  });

  it('has a page of the service for types that hold data, run code or grant access', () => {
    const without = FILES.flatMap((file) => {
      const ownership = dataAt<ServiceOwnership>(`ownership/${file}`);
      const { kinds = {} } = ownership.service ?? {};
      const lacking = Object.entries(kinds).some(([type, kind]) => {
        if (!KINDS.kinds[kind].security || ownership.types[type]) return false;
        const { card, citations } = composedCard(type, kind, KINDS, ownership, undefined);
        return ![...card.verdict, ...card.claims].some(({ cite }) =>
          cite.some((key) => key in ownership.citations && citations[key]),
        );
      });
      return lacking ? [file] : [];
    });
    assert.deepEqual(without, []);
  });

  for (const [type, paths] of readByRules())
    it(`has a card for ${type} and what rules read of it`, () => {
      const card = FILES.includes(serviceOf(type))
        ? dataAt<ServiceOwnership>(`ownership/${serviceOf(type)}`).types[type]
        : undefined;
      assert.ok(card, 'a card');
      assert.deepEqual(
        [...paths].filter((path) => !isCovered(path, Object.keys(card.properties))),
        [],
      );
    });
});

/** A property has a card of its own, or one of what it is in or of what is in it. */
function isCovered(path: string, cards: readonly string[]): boolean {
  return cards.some(
    (card) =>
      card === path ||
      path.startsWith(`${card}.`) ||
      path.startsWith(`${card}[]`) ||
      card.startsWith(`${path}.`) ||
      card.startsWith(`${path}[]`),
  );
}

function readByRules(): ReadonlyMap<string, ReadonlySet<string>> {
  const read = new Map<string, Set<string>>();
  for (const rule of RULES)
    if (rule.on === 'resource')
      for (const [type, paths] of Object.entries(rule.reads as Record<string, readonly string[]>)) {
        const known = read.get(type) ?? new Set<string>();
        for (const path of paths) known.add(path);
        read.set(type, known);
      }
  return new Map([...read].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function checkCitations(citations: Readonly<Record<string, Citation>>): void {
  for (const [key, { url, quote, checked }] of Object.entries(citations)) {
    assert.match(new URL(url).hostname, /(^|\.)(aws\.amazon\.com|amazonaws\.cn)$/, `${key} is a page of AWS`);
    assert.match(quote ?? '', /^\S.{15,}\S$/s, `${key} quotes it`);
    assert.match(checked, /^2\d{3}-\d\d-\d\d$/, `${key} says when`);
  }
}

function checkClaim(claim: Claim, citations: Readonly<Record<string, Citation>>): void {
  checkSaid(claim, citations);
  assert.ok(claim.text.length <= LONGEST_CLAIM, `${claim.text}: a few words`);
}

function checkSaid(
  { text, cite }: { readonly text: string; readonly cite: readonly string[] },
  citations: Readonly<Record<string, Citation>>,
): void {
  checkText(text);
  assert.ok(cite.length > 0, `${text}: a citation`);
  for (const key of cite) assert.ok(citations[key], `${text}: ${key} is a citation`);
}

function checkText(text: string): void {
  assert.ok(text.length <= LONGEST, `${text}: short`);
  assert.doesNotMatch(text, /[.!]$|\n|\s\s/, `${text}: no full stop, one line`);
}
