/** The Access Analyzer code for each error in an ARN. */
import type { Aliases } from '../../../model/finding.ts';
import type { ArnFaultKind } from '../../../policy/resource/arn-fault.ts';
import { analyzerAliases, type Code } from '../../access-analyzer.ts';

export const ARN_CODES: Readonly<Record<ArnFaultKind, readonly Code[]>> = {
  prefix: ['INVALID_ARN_PREFIX'],
  fields: ['MISSING_ARN_FIELD'],
  partition: ['INVALID_PARTITION'],
  'service-case': ['INVALID_ARN_SERVICE_CASE'],
  service: ['INVALID_SERVICE'],
  region: ['INVALID_ARN_REGION'],
  'new-region': ['INVALID_ARN_REGION'],
  'foreign-region': ['INVALID_ARN_REGION'],
  account: ['INVALID_ARN_ACCOUNT'],
  'region-not-allowed': ['ARN_REGION_NOT_ALLOWED'],
  'account-not-allowed': ['ARN_ACCOUNT_NOT_ALLOWED'],
  'place-not-allowed': ['ARN_ACCOUNT_NOT_ALLOWED', 'ARN_REGION_NOT_ALLOWED'],
  'region-missing': ['MISSING_ARN_REGION'],
  'account-missing': ['MISSING_ARN_ACCOUNT'],
  'place-missing': ['MISSING_ARN_ACCOUNT', 'MISSING_ARN_REGION'],
  resource: ['INVALID_ARN_RESOURCE'],
  placeholder: [],
};

/** The checks of other tools for an error in an ARN. */
export function aliasesOf(kind: ArnFaultKind): Aliases {
  return { ...analyzerAliases(...ARN_CODES[kind]), parliament: ['INVALID_ARN'] };
}
