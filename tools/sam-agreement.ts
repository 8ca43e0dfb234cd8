/**
 * Whether a SAM template is read like its transformation by AWS: compares the resources and the findings of SAM
 * templates with those of their translations. `npx tsx tools/sam-agreement.ts SAM_DIR TRANSLATED_DIR`
 *
 * A template and its translation have the same name up to the first dot. The inputs and outputs of the tests of AWS's
 * own transform are such folders: https://github.com/aws/serverless-application-model/tree/develop/tests/translator
 *
 * Prints each kind of difference, with the reason if it is one that is meant. Fails when a difference has no reason, or
 * a finding is in one form alone.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_CONFIGURATION } from '../server/src/config/configuration.ts';
import { check } from '../server/src/engine/check.ts';
import { inspect } from '../server/src/engine/inspect.ts';
import { ParseCache } from '../server/src/engine/parse-cache.ts';
import { collect } from '../server/src/engine/run.ts';
import type { Resource, Stack } from '../server/src/model/resource.ts';
import type { Value } from '../server/src/model/value.ts';
import { serviceActions, type ServiceData } from '../server/src/policy/data/service-actions.ts';
import { RULES } from '../server/src/rules/index.ts';
import { memoryReader } from '../test/kit/memory-reader.ts';
import { canonicalType } from '../test/schemas/data.ts';
import { differences, whenText, type Difference } from './sam-agreement/differences.ts';
import { reasonOf } from './sam-agreement/reasons.ts';

const [samFolder, translatedFolder] = process.argv.slice(2);
if (samFolder === undefined || translatedFolder === undefined)
  throw new Error('Name the folder of the templates and that of their translations.');

const reader = memoryReader(new Map());
const seen = new Map<
  string,
  { count: number; readonly names: Set<string>; readonly example: Difference; readonly reason: string | undefined }
>();
const findings = new Map<string, string[]>();
let same = 0;
const pairs = readdirSync(samFolder)
  .filter((file) => /\.ya?ml$/.test(file))
  .flatMap((file) => {
    const translated = readdirSync(translatedFolder).find(
      (other) => other.endsWith('.json') && stemOf(other) === stemOf(file),
    );
    return translated === undefined
      ? []
      : [{ name: stemOf(file), sam: join(samFolder, file), translated: join(translatedFolder, translated) }];
  });
for (const { name, sam, translated } of pairs) compare(name, stackOf('t.yaml', sam), stackOf('t.json', translated));
print();

function stemOf(file: string): string {
  return file.slice(0, file.indexOf('.'));
}

function stackOf(name: string, path: string): Stack {
  const doc = `file:///${name}`;
  const cache = new ParseCache();
  const options = { configuration: DEFAULT_CONFIGURATION };
  const inspected = inspect(
    collect(memoryReader(new Map([[doc, readFileSync(path, 'utf8')]])), [doc], options, cache),
    doc,
    options,
    cache,
  );
  if (!inspected) throw new Error(`${path} is not a template.`);
  return inspected.stack;
}

function compare(name: string, sam: Stack, translated: Stack): void {
  const ours = byId(sam);
  const theirs = byId(translated);
  paired(ours, theirs);
  const found: Difference[] = [];
  if (!sam.closed && translated.closed) found.push({ kind: 'open', type: '', path: '', ours: '', theirs: '' });
  for (const [id, other] of theirs) {
    const own = ours.get(id);
    if (own?.type !== other.type)
      found.push({ kind: 'lacking', type: other.type, path: '', ours: own?.type ?? '', theirs: id });
    else found.push(...resourceDifferences(own, other));
  }
  for (const [id, own] of ours)
    if (!theirs.has(id)) found.push({ kind: 'added', type: own.type, path: '', ours: id, theirs: '' });
  if (found.length === 0) same++;
  for (const one of found) {
    const key = `${one.kind} ${one.type} ${one.path}`;
    const held = seen.get(key);
    if (held) held.count++;
    else seen.set(key, { count: 1, names: new Set(), example: one, reason: reasonOf(one, name) });
    seen.get(key)!.names.add(name);
  }
  const [here, there] = [described(sam), described(translated)];
  const alone = [
    ...[...here].filter((one) => !there.has(one)).map((one) => `in SAM alone: ${one}`),
    ...[...there].filter((one) => !here.has(one)).map((one) => `in the translation alone: ${one}`),
  ];
  if (alone.length > 0) findings.set(name, alone);
}

/** The resources by logical id, without the hash that the transform gives some ids, and without what is never there. */
function byId({ resources }: Stack): Map<string, Resource> {
  return new Map(resources.filter(({ when }) => !when.no.isAlways()).map((resource) => [idOf(resource), resource]));
}

