/** `explain` for a resource type: who is responsible for what. */
import pico from 'picocolors';
import { ownEntry } from '../base/table.ts';
import { cardOf, composedFor, type CitedCard } from '../hover/composed-card.ts';
import { LAYER_NAMES, numberOf, OWNERS, pagesOf } from '../hover/ownership.ts';
import { schemaData, schemaNames } from '../host/schema-data.ts';
import { nearestType } from './nearest-type.ts';
import { wrapped } from './terminal-text.ts';
import { UsageError, type World } from './world.ts';

/** The responsibilities for a type of CloudFormation or Terraform; undefined if the name is not that of a type, and a suggestion if it is misspelled. */
export function explainType(name: string, world: World): string | undefined {
  const { schemas } = world.program;
  const data = (file: string): unknown => schemaData(schemas, file);
  const nearest = nearestType(name, { data, services: () => schemaNames(schemas, 'ownership') });
  if (nearest !== undefined) throw new UsageError(`Unknown resource type "${name}". Did you mean "${nearest}"?`);
  if (name.startsWith('aws_')) {
    const type = cloudFormationTypeOf(name, data);
    return type === undefined ? undefined : written(name, cardFor(type, data), world);
  }
  if (!/^\w+::\w+(?:::\w+)?$/.test(name)) return undefined;
  return written(name, cardFor(name, data), world);
}

function cardFor(type: string, data: (name: string) => unknown): CitedCard {
  // The data of kinds exists in every installation.
  return cardOf(type, data) ?? composedFor(type, data)!;
}

interface MappingIndex {
  readonly types: Readonly<Record<string, readonly string[]>>;
}

interface MappingFile {
  readonly types: Readonly<Record<string, { readonly sources: readonly { readonly types: readonly string[] }[] }>>;
}

/** The type in CloudFormation of a Terraform type, or the Terraform type itself if only Terraform has it; undefined if it is unknown. */
function cloudFormationTypeOf(name: string, data: (name: string) => unknown): string | undefined {
  const index = data('mappings/index') as MappingIndex | null;
  const files = ownEntry(index?.types, name);
  const mapped = files?.flatMap((file) =>
    Object.entries((data(`mappings/${file}`) as MappingFile | null)?.types ?? {}).flatMap(([type, { sources }]) =>
      sources.some(({ types }) => types[0] === name) ? [type] : [],
    ),
  );
  return mapped?.[0] ?? (cardOf(name, data) ? name : undefined);
}

function written(name: string, { card, citations }: CitedCard, { look }: World): string {
  const { bold, dim, underline } = pico.createColors(look.colour);
  const columns = Math.min(Math.max(look.columns, 40), 100);
  const urls: string[] = [];
  const marks = (cite: readonly string[]): string =>
    pagesOf(cite, citations)
      .map((url) => ` [${numberOf(urls, url)}]`)
      .join('');
  const item = (text: string): readonly string[] =>
    wrapped(text, columns - 4).map((line, index) => `  ${index === 0 ? '- ' : '  '}${line}`);
  // The last verdict holds with every configuration.
  const verdict = card.verdict.at(-1)!;
  const said = `${verdict.text.charAt(0).toUpperCase()}${verdict.text.slice(1)}.${marks(verdict.cite)}`;
  const body = OWNERS.flatMap(([owner, heading]) => {
    const own = card.claims.filter((claim) => claim.owner === owner);
    return own.length === 0
      ? []
      : [
          bold(heading),
          ...own.flatMap(({ layer, text, cite, when }) =>
            item(`${LAYER_NAMES[layer]}: ${text}${when ? ' (with some settings)' : ''}${marks(cite)}`),
          ),
          '',
        ];
  });
  const properties = Object.entries(card.properties).flatMap(([path, property]) => {
    const { text, cite } = property.verdict.at(-1)!;
    return item(`${path}: ${text}${marks(cite)}`);
  });
  return [
    bold(underline(name)),
    ...wrapped(said, columns),
    '',
    ...body,
    ...(properties.length > 0 ? [bold('Properties'), ...properties, ''] : []),
    ...(urls.length > 0 ? [bold('Sources')] : []),
    ...urls.map((url, index) => `  ${dim(`[${index + 1}] ${url}`)}`),
    '',
  ].join('\n');
}
