/** Runs on several threads: their output is that of one thread. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { roughInput, startedThreads } from '../../server/src/cli/batches/early-threads.ts';
import type { WorkerThread } from '../../server/src/cli/worker-thread.ts';
import type { CommandCall } from '../../server/src/cli/program.ts';
import { makeFolder } from '../host/workspace.ts';
import { call, callPaced, type Called } from './call.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const example = (name: string): string => readFileSync(join(ROOT, 'examples', name), 'utf8');

const volume = (more = ''): string =>
  `Resources:\n  Disk:\n    Type: AWS::EC2::Volume\n    Properties: {AvailabilityZone: a, Encrypted: false${more}}\n`;

/** More files than one batch takes. */
const MANY = Object.fromEntries(
  Array.from({ length: 120 }, (_, i) => [`many/t${String(i).padStart(3, '0')}.yaml`, volume(`, Size: ${i + 1}`)]),
);

/** A template in which an entry of the configuration is used, and one with a suppression. */
const SUPPRESSED = {
  'many/t005.yaml': volume().replace('Disk', 'Accepted'),
  'many/t100.yaml': volume().replace('    Type', '    # stackwarden-ignore ebs-volume-encryption: scratch\n    Type'),
};

const CONFIGURATION = `
overrides: [{paths: many/t11*, rules: {ebs-volume-encryption: off}}]
suppressions:
  - {rule: ebs-volume-encryption, resources: [Accepted], reason: used in one batch}
  - {rule: ebs-volume-encryption, resources: [Gone], reason: used in none}
`;

/** A parent whose child is in another batch. The name of the child is not one that is searched for. */
const NESTED = {
  'a parent.yaml':
    'Resources:\n  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: "z/ein Kind é.yaml"\n      Parameters: {Encrypted: "false"}\n',
  'z/ein Kind é.yaml':
    'Parameters: {Encrypted: {Type: String, Default: "true"}}\nResources:\n  Disk:\n    Type: AWS::EC2::Volume\n    Properties: {AvailabilityZone: a, Encrypted: !Ref Encrypted}\n',
};

const TERRAFORM = {
  'env/main.tf': 'module "disk" {\n  source    = "../modules/disk"\n  encrypted = false\n}\n',
  'modules/disk/main.tf':
    'variable "encrypted" {}\nresource "aws_ebs_volume" "disk" {\n  availability_zone = "a"\n  encrypted = var.encrypted\n}\n',
  'terraform/main.tf': example('terraform/main.tf'),
  'terraform/variables.tf': example('terraform/variables.tf'),
  'terraform/terraform.tfvars': example('terraform/terraform.tfvars'),
};

const OTHERS = {
  'web-shop.yaml': example('cloudformation/web-shop.yaml'),
  'gallery.yaml': example('sam/gallery.yaml'),
  'plan.json': example('plan/plan.json'),
  'binary.tf': new Uint8Array([0, 1, 2, 3]),
  'cut.json': '{"Resources": {"Disk": {"Type": "AWS::EC2::Volume", "Properties": {"Encrypted": false}',
  'package.json': '{"name": "none"}',
};

