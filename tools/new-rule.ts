/**
 * Begins a rule: `npm run new-rule SERVICE ID TYPE PROPERTY`. Writes the rule and its fixture, which compile and run; their
 * tests fail and name each fact that is still empty.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { didYouMean } from '../server/src/config/nearest-name.ts';
import type { Mapping } from '../server/src/formats/terraform/mapping.ts';
import { placesOf } from '../server/src/formats/terraform/mapping-places.ts';
import { fixtureText, ruleText, type Subject } from './rule-skeleton.ts';
import { pathsOf, propertyAt, type TypeSchema } from './schemas/read.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const USAGE = 'npm run new-rule SERVICE ID TYPE PROPERTY, such as\n  npm run new-rule cloudwatch cloudwatch-log-group-deletion-protection AWS::Logs::LogGroup DeletionProtectionEnabled';

/** How deep properties are suggested. */
const DEPTH = 3;

/** A mistake in how the scaffold was asked for. Its message is for people. */
class Misasked extends Error {}

export interface NewRule {
  /** The texts to write, by their paths in the repository. */
  readonly files: ReadonlyMap<string, string>;
  /** What is left to do, one step a line. */
  readonly steps: string;
}

/** A new rule and its fixture. `root` is where the repository is, or a copy of its folders. Throws `Misasked`. */
export function newRule([service, id, type, property, ...rest]: readonly string[], root: string = ROOT): NewRule {
  if (service === undefined || id === undefined || rest.length > 0) throw new Misasked(`Say what the rule is about: ${USAGE}`);
  checkId(id, root);
  checkService(service, root);
  if (type === undefined || property === undefined) throw new Misasked(`Say the type and the property that the rule is about, in CloudFormation's words: ${USAGE}`);
  const subject = subjectOf(id, type, property);
  const rule = `server/src/rules/${service}/${id}.ts`;
  const fixture = `test/rules/${service}/${id}.fixture`;
  return { files: new Map([[rule, ruleText(subject)], [fixture, fixtureText(subject)]]), steps: stepsFor(subject, rule, fixture) };
}

function checkId(id: string, root: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) throw new Misasked(`${id} is no id: small words with hyphens between, the service first, such as s3-bucket-versioning`);
  const taken = readdirSync(`${root}/server/src/rules`, { recursive: true, encoding: 'utf8' }).find((file) => file.endsWith(`/${id}.ts`));
  if (taken !== undefined) throw new Misasked(`there is a rule ${id} already: server/src/rules/${taken}`);
}

/** A rule goes into the folder of a service: one that is there, or one that CloudFormation knows. */
function checkService(service: string, root: string): void {
  const folders = readdirSync(`${root}/server/src/rules`, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const known = readdirSync(`${ROOT}schemas/cloudformation`).map((file) => file.replace(/\.json$/, ''));
  if (!folders.includes(service) && !known.includes(service)) {
    throw new Misasked(`${service} is neither a folder of rules nor a service of CloudFormation.${didYouMean(service, [...folders, ...known])} Folders: ${folders.sort().join(', ')}`);
  }
}

function subjectOf(id: string, type: string, property: string): Subject {
  const service = type.split('::')[1]?.toLowerCase() ?? '';
  const types = dataAt<{ types: Record<string, TypeSchema> }>(`cloudformation/${service}`)?.types ?? {};
  const schema = types[type];
  if (!schema) throw new Misasked(`CloudFormation has no type ${type}.${didYouMean(type, Object.keys(types))}`);
  if (property.includes('[]')) throw new Misasked(`${property} is in a list, for which there is no skeleton: see server/src/rules/cloudfront/cloudfront-viewer-https.ts`);
  const found = propertyAt(schema, property);
  if (!found) throw new Misasked(`${type} has no property ${property}.${didYouMean(property, pathsOf(schema, DEPTH))}`);
  return { id, type, property, schema: found, native: nativeOf(service, type, property) };
}

/** Where Terraform has a property: in the resource itself, in blocks that do not repeat. */
function nativeOf(service: string, type: string, property: string): Subject['native'] {
  const mapping = dataAt<Mapping>(`mappings/${service}`)?.types[type];
  const place = mapping && placesOf(mapping, property).find(({ holder, path }) => !('join' in holder) && path !== '' && !path.includes('[]'));
  return place && { type: place.nativeType, path: place.path };
}

function dataAt<T>(name: string): T | undefined {
  const file = `${ROOT}schemas/${name}.json`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as T : undefined;
}

function stepsFor({ id, type, native }: Subject, rule: string, fixture: string): string {
  const service = type.split('::')[1]!.toLowerCase();
  return [
    `1. ${rule}: the empty texts, what is wrong (bad, absence, exempt), the sources that you have read.`,
    `2. ${fixture}: a title, and what else is good, bad and not known.${native ? '' : ` Terraform: no mapping in schemas/mappings/${service}.json leads here.`}`,
    '3. npm run generate',
    `4. npx mocha --grep '${id}|rule metadata' names what is missing. CONTRIBUTING.md says more.`,
  ].join('\n');
}

if (import.meta.filename === process.argv[1]) {
  try {
    const { files, steps } = newRule(process.argv.slice(2));
    for (const [path, text] of files) {
      mkdirSync(dirname(ROOT + path), { recursive: true });
      // Nothing that is there is written over.
      writeFileSync(ROOT + path, text, { flag: 'wx' });
      console.log(`wrote ${path}`);
    }
    console.log(`\n${steps}`);
  } catch (error) {
    if (!(error instanceof Misasked)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
