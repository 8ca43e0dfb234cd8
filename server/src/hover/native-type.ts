/** What is known of a type of Terraform without a resource of it. */
import { flatMap } from '../base/flat-map.ts';
import { ownEntry } from '../base/table.ts';
import { asMapping, asMappingIndex, rolesOf } from '../formats/terraform/mapping.ts';
import { cardOf, composedFor, type CitedCard, type DataOf } from './composed-card.ts';
import { isTerraformType } from './terraform-types.ts';

/** The responsibilities for a type; undefined if it is not known to be a resource type. */
export function responsibilitiesOf(
  type: string,
  data: DataOf,
): (CitedCard & { readonly isSecurity: boolean }) | undefined {
  const mapped = flatMap(ownEntry(asMappingIndex(data('mappings/index'))?.types, type) ?? [], (file) => {
    const mapping = asMapping(data(`mappings/${file}`));
    return mapping ? rolesOf(mapping, type).sources.map((source) => source.type) : [];
  });
  const known = mapped[0] ?? (isTerraformType(type, data) || cardOf(type, data) ? type : undefined);
  if (known === undefined) return undefined;
  const composed = composedFor(known, data);
  const own = cardOf(known, data);
  return composed && { ...(own ?? composed), isSecurity: own !== undefined || composed.isSecurity };
}
