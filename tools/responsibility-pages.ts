/**
 * The pages about shared responsibility, `docs/shared-responsibility/`: one for each service, from
 * `schemas/ownership/`, and a list of all. They have what hovers show apart from a document, and the rules that read
 * the properties of the service.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addTo, groupedBy } from '../server/src/base/groups.ts';
import { once } from '../server/src/base/once.ts';
import { capital, some } from '../server/src/base/words.ts';
import type { Mapping } from '../server/src/formats/terraform/mapping.ts';
import { cardOf, composedFor, type CitedCard, type DataOf } from '../server/src/hover/composed-card.ts';
import { statedClaims } from '../server/src/hover/condition-words.ts';
import type { CitedProperty } from '../server/src/hover/composed-property.ts';
import {
  LAYER_NAMES,
  OWNERS,
  type Claim,
  type ResourceKind,
  type Owner,
  type ServiceOwnership,
} from '../server/src/hover/ownership.ts';
import { schemaData } from '../server/src/host/schema-data.ts';
import { factsAbout, terraformTypes } from '../server/src/hover/terraform-types.ts';
import { documentedProperty, propertyPaths } from '../server/src/hover/property.ts';
import { readProperties } from '../server/src/hover/read-properties.ts';
import { RULES } from '../server/src/rules/index.ts';
import type { AnyRule } from '../server/src/rules/rule.ts';
import { SCHEMAS } from '../test/kit/memory-reader.ts';

export const RESPONSIBILITY_FOLDER = fileURLToPath(new URL('../docs/shared-responsibility/', import.meta.url));

/** The page about the types that only Terraform has. */
const TERRAFORM_PAGE = 'terraform.md';

/** The kinds in the order of the pages, with their headings. */
const KINDS: Readonly<Record<ResourceKind, string>> = {
  'guest-compute': 'Virtual machines',
  container: 'Containers',
  'managed-compute': 'Code and jobs',
  'data-store': 'Data stores',
  endpoint: 'Endpoints',
  network: 'Network',
  identity: 'Identity and access',
  keys: 'Keys, certificates and secrets',
  control: 'Monitoring, backup and governance',
  plumbing: 'Configuration and connections',
  managed: 'Types that only Terraform has',
  'custom-resource': 'Custom resources',
  'third-party': 'Types of other vendors',
  module: 'Modules',
  unknown: 'Other types',
};

/** The maximum number of types that a claim names. */
const MOST_TYPES = 4;

const data: DataOf = (name) => schemaData(SCHEMAS, name) ?? undefined;

interface TypeEntry {
  readonly type: string;
  readonly kind: ResourceKind;
  readonly card: CitedCard;
}

/** A service, or all types that only Terraform has. */
interface Subject {
  readonly file: string;
  readonly name: string;
  readonly intro: string;
  readonly types: readonly TypeEntry[];
}

/** The text of each page by its file name. `note` states that the page is generated. */
export function responsibilityPages(note: string): ReadonlyMap<string, string> {
  const all = subjects();
  return new Map([
    ['README.md', `${note}\n${listOf(all)}`],
    ...all.map((subject) => [subject.file, `${note}\n${pageOf(subject)}`] as const),
  ]);
}

function subjects(): readonly Subject[] {
  const files = readdirSync(`${SCHEMAS}/ownership`)
    .map((file) => file.replace('.json', ''))
    .filter((name) => name !== 'kinds')
    .map((file) => ({ file, ownership: data(`ownership/${file}`) as ServiceOwnership }));
  const entry = (type: string): TypeEntry => ({
    type,
    kind: factsAbout(type, data).kind,
    card: cardOf(type, data) ?? composedFor(type, data)!,
  });
  const withCards = files.flatMap(({ ownership }) =>
    Object.keys(ownership.types).filter((type) => !type.includes('::')),
  );
  // Those with a counterpart are named beside it.
  const others = groupedBy(
    terraformTypes(data).filter((type) => factsAbout(type, data).type === type),
    (type) => factsAbout(type, data).ownership,
  );
  const services = files.flatMap(({ file, ownership }): readonly Subject[] => {
    const { service } = ownership;
    if (!service) return [];
    const own = Object.keys(service.kinds);
    const terraform = others.get(ownership) ?? [];
    const intro = `${introOf(own.length, terraform.length, service.name)}.`;
    return [{ file: `${file}.md`, name: service.name, intro, types: [...own, ...terraform].map(entry) }];
  });
  const onlyTerraform = [
    ...withCards,
    ...[...others].flatMap(([ownership, types]) => (ownership?.service ? [] : types)),
  ].map(entry);
  return [
    ...services.toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    {
      file: TERRAFORM_PAGE,
      name: 'Types that only Terraform has',
      intro: 'Resource types of Terraform without a corresponding type in CloudFormation.',
      types: onlyTerraform.toSorted((a, b) => a.type.localeCompare(b.type, 'en')),
    },
  ];
}

