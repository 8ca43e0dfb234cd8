import { configuredPolicy } from '../config/policy-kinds.ts';
import { templateParameters } from '../config/template-parameters.ts';
import type { Given } from '../formats/given.ts';
import type { ReadingOptions } from './analysis.ts';

/** The values that the configuration and the options of an analysis pass to stacks. */
export function givenBy({ configuration, parameterFiles = [], scenario = [] }: ReadingOptions): Given {
  return {
    policy: (doc) => configuredPolicy(configuration, doc),
    parameters: (doc) => templateParameters(configuration, doc),
    account: {
      ...(configuration.accounts ? { accounts: new Set(configuration.accounts) } : {}),
      settings: configuration.assume,
    },
    files: parameterFiles,
    scenario,
  };
}

/** The same without the values and the scenario of one deployment. */
export function withoutValues(given: Given): Given {
  return {
    ...given,
    parameters: () => ({ files: [], values: new Map() }),
    files: [],
    scenario: [],
    withoutOwnFiles: true,
  };
}
