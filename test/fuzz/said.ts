import type { Analysis } from '../../server/src/engine/analysis.ts';
import type { Finding } from '../../server/src/model/finding.ts';

/**
 * What an analysis says, without where: one line a finding, sorted. Paths are written in one way, whether a function has a long
 * or a short form and a block stands alone or in a list of one.
 */
export function said({ documents }: Analysis): readonly string[] {
  return documents.flatMap(({ findings }) => findings.map(line)).sort();
}

/** What is said of each resource. */
export function saidByResource({ documents }: Analysis): ReadonlyMap<string, string> {
  const lines = new Map<string, string[]>();
  for (const finding of documents.flatMap(({ findings }) => findings)) {
    const name = finding.resource ?? '';
    lines.set(name, [...lines.get(name) ?? [], line(finding)].sort());
  }
  return new Map([...lines].map(([name, own]) => [name, own.join('\n')]));
}

function line({ rule, certainty, severity, subjects, path, when }: Finding): string {
  const scenario = when.map(({ name, value }) => ` ${name}=${String(value)}`).sort().join('');
  return `${rule} ${severity} ${certainty} ${[...subjects].sort().join(',')} ${plainPath(path)}${scenario}`;
}

/** A path without the names of functions and without indexes. */
function plainPath(path: string): string {
  return path.replace(/(^|\.)(Fn::\w+|Ref)(?=[.[]|$)|\[\d+\]/g, '');
}
