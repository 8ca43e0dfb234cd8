/**
 * Creates a rule: `npm run new-rule TYPE PATH [ID]`. Writes the rule in the form that fits the property, and its
 * fixture; both compile and run. Their tests fail and name each missing fact.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { didYouMean } from '../server/src/config/nearest-name.ts';
import type { Mapping } from '../server/src/formats/terraform/mapping.ts';
import { placesOf } from '../server/src/formats/terraform/mapping-places.ts';
import { serviceOf, type ServiceOwnership } from '../server/src/hover/ownership.ts';
import { RESOURCE_PATHS, resourcePaths } from './resource-paths.ts';
import { fixtureText, formOf, ruleText, type RuleOrigin, type Subject } from './rule-skeleton.ts';
import { IDS_FILE, INDEX_FILE, ruleIdList, ruleIndex, rulePaths } from './rule-index.ts';
import {
  nestedOf,
  nodeAt,
  pathsOf,
  propertyAt,
  type Property,
  type ProviderSchema,
  type TypeSchema,
} from './schemas/read.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const USAGE =
  'npm run new-rule TYPE PATH [ID], such as\n  npm run new-rule AWS::Logs::LogGroup DeletionProtectionEnabled cloudwatch-log-group-deletion-protection';

/** The maximum depth of suggested properties. */
const DEPTH = 3;

/** A usage error with a message for users. */
class UsageError extends Error {}

export interface NewRule {
  /** The files to write, by path in the repository. */
  readonly files: ReadonlyMap<string, string>;
  /** The remaining steps, one per line. */
  readonly steps: string;
}

/** A new rule and its fixture. `root` is the repository, or a copy of its folders. Throws `UsageError`. */
export function newRule([type, property, id, ...rest]: readonly string[], root: string = ROOT): NewRule {
  if (type === undefined || property === undefined || rest.length > 0)
    throw new UsageError(`Expected the CloudFormation type and the path of the property: ${USAGE}`);
  const service = folderOf(type, root);
  const subject = subjectOf(id ?? idFor(service, type, property), type, property);
  checkId(subject.id, root);
  const rule = `server/src/rules/${service}/${subject.id}.ts`;
  const fixture = `test/rules/${service}/${subject.id}.fixture`;
  return {
    files: new Map([
      [rule, ruleText(subject, occasion())],
      [fixture, fixtureText(subject)],
    ]),
    steps: stepsFor(subject, rule, fixture),
  };
}

function occasion(): RuleOrigin {
  const { version } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { readonly version: string };
  return { since: version.split('.').slice(0, 2).join('.'), accessed: new Date().toISOString().slice(0, 10) };
}

/** Folders of rules about many services. */
const ACROSS_SERVICES: ReadonlySet<string> = new Set(['forms', 'iam', 'secrets']);

