import { BASELINE_VERSION, type Baseline, type BaselineEntry } from './baseline.ts';

/** The text of a baseline, with one entry on each line, so that changes are easy to review and to merge. */
export function baselineText({ profile, certainty, entries }: Baseline): string {
  const head = [
    `  "version": ${BASELINE_VERSION},`,
    `  "profile": ${JSON.stringify(profile)},`,
    `  "certainty": ${JSON.stringify(certainty)},`,
  ];
  const list = entries.length === 0 ? '[]' : `[\n${entries.map((entry) => `    ${line(entry)}`).join(',\n')}\n  ]`;
  return `{\n${head.join('\n')}\n  "findings": ${list}\n}\n`;
}

function line({ rule, path, resource, at, value, with: parts, count }: BaselineEntry): string {
  const entry = {
    rule,
    path,
    ...(resource === null ? {} : { resource }),
    at,
    value,
    ...(parts === undefined ? {} : { with: parts }),
    ...(count === 1 ? {} : { count }),
  };
  return JSON.stringify(entry, null, 1).replaceAll(/\n */g, ' ');
}