describe('several threads', () => {
  const program = join(tmpdir(), `stackwarden-worker-${process.pid}.cjs`);
  const folders = {
    'many templates': makeFolder({ '.git/HEAD': '', ...MANY, ...NESTED, ...OTHERS }),
    'a configuration': makeFolder({ '.git/HEAD': '', '.stackwarden.yaml': CONFIGURATION, ...MANY, ...SUPPRESSED }),
    Terraform: makeFolder({ '.git/HEAD': '', ...MANY, ...TERRAFORM }),
  };
  const reports = makeFolder({});
  before(() =>
    build({
      absWorkingDir: ROOT,
      entryPoints: ['server/src/main-worker.ts'],
      outfile: program,
      bundle: true,
      platform: 'node',
      mainFields: ['module', 'main'],
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(program).href) },
      logLevel: 'error',
    }),
  );
  after(() => {
    rmSync(program);
    for (const folder of [...Object.values(folders), reports]) folder.remove();
  });

  /**
   * How many threads help the main one, by the format. That results arrive and are merged in any order shows in JSON,
   * which has all of them, with several threads; the others are made from the same merged result, so one thread shows
   * that they can be. Each thread has to load the whole engine.
   */
  const helpers = (args: readonly string[]): readonly number[] => (args.includes('json') ? [0, 2] : [1]);

  const workers = (most: number, url = pathToFileURL(program)) => ({ program: url, most, bytesEach: 1 });

  for (const [name, folder] of Object.entries(folders))
    for (const args of [
      ['--profile', 'strict', '--certainty', 'possible', '--format', 'json'],
      ['--statistics', '--output', `sarif=${reports.at('report.sarif')}`],
      ['--quiet', 'many', '.'],
    ])
      it(`have the output of one thread: lint ${args[0]}, ${name}`, async () => {
        const cwd = folder.path;
        const written = (): string =>
          args.includes('--output') ? readFileSync(reports.at('report.sarif'), 'utf8') : '';
        const alone = call(['lint', ...args], { cwd });
        const report = written();
        assert.notEqual(alone.out, '');
        for (const most of helpers(args)) {
          assert.deepEqual(await callPaced(['lint', ...args], { cwd, workers: workers(most) }), alone);
          assert.equal(written(), report);
        }
      });

  it('are used if they have started before, and closed if they are not needed', async () => {
    const cwd = folders['many templates'].path;
    const args = ['lint', '--format', 'json'];
    const alone = call(args, { cwd });
    const named: CommandCall = { command: 'lint', given: [['many'], {}] };
    const start = (bytesEach: number): readonly WorkerThread[] => {
      const given = { ...workers(2), bytesEach };
      return startedThreads(roughInput(named, cwd, given), given);
    };
    assert.deepEqual(start(1e6), []);
    for (const most of [1, 0]) {
      const started = start(1);
      assert.equal(started.length, 2);
      // One that was used is closed with its team.
      const closed = Promise.all(started.map(({ port }) => once(port, 'close')));
      assert.deepEqual(await callPaced(args, { cwd, workers: { ...workers(most), started } }), alone);
      await closed;
    }
  });

  it('do not start early for files that are not known', () => {
    const cwd = folders['many templates'].path;
    const nothing = { files: 0, bytes: 0 };
    for (const given of [{ filesFrom: 'list' }, { stdinFilename: 'a.yaml' }, { changedSince: 'main' }])
      assert.deepEqual(roughInput({ command: 'lint', given: [['.'], given] }, cwd, workers(2)), nothing);
    assert.deepEqual(roughInput({ command: 'rules', given: [{}] }, cwd, workers(2)), nothing);
    assert.deepEqual(startedThreads(nothing, workers(2)), []);
  });

  it('check what depends on each other together', () => {
    const found = ({ out }: Called): readonly string[] =>
      out.split('\n').flatMap((line) => /^(\S.*?):\d+:\d+ .*ebs-volume-encryption/.exec(line)?.[1] ?? []);
    const nested = found(call(['lint', '--quiet'], { cwd: folders['many templates'].path }));
    assert.ok(nested.some((path) => path === 'a parent.yaml' || path.startsWith('z/')));
    const modules = found(call(['lint', '--quiet'], { cwd: folders.Terraform.path }));
    assert.ok(modules.some((path) => /^(?:env|modules)\//.test(path)));
  });

  it('report an entry of a configuration that no batch uses, and none that one uses', () => {
    const { out } = call(['lint', '--quiet', '.'], { cwd: folders['a configuration'].path });
    const unused = out.split('\n').filter((line) => line.includes('suppression-unused'));
    assert.deepEqual(
      unused.map((line) => /^\S+?:\d+/.exec(line)?.[0]),
      ['.stackwarden.yaml:5'],
    );
  });

  it('report the error of a thread as one of the main thread', async () => {
    // It takes a job and does not answer.
    const broken = makeFolder({
      'worker.cjs': `require('node:worker_threads').workerData.port.on('message', ({ shared }) => {
        if (!shared) return;
        Atomics.add(shared, 0, 1);
        require('node:fs').writeFileSync(__dirname + '/taken', '');
        throw new Error('A thread fails.');
      });`,
    });
    const { code, err } = await callPaced(['lint', '.'], {
      cwd: folders['many templates'].path,
      workers: workers(1, pathToFileURL(broken.at('worker.cjs'))),
      // The thread can start late on a busy machine, when no job is left.
      pause: async () => {
        do await setTimeout(5);
        while (!existsSync(broken.at('taken')));
      },
    });
    broken.remove();
    assert.deepEqual([code, err], [2, 'stackwarden: Internal error: A thread fails.\n']);
  });

  it('end when the run is interrupted', async () => {
    let checks = 0;
    const { code, err } = await callPaced(['lint', '--quiet', '.'], {
      cwd: folders['many templates'].path,
      workers: workers(1),
      interrupted: () => checks++ > 20,
    });
    assert.equal(code, 130);
    assert.match(err, /^stackwarden: Interrupted\. \d+ files were not checked\.$/m);
  });
});
