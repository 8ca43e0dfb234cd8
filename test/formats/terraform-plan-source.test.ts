/** The configuration that a plan was made of, where its files lie in the root. */
import assert from 'node:assert/strict';
import { run } from '../../server/src/engine/run.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { change, configured, plan, V, volume, type Body } from './terraform-plan-made.ts';
import { EVERYTHING } from './terraform-stack.ts';

const VOLUME = 'ebs-volume-encryption';
const OFF = { after: { encrypted: false } };
const source = (name = 'v', body: Body = { size: 8, encrypted: false }): Body => ({
  resource: { aws_ebs_volume: { [name]: body } },
});
const inFile = (content: unknown): string => JSON.stringify(content);

/** Where the findings of one rule in a plan are configured: `FILE: TEXT`. */
function configuredIn(files: Readonly<Record<string, string>>, path = 'plan.json'): readonly string[] {
  const texts = new Map(Object.entries(files).map(([name, text]) => [`file:///root/${name}`, text]));
  const analysis = run(memoryReader(texts), [`file:///root/${path}`], { ...EVERYTHING, rules: new Set([VOLUME]) });
  return analysis.documents[0]!.findings.flatMap(({ related }) =>
    related
      .filter(({ message }) => message === 'It is configured here.')
      .map(({ at }) => `${at.doc.replace('file:///root/', '')}: ${texts.get(at.doc)!.slice(at.start, at.end)}`),
  );
}

const PLAN = inFile(volume(OFF)['plan.json']);

describe('what a plan was made of', () => {
  it('is the file with the resource, at the argument', () =>
    assert.deepEqual(configuredIn({ 'plan.json': PLAN, 'main.tf.json': inFile(source()) }), [
      'main.tf.json: "encrypted"',
    ]));
  it('is at the name of the resource where the argument is not written', () =>
    assert.deepEqual(configuredIn({ 'plan.json': PLAN, 'main.tf.json': inFile(source('v', { size: 8 })) }), [
      'main.tf.json: "v"',
    ]));
  it('may lie in a folder above the plan', () =>
    assert.deepEqual(
      configuredIn({ 'out/plans/plan.json': PLAN, 'main.tf.json': inFile(source()) }, 'out/plans/plan.json'),
      ['main.tf.json: "encrypted"'],
    ));
  it('is where most of it is', () => {
    const two = inFile(
      plan([change(V, OFF), change('aws_ebs_volume.w', OFF)], {
        resources: [configured(V, {}), configured('aws_ebs_volume.w', {})],
      })['plan.json'],
    );
    const files = {
      'a/plan.json': two,
      'a/main.tf.json': inFile(source('w')),
      'main.tf.json': inFile(source()),
      'other.tf.json': inFile(source('w')),
    };
    assert.deepEqual(configuredIn(files, 'a/plan.json'), ['main.tf.json: "encrypted"', 'other.tf.json: "encrypted"']);
  });
  it('is not what has other resources', () =>
    assert.deepEqual(configuredIn({ 'plan.json': PLAN, 'main.tf.json': inFile(source('other')) }), []));
  it('is for all instances in one place', () => {
    const many = inFile(
      plan([change(`${V}[0]`, OFF), change(`${V}["a.b"]`, OFF)], { resources: [configured(V, {})] })['plan.json'],
    );
    assert.deepEqual(configuredIn({ 'plan.json': many, 'main.tf.json': inFile(source()) }), [
      'main.tf.json: "encrypted"',
    ]);
  });
  it('is found without the configuration in the plan', () => {
    const trimmed = inFile({ format_version: '1.2', resource_changes: [change(V, OFF)] });
    assert.deepEqual(configuredIn({ 'plan.json': trimmed, 'main.tf.json': inFile(source()) }), [
      'main.tf.json: "encrypted"',
    ]);
  });

  const inner = { module: { resources: [configured(V, {})] } };
  const inModules = (from: string, nested: string): string =>
    inFile(
      plan([change(`module.m["x"].module.n.${V}`, OFF)], {
        module_calls: { m: { source: from, module: { module_calls: { n: { source: nested, ...inner } } } } },
      })['plan.json'],
    );
  const ROOT = inFile({ module: { m: { source: './modules/m' } } });
  it('lies in the folders of modules', () => {
    assert.deepEqual(
      configuredIn({
        'plan.json': inModules('./modules/m', '../n'),
        'main.tf.json': ROOT,
        'modules/n/main.tf.json': inFile(source()),
      }),
      ['modules/n/main.tf.json: "encrypted"'],
    );
  });
  it('is not looked for where modules come from elsewhere', () => {
    for (const from of [
      'terraform-aws-modules/ebs/aws',
      'git::https://example.com/m.git',
      '/etc',
      '../../..',
      'https://example.com/m',
    ]) {
      assert.deepEqual(
        configuredIn({
          'plan.json': inModules(from, '../n'),
          'main.tf.json': ROOT,
          'modules/n/main.tf.json': inFile(source()),
        }),
        [],
        from,
      );
    }
  });
  it('may be broken', () =>
    assert.deepEqual(
      configuredIn({ 'plan.json': PLAN, 'main.tf.json': '{"resource": {"aws_ebs_volume": {"v": {"encrypted": fal' }),
      ['main.tf.json: "encrypted"'],
    ));

  it('outdates the findings when it changes, and folders in which it could lie', () => {
    const texts = new Map([
      ['file:///root/a/plan.json', PLAN],
      ['file:///root/main.tf.json', inFile(source())],
    ]);
    const { dependencies } = run(memoryReader(texts), ['file:///root/a/plan.json'], EVERYTHING);
    const all = [...dependencies.get('file:///root/a/plan.json')!];
    for (const doc of ['file:///root/a', 'file:///root', 'file:///root/main.tf.json'])
      assert.ok(all.includes(doc), doc);
  });
});
