/** Which resource types of rules a name stands for, for the search of rules. */
import { ownEntry } from '../base/table.ts';
import { asMapping, asMappingIndex } from '../formats/terraform/mapping.ts';

/** The type itself, and the CloudFormation types that a Terraform type represents; none if the name is not that of a type. */
export function canonicalTypes(name: string, data: (file: string) => unknown): readonly string[] {
  if (/^\w+::\w+::\w+$/.test(name)) return [name];
  if (!/^aws_\w+$/.test(name)) return [];
  const files = ownEntry(asMappingIndex(data('mappings/index'))?.types, name) ?? [];
  const mapped = files.flatMap((file) =>
    Object.entries(asMapping(data(`mappings/${file}`))?.types ?? {}).filter(([, { sources }]) =>
      sources.some(({ types }) => types.includes(name)),
    ),
  );
  return [name, ...mapped.map(([type]) => type)];
}
