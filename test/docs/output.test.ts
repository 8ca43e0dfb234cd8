/** The examples of docs/output.md are what the program writes. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Log } from 'sarif';
import { call } from '../cli/call.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = readFileSync(`${ROOT}docs/output.md`, 'utf8');

/** The reports of one finding of an example. */
function reported(...args: readonly string[]): string {
  const { out } = call(['lint', '--select', 'rds-instance-encryption', ...args, 'examples/cloudformation'], {
    cwd: ROOT,
  });
  // Links depend on the address of the repository and on the version.
  return out.replaceAll(/\[([\w-]+)\]\(https:[^)]*\/docs\/rules\/[^)]*\)/g, '`$1`');
}

/** The first code blocks in the section of a format. */
function blocksOf(format: string): readonly string[] {
  const section = PAGE.split(/^(?=## [a-z])/m).find((text) => text.startsWith(`## lint --format ${format}\n`)) ?? '';
  return [...section.matchAll(/^```\w*\n(.*?)^```$/gms)].map(([, block]) => block!);
}

describe('docs/output.md', () => {
  it('shows the text report', () => {
    const [report, statistics, quiet] = blocksOf('text');
    assert.ok(reported().startsWith(report!));
    assert.ok(reported('--statistics').includes(`\n${statistics!}`));
    assert.equal(reported('--quiet'), quiet);
  });

  for (const format of ['github', 'junit', 'markdown'])
    it(`shows the report as ${format}`, () => assert.equal(reported('--format', format), blocksOf(format)[0]));

  it('shows an entry of the report as gitlab', () =>
    assert.deepEqual(JSON.parse(reported('--format', 'gitlab')), [JSON.parse(blocksOf('gitlab')[0]!)]));

  it('shows a result of the report as sarif', () =>
    assert.deepEqual((JSON.parse(reported('--format', 'sarif')) as Log).runs[0]!.results, [
      JSON.parse(blocksOf('sarif')[0]!),
    ]));

  it('shows the report as json', () => {
    const { tool, summary, files, ...report } = JSON.parse(reported('--format', 'json')) as Shown;
    const shown = JSON.parse(blocksOf('json')[0]!) as Shown;
    assert.deepEqual([tool.name, summary, report], ['stackwarden', shown.summary, { version: 1, incomplete: [] }]);
    assert.deepEqual(files, shown.files);
  });
});

interface Shown {
  readonly version: number;
  readonly incomplete: readonly unknown[];
  readonly tool: { readonly name: string };
  readonly summary: object;
  readonly files: readonly unknown[];
}
