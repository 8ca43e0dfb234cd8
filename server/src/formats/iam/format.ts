import { flatMap } from '../../base/flat-map.ts';
import { oneStep } from '../../base/steps.ts';
import { builtStack, readDocument, type FormatReader } from '../format.ts';
import { isGenerated } from '../generated.ts';
import type { PolicyLocations } from '../policy-locations.ts';
import { IAM_RECOGNITION } from './recognition.ts';
import { policyStack } from './stack.ts';

/** Files with an IAM policy. */
export const IAM_POLICY: FormatReader = {
  recognition: IAM_RECOGNITION,
  load: ({ id: doc, language }, documents, given) => {
    const read = readDocument<{ locations: PolicyLocations }>(
      documents,
      { doc, language },
      { locations: 'iam/locations' },
    );
    if (!read) return undefined;
    if (read === 'unreadable') return [];
    return [
      {
        documents: [doc],
        dependencies: [doc],
        incomplete: [],
        unit: { id: doc, documents: [doc], within: [] },
        building: () =>
          oneStep(() =>
            builtStack(
              policyStack(read.tree, {
                attachment: given.policy(doc),
                services: servicesWithPolicies(read.data.locations),
                generated: isGenerated(doc),
                stated: given.account,
              }),
            ),
          ),
      },
    ];
  },
};

/** The services whose resources have policies. */
function servicesWithPolicies(locations: PolicyLocations | null): ReadonlySet<string> {
  return new Set(
    flatMap(locations?.locations ?? [], ({ kind, service }) =>
      kind === 'resource' && service !== undefined ? [service] : [],
    ),
  );
}
