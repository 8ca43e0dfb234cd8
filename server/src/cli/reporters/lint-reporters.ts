/** The reporters of findings, one for each format of `lint`. */
import { LINT_FORMATS } from '../formats.ts';
import { lintGithub } from './lint-github.ts';
import { lintGitlab } from './lint-gitlab.ts';
import { lintJson } from './lint-json.ts';
import { lintJunit } from './lint-junit.ts';
import { lintMarkdown } from './lint-markdown.ts';
import type { LintReport } from './lint-report.ts';
import { lintSarif } from './lint-sarif.ts';
import { lintText } from './lint-text.ts';
import { reportersOf, type Reporters } from './reporters-of.ts';

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
