/** The reporters of each command but `lint`, one for each of its formats. */
import type { AnyRule } from '../../rules/rule.ts';
import { accessJson } from './access-json.ts';
import { accessText, type AccessReport } from './access-text.ts';
import { configurationJson, configurationTextWriter, type ConfigurationReport } from './configuration-report.ts';
import { explanationJson } from './explanation-json.ts';
import { explanationText, type ExplanationReport } from './explanation-text.ts';
import { ACCESS_FORMATS, CONFIGURATION_FORMATS, EXPLANATION_FORMATS, RULE_FORMATS } from '../formats.ts';
import { reportersOf, type Reporters } from './reporters-of.ts';
import { rulesJson } from './rules-json.ts';
import { rulesText } from './rules-text.ts';

/** The list of `rules`. */
export const RULE_REPORTERS: Reporters<readonly AnyRule[]> = reportersOf(RULE_FORMATS, {
  text: rulesText,
  json: rulesJson,
});

/** The effective configuration of `config`. */
export const CONFIGURATION_REPORTERS: Reporters<ConfigurationReport> = reportersOf(CONFIGURATION_FORMATS, {
  text: configurationTextWriter,
  json: configurationJson,
});

/** The explanation of `explain-value`. */
export const EXPLANATION_REPORTERS: Reporters<ExplanationReport> = reportersOf(EXPLANATION_FORMATS, {
  text: explanationText,
  json: explanationJson,
});

/** The listing of `access`. */
export const ACCESS_REPORTERS: Reporters<AccessReport> = reportersOf(ACCESS_FORMATS, {
  text: accessText,
  json: accessJson,
});
