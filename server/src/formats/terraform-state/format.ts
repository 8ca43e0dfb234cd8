import { builtStack, readDocument, type FormatReader } from '../format.ts';
import { carriersByType, type PolicyLocations } from '../policy-locations.ts';
import { memoize } from '../../base/memoize.ts';
import { oneStep } from '../../base/steps.ts';
import { linksFor } from '../relations/load-links.ts';
import { mappingsFor, servicesOfMappings } from '../terraform/load-mappings.ts';
import { terraformStack } from '../terraform/stack.ts';
import { unreadReason } from './recorded.ts';
import { isStateBackup } from './backup.ts';
import { STATE_RECOGNITION } from './recognition.ts';
import { stateResources, stateTypes } from './state.ts';

const typesOf = memoize(stateTypes);

/** Terraform states: state files, and the output of `terraform show -json` for a state. */
export const TERRAFORM_STATE: FormatReader = {
  recognition: STATE_RECOGNITION,
  load: ({ id: doc, format, language }, documents, given) => {
    const read = readDocument<{ index: unknown; locations: PolicyLocations }>(
      documents,
      { doc, language },
      { index: 'mappings/index', locations: 'iam/locations' },
    );
    if (!read) return undefined;
    if (read === 'unreadable' || isStateBackup(doc)) return [];
    const { tree, data } = read;
    const mappings = mappingsFor(documents, data.index, typesOf(tree));
    const linksOf = mappings && linksFor(documents, servicesOfMappings(mappings));
    if (!mappings || !linksOf) return undefined;
    const unread = unreadReason(tree);
    return [
      {
        documents: [doc],
        dependencies: [doc],
        incomplete: unread === undefined ? [] : [{ doc, reason: unread }],
        building: () =>
          oneStep(() => {
            const native = stateResources(tree);
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
