/** `explain` for a resource type: who is responsible for what. */
import { flatMap } from '../base/flat-map.ts';
import pico from 'picocolors';
import { ownEntry } from '../base/table.ts';
import { placesOf, type NativePlace } from '../formats/terraform/mapping-places.ts';
import { asMapping, asMappingIndex, rolesOf, type Mapping, type TypeMapping } from '../formats/terraform/mapping.ts';
import { cardOf, composedFor, type CitedCard } from '../hover/composed-card.ts';
import { statedClaims } from '../hover/condition-words.ts';
import { LAYER_NAMES, pageNumber, OWNERS, pagesOf } from '../hover/ownership.ts';
import { isTerraformType } from '../hover/terraform-types.ts';
import { schemaData, schemaNames } from '../host/schema-data.ts';
import { nearestType } from './nearest-type.ts';
import { wrapped } from './terminal-text.ts';
import { UsageError, type World } from './world.ts';

/**
 * The responsibilities for a type of CloudFormation or Terraform; undefined if the name is not that of a type, and a
 * suggestion if it is misspelled.
 */
export function explainType(name: string, world: World): string | undefined {
  const { schemas } = world.program;
  const data = (file: string): unknown => schemaData(schemas, file);
  const nearest = nearestType(name, { data, services: () => schemaNames(schemas, 'ownership') });
  if (nearest !== undefined) throw new UsageError(`Unknown resource type "${name}". Did you mean "${nearest}"?`);
  if (name.startsWith('aws_')) {
    const mapped = mappedTypeOf(name, data);
    if (!mapped) return undefined;
    const { type, nameOf, configures } = mapped;
    const heading = configures === undefined ? name : `${name} (configures ${configures})`;
    return written(heading, cardFor(type, data), world, nameOf);
  }
  if (!/^\w+::\w+(?:::\w+)?$/.test(name)) return undefined;
  return written(name, cardFor(name, data), world);
}

function cardFor(type: string, data: (name: string) => unknown): CitedCard {
  // The data of kinds exists in every installation.
  return cardOf(type, data) ?? composedFor(type, data)!;
}

/** A type of CloudFormation, and the names of its properties in Terraform. */
interface MappedType {
  readonly type: string;
  readonly nameOf: (path: string) => string | undefined;
  /** The Terraform type of the resource, if the type holds only some of its properties. */
  readonly configures?: string;
}

/**
 * The type in CloudFormation of a Terraform type, or the Terraform type itself if only Terraform has it; undefined if
 * it is unknown.
 */
function mappedTypeOf(name: string, data: (name: string) => unknown): MappedType | undefined {
  const files = ownEntry(asMappingIndex(data('mappings/index'))?.types, name) ?? [];
  const mapped = flatMap(files, (file) => rolesIn(asMapping(data(`mappings/${file}`)), name));
  // Another type with the same attributes, or one that holds some properties, is of the same resource.
  const role = mapped.find(({ types }) => types[0] === name) ?? mapped[0];
  if (role) {
    const { type, mapping, types } = role;
    return {
      type,
      nameOf: (path) => nativeName(placesOf(mapping, path, types[0])[0], types.includes(name) ? types[0]! : name),
      ...(types.includes(name) ? {} : { configures: types[0]! }),
    };
  }
  return cardOf(name, data) || isTerraformType(name, data) ? { type: name, nameOf: (path) => path } : undefined;
}

/**
 * The types in CloudFormation that a Terraform type represents, then those that it holds properties of, with the
 * Terraform types that represent them.
 */
function rolesIn(
  mapping: Mapping | undefined,
  name: string,
): readonly { readonly type: string; readonly mapping: TypeMapping; readonly types: readonly string[] }[] {
  if (!mapping) return [];
  const { sources, companions } = rolesOf(mapping, name);
  const role = (type: string, types: readonly string[]) => ({ type, mapping: ownEntry(mapping.types, type)!, types });
  return [
    ...sources.map(({ type, source }) => role(type, source.types)),
    ...companions.map(({ type }) => role(type, ownEntry(mapping.types, type)!.sources[0]?.types ?? [])),
  ].filter(({ types }) => types.length > 0);
}

/** The layers from the ground up. */
const LAYERS = Object.keys(LAYER_NAMES);

/**
 * The name of a property in Terraform: an argument, or another resource with its argument; undefined if Terraform has
 * none.
 */
function nativeName(place: NativePlace | undefined, type: string): string | undefined {
  if (!place) return undefined;
  const path = place.path.replace(/\[\]$/, '');
  const steps = [...(place.nativeType === type ? [] : [place.nativeType]), ...(path === '' ? [] : [path])];
  return steps.length === 0 ? undefined : steps.join('.');
}

function written(
  name: string,
  { card, citations }: CitedCard,
  { display }: World,
  nameOf: (path: string) => string | undefined = (path) => path,
): string {
  const { bold, dim, underline } = pico.createColors(display.color);
  const columns = Math.min(Math.max(display.columns, 40), 100);
  const urls: string[] = [];
  const marks = (cite: readonly string[]): string =>
    pagesOf(cite, citations)
      .map((url) => ` [${pageNumber(urls, url)}]`)
      .join('');
  const item = (text: string): readonly string[] =>
    wrapped(text, columns - 4).map((line, index) => `  ${index === 0 ? '- ' : '  '}${line}`);
  // The last verdict holds with every configuration.
  const verdict = card.verdict.at(-1)!;
  const sentence = `${verdict.text.charAt(0).toUpperCase()}${verdict.text.slice(1)}.${marks(verdict.cite)}`;
  const claims = statedClaims(card.claims, (path) => nameOf(path) ?? path);
  const body = flatMap(OWNERS, ([owner, heading]) => {
    const own = claims
      .filter((claim) => claim.owner === owner)
      .toSorted((a, b) => LAYERS.indexOf(a.layer) - LAYERS.indexOf(b.layer));
    return own.length === 0
      ? []
      : [
          bold(heading),
          ...flatMap(own, ({ layer, text, cite, settings }) =>
            item(`${LAYER_NAMES[layer]}: ${text}${settings === undefined ? '' : `, if ${settings}`}${marks(cite)}`),
          ),
          '',
        ];
  });
  const properties = flatMap(Object.entries(card.properties), ([path, property]) => {
    const { text, cite } = property.verdict.at(-1)!;
    const named = nameOf(path);
    return named === undefined ? [] : item(`${named}: ${text}${marks(cite)}`);
  });
  return [
    bold(underline(name)),
    ...wrapped(sentence, columns),
    '',
    ...body,
    ...(properties.length > 0 ? [bold('Properties'), ...properties, ''] : []),
    ...(urls.length > 0 ? [bold('Sources')] : []),
    ...urls.map((url, index) => `  ${dim(`[${index + 1}] ${url}`)}`),
    '',
  ].join('\n');
}
