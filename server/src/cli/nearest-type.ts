/** Suggestions for misspelled resource types. */
import { flatMap } from '../base/flat-map.ts';
import { ownEntry } from '../base/table.ts';
import { nearestName } from '../config/nearest-name.ts';
import { cardOf, type DataOf } from '../hover/composed-card.ts';
import { serviceOf, type ServiceOwnership } from '../hover/ownership.ts';
import { isTerraformType as hasKind, terraformTypes as typesWithKinds } from '../hover/terraform-types.ts';

/** What is known of resource types. */
export interface KnownTypes {
  readonly data: DataOf;
  /** The names of the files of `schemas/ownership/`. */
  readonly services: () => readonly string[];
}

/** The known AWS resource type that is nearest to a misspelled one; undefined if none is near, or the type is known. */
export function nearestType(name: string, known: KnownTypes): string | undefined {
  if (name.startsWith('aws_'))
    return isTerraformType(name, known) ? undefined : nearestName(name, terraformTypes(known));
  if (!/^(?:aws|alexa)::\w+::\w+$/i.test(name)) return undefined;
  const own = typesOf(serviceOf(name), known);
  if (own.includes(name)) return undefined;
  const service = own.length > 0 ? serviceOf(name) : nearestName(serviceOf(name), known.services());
  const types = service === undefined ? [] : typesOf(service, known);
  // The resource is compared without the service, with which different ones would be near.
  const resource = nearestName(lastWord(name), types.map(lastWord));
  return types.find((type) => lastWord(type) === resource);
}

function typesOf(service: string, { data }: KnownTypes): readonly string[] {
  const ownership = data(`ownership/${service}`) as ServiceOwnership | null | undefined;
  return Object.keys(ownership?.service?.kinds ?? {});
}

function lastWord(type: string): string {
  return type.split('::').at(-1)!;
}

function isTerraformType(name: string, { data }: KnownTypes): boolean {
  return ownEntry(mappedTypes(data), name) !== undefined || cardOf(name, data) !== undefined || hasKind(name, data);
}

/** The types of Terraform that have a type in CloudFormation. */
function mappedTypes(data: DataOf): Readonly<Record<string, unknown>> {
  return (
    (data('mappings/index') as { readonly types: Readonly<Record<string, unknown>> } | null | undefined)?.types ?? {}
  );
}

/** The types of Terraform with a card. */
function terraformTypes({ data, services }: KnownTypes): readonly string[] {
  const own = flatMap(services(), (service) => {
    const ownership = data(`ownership/${service}`) as ServiceOwnership | null | undefined;
    return Object.keys(ownership?.types ?? {}).filter((type) => type.startsWith('aws_'));
  });
  return [...new Set([...Object.keys(mappedTypes(data)), ...own, ...typesWithKinds(data)])];
}
