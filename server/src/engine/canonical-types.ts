/** The resource types of rules that a name refers to, for the search of rules. */
import { flatMap } from '../base/flat-map.ts';
import { ownEntry } from '../base/table.ts';
import type { SamMapping } from '../formats/sam/mapping.ts';
import { asMapping, asMappingIndex } from '../formats/terraform/mapping.ts';

/**
 * The type itself, and the CloudFormation types that a Terraform or SAM type represents; none if the name is not that
 * of a type. The letter case of CloudFormation and SAM types is ignored.
 */
export function canonicalTypes(name: string, data: (file: string) => unknown): readonly string[] {
  if (/^aws::serverless::\w+$/i.test(name)) return [name, ...typesOfSam(name, data)];
  if (/^\w+::\w+::\w+$/.test(name)) return [name];
  if (!/^aws_\w+$/.test(name)) return [];
  const files = ownEntry(asMappingIndex(data('mappings/index'))?.types, name) ?? [];
  const mapped = flatMap(files, (file) =>
    Object.entries(asMapping(data(`mappings/${file}`))?.types ?? {}).filter(([, { sources }]) =>
      sources.some(({ types }) => types.includes(name)),
    ),
  );
  return [name, ...mapped.map(([type]) => type)];
}

/**
 * The types of a service that the SAM transform generates from a type: `AWS::Serverless::Api` is a REST API with its
 * stage. Its roles are types of another service.
 */
function typesOfSam(name: string, data: (file: string) => unknown): readonly string[] {
  const mapping = (data('sam/resources') ?? undefined) as SamMapping | undefined;
  const [, made] =
    Object.entries(mapping?.types ?? {}).find(([type]) => type.toLowerCase() === name.toLowerCase()) ?? [];
  const types = (made?.makes ?? []).map(({ type }) => type);
  return [...new Set(types.filter((type) => serviceOf(type) === serviceOf(types[0]!)))];
}

function serviceOf(type: string): string {
  return type.slice(0, type.lastIndexOf('::'));
}
