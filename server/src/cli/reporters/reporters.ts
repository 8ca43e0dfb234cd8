/** The reporters of each command, by the names of `--format`. The first is the default. */
import { configurationJson, configurationText, type ConfigurationReport } from './configuration-report.ts';
import { explanationJson } from './explanation-json.ts';
import { explanationText, type ExplanationReport } from './explanation-text.ts';
import { lintGithub } from './lint-github.ts';
import { lintGitlab } from './lint-gitlab.ts';
import { lintJson } from './lint-json.ts';
import { lintJunit } from './lint-junit.ts';
import { lintMarkdown } from './lint-markdown.ts';
import type { LintReport } from './lint-report.ts';
import { lintSarif } from './lint-sarif.ts';
import { lintText } from './lint-text.ts';
import type { Reporter } from './reporter.ts';
import { rulesJson } from './rules-json.ts';
import { rulesText } from './rules-text.ts';
import type { AnyRule } from '../../rules/rule.ts';

/** A list of reporters with a default. */
export type Reporters<Subject> = readonly [Reporter<Subject>, ...Reporter<Subject>[]];

/** The findings of `lint`. */
export const LINT_REPORTERS: Reporters<LintReport> = [
  lintText,
  lintJson,
  lintSarif,
  lintGithub,
  lintGitlab,
  lintJunit,
  lintMarkdown,
];

/** The list of `rules`. */
export const RULE_REPORTERS: Reporters<readonly AnyRule[]> = [rulesText, rulesJson];

/** The effective configuration of `config`. */
export const CONFIGURATION_REPORTERS: Reporters<ConfigurationReport> = [configurationText, configurationJson];

/** The explanation of `explain-value`. */
export const EXPLANATION_REPORTERS: Reporters<ExplanationReport> = [explanationText, explanationJson];