/** `The 3 resource types of Amazon SQS in CloudFormation, and one that only Terraform has`. */
function introOf(own: number, terraform: number, name: string): string {
  const types = own === 1 ? 'The resource type' : `The ${own} resource types`;
  const others = terraform === 1 ? 'one that only Terraform has' : `${terraform} that only Terraform has`;
  if (own === 0) return `Resource types of ${name} that only Terraform has`;
  return `${types} of ${name} in CloudFormation${terraform > 0 ? `, and ${others}` : ''}`;
}

function listOf(all: readonly Subject[]): string {
  const rows = all.map(({ file, name, types }) => {
    const kinds = kindsIn(types).map(([kind]) => KINDS[kind].toLowerCase());
    return `| [${cell(name)}](${file}) | ${types.length} | ${kinds.join('; ')} |`;
  });
  return [
    '# Shared responsibility by service',
    '',
    "Each page has AWS's responsibility and yours by layer, the resource types, their security-relevant properties, the rules that check them, and the sources. [Shared responsibility](../ownership.md) describes the model and the hovers with the same texts.",
    '',
    '| service | resource types | kinds |',
    '| --- | --: | --- |',
    ...rows,
    '',
  ].join('\n');
}

function pageOf({ name, intro, types }: Subject): string {
  const sources = new Sources();
  // In the order of the page, because each numbers its sources.
  const claims = OWNERS.flatMap(([owner, heading]) => claimSection(owner, heading, types, sources.marks));
  const kinds = typeSection(types, sources.marks);
  const properties = types.flatMap((entry) => propertySection(entry, sources.marks));
  const rules = RULES.filter(
    (rule) => rule.on === 'resource' && types.some(({ type }) => Object.hasOwn(rule.reads, type)),
  );
  return [
    `# ${name}: shared responsibility`,
    '',
    `${intro} [All services](README.md) · [How to read this page](../ownership.md)`,
    '',
    ...claims,
    ...kinds,
    ...(properties.length > 0 ? ['## Properties', '', ...properties] : []),
    ...(rules.length > 0 ? ['## Rules', '', ...rules.map((rule) => `- ${linkTo(rule)}: ${cell(rule.title)}`), ''] : []),
    ...sources.section(),
  ].join('\n');
}

/** Numbers the pages that a page cites. */
class Sources {
  readonly #pages = new Map<string, string>();

