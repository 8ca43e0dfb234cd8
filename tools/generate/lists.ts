/**
 * Writes the lists of rules and of property paths, with which everything else is compiled, the texts of the client, and the schema of the
 * configuration.
 */
import { fileURLToPath } from 'node:url';
import { CONFIGURATION_SCHEMA_FILE, configurationSchema } from '../configuration-schema.ts';
import { L10N_BUNDLE, l10nBundle } from '../l10n-bundle.ts';
import { RESOURCE_PATHS, resourcePaths } from '../resource-paths.ts';
import { IDS_FILE, INDEX_FILE, ruleIdList, ruleIndex, rulePaths } from '../rule-index.ts';
import { writeChanged } from './write-changed.ts';

const changes = [
  writeChanged(INDEX_FILE, ruleIndex(rulePaths())),
  writeChanged(IDS_FILE, ruleIdList(rulePaths())),
  writeChanged(fileURLToPath(new URL(`../../${RESOURCE_PATHS}`, import.meta.url)), resourcePaths()),
  writeChanged(L10N_BUNDLE, l10nBundle()),
  writeChanged(CONFIGURATION_SCHEMA_FILE, configurationSchema()),
];

/** Whether a list was not as it is now. */
export const areChanged: boolean = changes.includes(true);
