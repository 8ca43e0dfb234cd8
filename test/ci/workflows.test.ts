/**
 * The workflows of GitHub Actions: pinned actions, least privilege, no expressions in commands, and commands that
 * exist.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = '.github/workflows';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: Readonly<Record<string, string>> };

const WORKFLOWS = readdirSync(join(ROOT, FOLDER)).map((name) => {
  const text = textOf(`${FOLDER}/${name}`);
  return { name, text, workflow: parse(text) as Workflow };
});
const stepsOf = ({ jobs }: Workflow): readonly Step[] => Object.values(jobs).flatMap(({ steps }) => steps);

describe('workflows', () => {
  it('pin each action to one commit, and name its version', () => {
    const pinned = WORKFLOWS.flatMap(({ text }) => [...text.matchAll(/uses: (.+)/g)].map(([, uses]) => uses!));
    assert.ok(pinned.length >= 10);
    assert.deepEqual(
      pinned.filter((uses) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(uses)),
      [],
    );
    // The same action is the same commit everywhere.
    assert.equal(new Set(pinned.map((uses) => uses.split('@')[0])).size, new Set(pinned).size);
  });

  for (const { name, workflow, text } of WORKFLOWS)
    describe(name, () => {
      it('has no permission that a job does not need', () => {
        assert.ok(workflow.permissions);
        for (const access of Object.values(workflow.permissions)) assert.equal(access, 'read');
      });

      it('limits the time of each job', () => {
        for (const job of Object.values(workflow.jobs)) assert.ok(job['timeout-minutes']);
      });

      it('has no expression in a command', () => {
        assert.deepEqual(
          stepsOf(workflow).filter(({ run }) => run?.includes('${{')),
          [],
        );
      });

      it('does not keep credentials in the checked-out repository', () => {
        for (const { uses, with: given } of stepsOf(workflow))
          if (uses?.startsWith('actions/checkout@')) assert.equal(given?.['persist-credentials'], false);
      });

      it('runs scripts and tools that exist', () => {
        const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script!);
        assert.deepEqual(
          named.filter((script) => !Object.hasOwn(scripts, script)),
          [],
        );
        const files = [...text.matchAll(/\btools\/[\w/.-]+/g)].map(([path]) => path);
        assert.deepEqual(
          files.filter((path) => !existsSync(join(ROOT, path))),
          [],
        );
      });
    });
});

describe('the release workflow', () => {
  const { workflow, text } = WORKFLOWS.find(({ name }) => name === 'release.yml')!;
  const { package: packaging, ...publishing } = workflow.jobs;

  it('can be tried by hand without secrets, and then publishes nothing', () => {
    assert.ok('workflow_dispatch' in workflow.on);
    assert.deepEqual(packaging!.permissions, { contents: 'read' });
    assert.doesNotMatch(JSON.stringify(packaging), /secrets\.|github\.token/);
    for (const [name, job] of Object.entries(publishing))
      assert.deepEqual([name, job.if, job.environment], [name, "github.event_name == 'push'", 'release']);
  });

  it('packs and tests before it publishes', () => {
    const runs = packaging!.steps.flatMap(({ run }) => run ?? []);
    for (const script of ['npm ci', 'npm test', 'npm run package', 'npm run package:npm'])
      assert.ok(runs.includes(script));
    const before = (name: string): readonly string[] => {
      const needs = [publishing[name]?.needs ?? []].flat();
      return [...needs, ...needs.flatMap(before)];
    };
    for (const name of Object.keys(publishing)) assert.ok(before(name).includes('package'), name);
  });

  it('publishes to npm with provenance', () => {
    assert.deepEqual(publishing['npm']!.permissions, { 'id-token': 'write' });
    assert.deepEqual(
      publishing['npm']!.steps.flatMap(({ run }) => run ?? []),
      ['npm publish ./dist/stackwarden.tgz --provenance --access public'],
    );
  });

  it('gives each job the permission and the secret of its destination', () => {
    assert.deepEqual(
      Object.entries(publishing).map(([name, { permissions, steps }]) => [
        name,
        permissions,
        [...JSON.stringify(steps).matchAll(/secrets\.(\w+)/g)].map(([, secret]) => secret),
      ]),
      [
        ['npm', { 'id-token': 'write' }, ['NPM_TOKEN']],
        ['marketplaces', { contents: 'read' }, ['VSCE_PAT', 'OVSX_PAT']],
        ['image', { packages: 'write' }, []],
        ['release', { contents: 'write' }, []],
      ],
    );
  });

  it('documents every secret', () => {
    for (const [, secret] of text.matchAll(/secrets\.(\w+)/g)) assert.match(text, new RegExp(`^# - ${secret}: `, 'm'));
  });

  it('publishes only files that were uploaded', () => {
    const uploaded = packaging!.steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'))!.with?.['path'];
    const files = (uploaded as string).trim().split('\n');
    const used = [...JSON.stringify(publishing).matchAll(/(?:\.\.\/\.\.\/|\.\/|\b)(dist\/[\w.-]+)/g)].map(
      ([, path]) => path!,
    );
    assert.ok(used.length >= 6);
    assert.deepEqual(
      [...new Set(used)].filter((path) => !files.includes(path)),
      [],
    );
  });
});
