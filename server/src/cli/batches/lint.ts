/** Runs the engine on files: one analysis per root and configuration. */
import { resolve } from 'node:path';
import { groupedBy } from '../../base/groups.ts';
import type { Uri } from '../../base/span.ts';
import type { Steps } from '../../base/steps.ts';
import { DEFAULT_FAIL_ON } from '../../config/configuration.ts';
import type { DocumentAnalysis } from '../../engine/analysis.ts';
import { configurationFindings } from '../../engine/suppression-findings.ts';
import { configurationSyntax } from '../../formats/terraform-files.ts';
import { NOT_TEXT } from '../../host/node.ts';
import { uriOf } from '../../host/uri.ts';
import type { Finding } from '../../model/finding.ts';
import { findingsOfConfigurations, type ConfigurationFindings } from '../configured-findings.ts';
import type { Inputs } from '../inputs.ts';
import type { Groups, LintedFile, IncompletelyChecked, Outcome } from '../lint.ts';
import { shownPath, shownUri } from '../shown-path.ts';
import type { World } from '../world.ts';
import { withWorkers } from './with-workers.ts';

/** Analyzes all groups in steps. After an interruption, the outcome has the files that are checked. */
export function* lint(
  { groups, given, configurationFaults, excluded, covers }: Groups,
  inputs: Inputs,
  world: World,
): Steps<Outcome> {
  const files: LintedFile[] = [];
  const incomplete: IncompletelyChecked[] = [];
  const unchecked: IncompletelyChecked[] = [];
  const failures: IncompletelyChecked[] = [];
  for (const { path: name, reason } of inputs.failures) {
    const path = shownPath(resolve(world.cwd, name), world.cwd);
    failures.push({ path, reason });
    files.push({ path, explicit: true, document: unreadable(name, reason), failOn: DEFAULT_FAIL_ON, textOf: () => '' });
  }
  const configured: (ConfigurationFindings & Pick<LintedFile, 'failOn' | 'options' | 'textOf'>)[] = [];
  const checked = yield* withWorkers(groups, given, world);
  for (const [index, { files: results, incomplete: partly, entryUse, textOf }] of checked.entries()) {
    const group = groups[index]!;
    const { options } = group;
    const { configuration } = options;
    const { failOn = DEFAULT_FAIL_ON } = configuration;
    const findings = entryUse ? configurationFindings(options, entryUse) : [];
    configured.push({ configuration, findings, failOn, options, textOf });
    incomplete.push(...partly.map(({ doc, reason }) => ({ path: shownUri(doc, world.cwd), reason })));
    for (const [position, { uri, path: name, explicit }] of group.files.entries()) {
      const result = results[position];
      const path = shownPath(name, world.cwd);
      if (!result || result.isUnchecked) {
        unchecked.push({ path, reason: INTERRUPTED });
        continue;
      }
      const { document, reason } = result;
      // A binary file in a directory is ignored, unless Terraform would read it.
      const isFailure =
        reason !== undefined && (explicit || reason !== NOT_TEXT || configurationSyntax(uri) !== undefined);
      if (isFailure) failures.push({ path, reason });
      if (explicit || document.format !== 'none')
        files.push({
          path,
          explicit,
          document: isFailure ? unreadable(name, reason) : document,
          failOn,
          options,
          textOf,
        });
    }
  }
  for (const [doc, findings] of groupedBy(findingsOfConfigurations(configured, covers), ({ at }) => at.doc)) {
    const { failOn, options, textOf } = configured.find((one) => one.findings.includes(findings[0]!))!;
    files.push({
      path: shownUri(doc, world.cwd),
      explicit: false,
      document: configurationFile(doc, findings),
      failOn,
      ...(options ? { options } : {}),
      textOf,
    });
  }
  const failed = new Set(failures.map(({ path }) => path));
  return {
    files: files.sort(byPath),
    incomplete: [...incomplete.filter(({ path }) => !failed.has(path)), ...failures, ...unchecked].sort(byPath),
    unchecked: unchecked.sort(byPath),
    failures: failures.sort(byPath),
    configurationFaults,
    excluded,
  };
}

/** The findings about entries of a configuration. */
function configurationFile(doc: Uri, findings: readonly Finding[]): DocumentAnalysis {
  return { doc, format: 'none', reason: 'it is a Stackwarden configuration file', problems: [], findings };
}

const INTERRUPTED = 'is not checked because the run was interrupted';

function unreadable(name: string, reason: string): DocumentAnalysis {
  return { doc: uriOf(name), format: 'none', reason: `it ${reason}`, problems: [], findings: [] };
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
