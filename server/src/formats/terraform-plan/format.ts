import { ownEntry } from '../../base/table.ts';
import { oneStep } from '../../base/steps.ts';
import { builtStack, readDocument, type FormatReader } from '../format.ts';
import { carriersByType, type PolicyLocations } from '../policy-locations.ts';
import { memoize } from '../../base/memoize.ts';
import { linksFor } from '../relations/load-links.ts';
import { mappingsFor, servicesOfMappings } from '../terraform/load-mappings.ts';
import { asMappingIndex } from '../terraform/mapping.ts';
import { terraformStack } from '../terraform/stack.ts';
import { planTypes } from './items.ts';
import { loadPlanSources } from './load-configuration.ts';
import { planResources } from './plan.ts';
import { PLAN_RECOGNITION } from './recognition.ts';
import { schemaShape, UNKNOWN_SHAPE, type TerraformSchema } from './shape.ts';

const typesOf = memoize(planTypes);

/** Terraform plans in the JSON format of `terraform show -json`. */
export const TERRAFORM_PLAN: FormatReader = {
  recognition: PLAN_RECOGNITION,
  load: ({ id: doc, format, language }, documents, given) => {
    const read = readDocument<{ index: unknown; locations: PolicyLocations }>(
      documents,
      { doc, language },
      { index: 'mappings/index', locations: 'iam/locations' },
    );
    if (!read) return undefined;
    if (read === 'unreadable') return [];
    const { tree, data } = read;
    const known = asMappingIndex(data.index);
    const named = typesOf(tree);
    const types = [...named.managed].filter((type) => ownEntry(known?.types, type));
    const mappings = mappingsFor(documents, data.index, types);
    // Data sources are evaluated only from their arguments.
    const sources = [...named.data].filter((type) => type === 'aws_iam_policy_document');
    const schemas = new Map(
      [...types, ...sources].map((type) => [type, documents.data<TerraformSchema>(`terraform/${type.split('_')[1]}`)]),
    );
    // Resources that no rule reads need no configuration.
    const written = types.length > 0 ? loadPlanSources(documents, tree) : { dependencies: [], find: () => undefined };
    const linksOf = mappings && linksFor(documents, servicesOfMappings(mappings));
    if (!mappings || !linksOf || !written || [...schemas.values()].includes(undefined)) return undefined;
    return [
      {
        documents: [doc],
        dependencies: [doc, ...written.dependencies],
        incomplete: [],
        building: () =>
          oneStep(() => {
            const shapes = new Map(
              [...schemas].map(([type, schema]) => [
                type,
                schemaShape(schema, types.includes(type) ? 'resources' : 'data', type),
              ]),
            );
            const native = planResources(tree, (type) => shapes.get(type) ?? UNKNOWN_SHAPE, written.find);
            const carriers = carriersByType(data.locations);
            return builtStack(
              terraformStack(native, { format, documents: [doc], mappings, carriers, linksOf, stated: given.account }),
              native.resources.length,
            );
          }),
      },
    ];
  },
};