/** The folder of the rules of a service: the one with rules for its types, else one with the name of the service. */
function folderOf(type: string, root: string): string {
  const namespace = type.split('::').slice(0, 2).join('::');
  const folders = readdirSync(`${root}/server/src/rules`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const ruleCount = (folder: string): number =>
    readdirSync(`${root}/server/src/rules/${folder}`, { recursive: true, encoding: 'utf8' }).filter(
      (file) =>
        file.endsWith('.ts') &&
        readFileSync(`${root}/server/src/rules/${folder}/${file}`, 'utf8').includes(`'${type}'`),
    ).length;
  const own = type.split('::')[1]?.toLowerCase() ?? '';
  const [best] = folders
    .filter((folder) => !ACROSS_SERVICES.has(folder))
    .map((folder) => ({ folder, count: ruleCount(folder) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  if (folders.includes(own) || !namespace.startsWith('AWS::')) return own;
  return best?.folder ?? own;
}

/** An id from the type and the last name of the path: `logs-log-group-deletion-protection-enabled`. */
function idFor(service: string, type: string, property: string): string {
  const words = [type.split('::')[2] ?? '', property.slice(property.lastIndexOf('.') + 1).replace('[]', '')].map(
    (name) =>
      name
        .replace(/([a-z\d])([A-Z])/g, '$1-$2')
        .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
        .toLowerCase(),
  );
  return [service, ...words].join('-');
}

function checkId(id: string, root: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id))
    throw new UsageError(
      `${id} is not a rule id. Use lower-case words with hyphens, the service first, such as s3-bucket-versioning.`,
    );
  const taken = readdirSync(`${root}/server/src/rules`, { recursive: true, encoding: 'utf8' }).find((file) =>
    file.endsWith(`/${id}.ts`),
  );
  if (taken !== undefined) throw new UsageError(`The rule ${id} exists already: server/src/rules/${taken}`);
}

function subjectOf(id: string, type: string, property: string): Subject {
  const service = type.split('::')[1]?.toLowerCase() ?? '';
  const types = dataAt<{ types: Record<string, TypeSchema> }>(`cloudformation/${service}`)?.types ?? {};
  const schema = types[type];
  if (!schema) throw new UsageError(`CloudFormation has no type ${type}.${didYouMean(type, Object.keys(types))}`);
  const found = propertyAt(schema, property);
  if (!found)
    throw new UsageError(`${type} has no property ${property}.${didYouMean(property, pathsOf(schema, DEPTH))}`);
  return {
    id,
    type,
    property,
    schema: found,
    ...itemOf(schema, property, found),
    native: nativeOf(service, type, property),
  };
}

/** What the items of a list are: values, or objects with one property that holds them. */
function itemOf(schema: TypeSchema, path: string, list: Property): Pick<Subject, 'item' | 'itemValues'> {
  if (!list.type.includes('#')) return { item: undefined, itemValues: list.values };
  const inside = pathsOf(schema, path.split('.').length + 1).filter((one) => one.startsWith(`${path}[].`));
  const item = inside.length === 1 ? inside[0]! : `${path}[].Type`;
  return { item: item.slice(item.lastIndexOf('.') + 1), itemValues: propertyAt(schema, item)?.values };
}

/** Where Terraform has a property: in the resource itself. */
function nativeOf(service: string, type: string, property: string): Subject['native'] {
  const mapping = dataAt<Mapping>(`mappings/${service}`)?.types[type];
  const place = mapping && placesOf(mapping, property).find(({ holder, path }) => !('join' in holder) && path !== '');
  if (!place) return undefined;
  const path = place.path.replace(/\[\]$/, '');
  return { type: place.nativeType, path, planned: plannedPath(place.nativeType, path) };
}

/** The path in a plan, where each block is a list of blocks, unless it is an object. */
function plannedPath(type: string, path: string): string {
  const schema = dataAt<ProviderSchema>(`terraform/${type.split('_')[1]}`) ?? {};
  const body = schema.resources?.[type] ?? {};
  const steps = path.split('.');
  return steps
    .map((step, index) => {
      const node = nodeAt(schema, body, steps.slice(0, index + 1).join('.'));
      const nested = node === undefined ? undefined : nestedOf(schema, node);
      return nested && /^(?:list|set)/.test(nested.nesting) && !step.endsWith('[]') ? `${step}[]` : step;
    })
    .join('.');
}

/** The card that hovers show for the property, if the ownership data lacks it. */
function missingCard({ type, property }: Subject): string | undefined {
  const file = `ownership/${serviceOf(type)}`;
  const card = dataAt<ServiceOwnership>(file)?.types[type];
  const isInCard = (name: string): boolean => property === name || property.startsWith(`${name}.`);
  if (card && Object.keys(card.properties).some((name) => isInCard(name) || name.startsWith(`${property}.`)))
    return undefined;
  return `schemas/${file}.json: add a card for ${card ? `${property} of ` : ''}${type}.`;
}

function dataAt<T>(name: string): T | undefined {
  const file = `${ROOT}schemas/${name}.json`;
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
}

function stepsFor(subject: Subject, rule: string, fixture: string): string {
  const { id, type, native } = subject;
  const service = type.split('::')[1]!.toLowerCase();
  const card = missingCard(subject);
  return [
    `${rule} uses ${formOf(subject)}: complete the empty texts, the correct values, AWS's default, and the sources.`,
    `${fixture}: write a title, and complete the cases.${native ? '' : ` Terraform: schemas/mappings/${service}.json has no mapping for this property.`}`,
    `npm run accept -- ${id} writes the markers of the fixture. Review them.`,
    ...(card === undefined ? [] : [card]),
    `npm run generate, then npm run test:rule -- ${id} names missing facts. See CONTRIBUTING.md.`,
  ]
    .map((step, index) => `${index + 1}. ${step}`)
    .join('\n');
}

if (import.meta.filename === process.argv[1]) {
  try {
    const { files, steps } = newRule(process.argv.slice(2));
    for (const [path, text] of files) {
      mkdirSync(dirname(ROOT + path), { recursive: true });
      // Existing files are not overwritten.
      writeFileSync(ROOT + path, text, { flag: 'wx' });
      console.log(`wrote ${path}`);
    }
    // So that the rule compiles and its fixture can be accepted.
    writeFileSync(INDEX_FILE, ruleIndex(rulePaths()));
    writeFileSync(IDS_FILE, ruleIdList(rulePaths()));
    writeFileSync(ROOT + RESOURCE_PATHS, resourcePaths());
    console.log(`\n${steps}`);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