  /** The marks of some pages of a card, by the keys of its citations. */
  readonly marks = (cite: readonly string[], { citations }: Pick<CitedProperty, 'citations'>): string => {
    const urls = [...new Set(cite.map((key) => citations[key]!).map(({ url, checked }) => this.#add(url, checked)))];
    return urls.map((number) => ` [\\[${number}\\]](#sources)`).join('');
  };

  #add(url: string, checked: string): number {
    const before = this.#pages.get(url);
    // The latest day counts.
    if (before === undefined || before < checked) this.#pages.set(url, checked);
    return [...this.#pages.keys()].indexOf(url) + 1;
  }

  section(): readonly string[] {
    const lines = [...this.#pages].map(
      ([url, checked], index) => `${index + 1}. <${url}>${checked === '' ? '' : ` (accessed ${checked})`}`,
    );
    return lines.length === 0 ? [] : ['## Sources', '', ...lines, ''];
  }
}

type Marks = Sources['marks'];

/** The settings of a claim about several types, whose properties have different names. */
const SOME_SETTINGS = 'with some settings';

/** The claims about a party by layer, each with the types that it is about if these are not all. */
function claimSection(owner: Owner, heading: string, types: readonly TypeEntry[], marks: Marks): readonly string[] {
  const found = new Map<
    string,
    { claim: Claim; of: CitedCard; settings: string | undefined; readonly types: Set<string> }
  >();
  for (const { type, card } of types)
    for (const claim of statedClaims(card.card.claims)) {
      if (claim.owner !== owner) continue;
      const key = [claim.layer, claim.text].join(' ');
      const before = found.get(key);
      const { settings } = claim;
      if (before) {
        before.types.add(type);
        before.settings = before.settings === undefined || settings === undefined ? undefined : SOME_SETTINGS;
      } else found.set(key, { claim, of: card, settings: settings && `if ${settings}`, types: new Set([type]) });
    }
  if (found.size === 0) return [];
  const byLayer = groupedBy(found.values(), ({ claim }) => claim.layer);
  const layers = (Object.keys(LAYER_NAMES) as Claim['layer'][]).filter((layer) => byLayer.has(layer));
  return [
    `## ${heading}`,
    '',
    '| layer | responsibility |',
    '| --- | --- |',
    ...layers.map((layer) => {
      const items = byLayer.get(layer)!.map(({ claim, of, settings, types: about }) => {
        const notes = [
          ...(about.size < types.length ? [some([...about].map(shortName), MOST_TYPES)] : []),
          ...(settings === undefined ? [] : [cell(settings)]),
        ];
        const note = notes.length > 0 ? ` (${notes.join('; ')})` : '';
        return `${cell(claim.text)}${note}${marks(claim.cite, of)}`;
      });
      return `| ${LAYER_NAMES[layer]} | ${items.join('<br>')} |`;
    }),
    '',
  ];
}

/** The name of a type on the page of its service. */
function shortName(type: string): string {
  return `\`${type.split('::').at(-1)!}\``;
}

function kindsIn(types: readonly TypeEntry[]): readonly (readonly [ResourceKind, readonly TypeEntry[]])[] {
  const byKind = groupedBy(types, ({ kind }) => kind);
  return (Object.keys(KINDS) as ResourceKind[])
    .filter((kind) => byKind.has(kind))
    .map((kind) => [kind, byKind.get(kind)!]);
}

function typeSection(types: readonly TypeEntry[], marks: Marks): readonly string[] {
  return [
    '## Resource types',
    '',
    ...kindsIn(types).flatMap(([kind, own]) => [
      `### ${KINDS[kind]}`,
      '',
      '| type | responsibilities |',
      '| --- | --- |',
      ...own.map(({ type, card }) => {
        // The last verdict has no conditions.
        const { text, cite } = card.card.verdict.at(-1)!;
        return `| ${typeNames(type)} | ${capital(cell(text))}${marks(cite, card)} |`;
      }),
      '',
    ]),
  ];
}

/** A type with the types of Terraform that correspond to it. */
function typeNames(type: string): string {
  const terraform = terraformTypesOf().get(type) ?? [];
  return [type, ...terraform.filter((other) => other !== type)].map((each) => `\`${each}\``).join('<br>');
}

/** The types of Terraform that each canonical type represents. */
const terraformTypesOf = once(counterparts);

function counterparts(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const file of readdirSync(`${SCHEMAS}/mappings`).map((name) => name.replace('.json', ''))) {
    if (file === 'index') continue;
    for (const [type, { sources }] of Object.entries((data(`mappings/${file}`) as Mapping).types))
      for (const name of new Set(sources.flatMap(({ types }) => types))) addTo(found, type, name);
  }
  for (const name of terraformTypes(data)) {
    const { type } = factsAbout(name, data);
    if (type !== name && !found.get(type)?.includes(name)) addTo(found, type, name);
  }
  return found;
}

/** The properties of a type, with their sentences and the rules that read them. */
function propertySection({ type, card }: TypeEntry, marks: Marks): readonly string[] {
  const own = cardOf(type, data);
  const paths = propertyPaths(type, own);
  if (paths.length === 0) return [];
  const rules = readProperties(type);
  return [
    `### \`${type}\``,
    '',
    '| property | responsibility | rules |',
    '| --- | --- | --- |',
    ...paths.map((path) => {
      const property = documentedProperty(type, path, own ?? card, data);
      const { text, cite } = property.card.verdict.at(-1)!;
      const remarks = property.card.remarks
        .filter(({ when }) => !when)
        .map((remark) => `<br>**${cell(remark.label)}:** ${cell(remark.text)}${marks(remark.cite, property)}`);
      const links = (rules.get(path) ?? []).map(linkTo).join('<br>');
      return `| \`${path}\` | ${capital(cell(text))}${marks(cite, property)}${remarks.join('')} | ${links} |`;
    }),
    '',
  ];
}

function linkTo({ id }: AnyRule): string {
  return `[${id}](../rules/${id}.md)`;
}

/** Text in a table. */
function cell(text: string): string {
  return text.replaceAll(/[|<*_`[\]]/g, '\\$&');
}
