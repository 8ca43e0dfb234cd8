import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import type { Program } from '../host/program.ts';

/** The documentation page of a rule, as a path within the package. */
export function pagePath(rule: { readonly id: string }): string {
  return `docs/rules/${rule.id}.md`;
}

/** The web address of the page of a rule in this version; undefined if the address of the repository is not known. */
export function pageAddress(rule: { readonly id: string }, { repository, version }: Program): string | undefined {
  return repository === undefined ? undefined : `${repository}/blob/v${version}/${pagePath(rule)}`;
}

/** The address of the page of a rule for a link on this machine: on the web, else in the installation. */
export function pageLink(rule: { readonly id: string }, program: Program): string | undefined {
  return (
    pageAddress(rule, program) ??
    (program.rulePages === undefined ? undefined : pathToFileURL(join(program.rulePages, `${rule.id}.md`)).href)
  );
}
