/** The reporters of each command, one for each of its formats. */
import type { AnyRule } from '../../rules/rule.ts';
import { accessJson } from './access-json.ts';
import { accessText, type AccessReport } from './access-text.ts';
import { configurationJson, configurationTextWriter, type ConfigurationReport } from './configuration-report.ts';
import { explanationJson } from './explanation-json.ts';
import { explanationText, type ExplanationReport } from './explanation-text.ts';
import {
  ACCESS_FORMATS,
  CONFIGURATION_FORMATS,
  EXPLANATION_FORMATS,
  LINT_FORMATS,
  RULE_FORMATS,
  type OutputFormat,
} from '../formats.ts';
import { lintGithub } from './lint-github.ts';
import { lintGitlab } from './lint-gitlab.ts';
import { lintJson } from './lint-json.ts';
import { lintJunit } from './lint-junit.ts';
import { lintMarkdown } from './lint-markdown.ts';
import type { LintReport } from './lint-report.ts';
import { lintSarif } from './lint-sarif.ts';
import { lintText } from './lint-text.ts';
import type { Reporter, Writer } from './reporter.ts';
import { rulesJson } from './rules-json.ts';
import { rulesText } from './rules-text.ts';

/** The reporters of a command, the default first. */
export type Reporters<Subject> = readonly Reporter<Subject>[];

/** The findings of `lint`. */
export const LINT_REPORTERS: Reporters<LintReport> = reportersOf(LINT_FORMATS, {
  text: lintText,
  json: lintJson,
  sarif: lintSarif,
  github: lintGithub,
  gitlab: lintGitlab,
  junit: lintJunit,
  markdown: lintMarkdown,
});

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

function reportersOf<Name extends string, Subject>(
  formats: readonly OutputFormat<Name>[],
  writers: Readonly<Record<Name, Writer<Subject>>>,
): Reporters<Subject> {
  return formats.map((format) => ({ ...format, ...writers[format.name] }));
}