function idOf({ family }: Resource): string {
  return family.replace(/^(.*?)[0-9a-f]{10}$/, '$1');
}

/** Resources that the transform names after what they are for are the same in both forms, in their order. */
function paired(ours: ReadonlyMap<string, Resource>, theirs: Map<string, Resource>): void {
  for (const type of [
    'AWS::ApiGateway::DomainName',
    'AWS::ApiGateway::DomainNameV2',
    'AWS::ApiGatewayV2::DomainName',
  ]) {
    const without = (some: ReadonlyMap<string, Resource>, others: ReadonlyMap<string, Resource>): readonly string[] =>
      [...some].filter(([id, one]) => one.type === type && !others.has(id)).map(([id]) => id);
    const [own, other] = [without(ours, theirs), without(theirs, ours)];
    other.forEach((id, index) => {
      if (own[index] === undefined) return;
      theirs.set(own[index], theirs.get(id)!);
      theirs.delete(id);
    });
  }
}

function resourceDifferences(own: Resource, other: Resource): readonly Difference[] {
  const { type } = own;
  const properties = canonicalType(type)?.properties ?? {};
  const scenario: readonly Difference[] =
    whenText(own.when.yes) === whenText(other.when.yes)
      ? []
      : [{ kind: 'scenario', type, path: '', ours: whenText(own.when.yes), theirs: whenText(other.when.yes) }];
  return [
    ...scenario,
    ...Object.keys(properties).flatMap((name) => differences(type, name, own.get(name), other.get(name))),
  ];
}

/** What rules say: of which resource, and how sure they are. */
function described(stack: Stack): ReadonlySet<string> {
  const actions = (prefix: string) => {
    const data = reader.data(`iam/services/${prefix}`);
    return data ? serviceActions(prefix, data as ServiceData) : undefined;
  };
  const places = {
    mark: (leaf: Value) => leaf.origin.use,
    pathOf: () => '',
    partAt: () => undefined,
    sourceAt: () => undefined,
    overlapsParts: () => false,
  };
  const { drafts } = check(stack, RULES, { configuration: DEFAULT_CONFIGURATION, places, actions, iam: undefined });
  return new Set(
    drafts.map(({ rule, subject, certainty }) => `${rule} of ${subject ? idOf(subject) : 'all'}, ${certainty}`),
  );
}

function print(): void {
  const all = [...seen.values()].sort((a, b) => b.count - a.count);
  const explained = all.filter(({ reason }) => reason !== undefined);
  const others = all.filter(({ reason }) => reason === undefined);
  process.stdout.write(
    `${pairs.length} pairs, ${same} of them read alike; ${findings.size} with findings in one form alone\n`,
  );
  for (const [name, lines] of findings) for (const line of lines) process.stdout.write(`  ${name}: ${line}\n`);
  for (const reason of new Set(explained.map((one) => one.reason!))) {
    const of = explained.filter((one) => one.reason === reason);
    const names = new Set(of.flatMap((one) => [...one.names]));
    process.stdout.write(
      `${String(of.reduce((sum, { count }) => sum + count, 0)).padStart(5)} in ${names.size} pairs: ${reason}\n`,
    );
  }
  for (const {
    count,
    names,
    example: { kind, type, path, ours, theirs },
  } of others) {
    process.stdout.write(
      `${String(count).padStart(5)} without a reason: ${kind} ${type} ${path} in ${[...names].slice(0, 3).join(', ')}\n      ours   ${ours.slice(0, 300)}\n      theirs ${theirs.slice(0, 300)}\n`,
    );
  }
  if (others.length > 0 || findings.size > 0) process.exitCode = 1;
}
