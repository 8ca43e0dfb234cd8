/** Plans of configurations in HCL: where they are configured, and that a finding is the same one in both. */
import assert from 'node:assert/strict';
import { run } from '../../server/src/engine/run.ts';
import type { Finding } from '../../server/src/model/finding.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { change, configured, plan, type Body } from './terraform-plan-made.ts';
import { EVERYTHING } from './terraform-stack.ts';

const ROOT = 'file:///root/';
const VOLUME = 'ebs-volume-encryption';

const ROOT_MODULE = 'module "a" {\n  source   = "./m"\n  for_each = toset(["x"])\n}\n';

function volume(...lines: readonly string[]): string {
  return `resource "aws_ebs_volume" "v" {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

/** A plan of the volumes at some addresses in the module. */
function planned(after: Body, keys: readonly string[]): string {
  const made = plan(
    keys.map((key) => change(`module.a["x"].aws_ebs_volume.v${key}`, { after })),
    {
      module_calls: {
        a: { source: './m', module: { resources: [configured('aws_ebs_volume.v', { encrypted: {} })] } },
      },
    },
  );
  return JSON.stringify(made['plan.json']);
}

/** The findings of one rule in the plan, and in the configuration. */
function both(module: string, after: Body, keys: readonly string[], rule = VOLUME) {
  const texts = new Map([
    [`${ROOT}plan.json`, planned(after, keys)],
    [`${ROOT}main.tf`, ROOT_MODULE],
    [`${ROOT}m/main.tf`, module],
  ]);
  const of = (...named: readonly string[]): readonly Finding[] =>
    run(
      memoryReader(texts),
      named.map((name) => ROOT + name),
      { ...EVERYTHING, rules: new Set([rule]) },
    ).documents.flatMap(({ findings }) => findings);
  return { texts, inPlan: of('plan.json'), inConfiguration: of('main.tf', 'm/main.tf') };
}

describe('a plan of HCL', () => {
  const cases: readonly (readonly [what: string, module: string, after: Body, keys: readonly string[], at: string])[] =
    [
      ['an argument', volume('size      = 1', 'encrypted = false'), { encrypted: false, size: 1 }, [''], 'encrypted'],
      ['a resource without the argument', volume('size = 1'), { size: 1 }, [''], '"v"'],
      ['a counted resource', volume('count     = 1', 'encrypted = false'), { encrypted: false }, ['[0]'], 'encrypted'],
      [
        'several instances',
        volume('for_each  = toset(["p", "q"])', 'encrypted = false'),
        { encrypted: false },
        ['["p"]', '["q"]'],
        'encrypted',
      ],
    ];
  for (const [what, module, after, keys, at] of cases) {
    it(`is configured at ${what}`, () => {
      const { texts, inPlan } = both(module, after, keys);
      assert.deepEqual(
        inPlan.flatMap(({ related }) =>
          related.map(
            ({ at: { doc, start, end } }) => `${doc.slice(ROOT.length)}: ${texts.get(doc)!.slice(start, end)}`,
          ),
        ),
        [`m/main.tf: ${at}`],
      );
    });

    it(`has the finding of ${what} in its configuration`, () => {
      const { inPlan, inConfiguration } = both(module, after, keys);
      assert.equal(inPlan.length, 1);
      const identityOf = ({ fingerprint, rule, path }: Finding) => ({ fingerprint, rule, path });
      assert.deepEqual(inPlan.map(identityOf), inConfiguration.map(identityOf));
      assert.equal(inPlan[0]!.resource, `module.a["x"].aws_ebs_volume.v${keys[0]!}`);
      const [address, shown] =
        keys.length > 1
          ? ['module.a["x"].aws_ebs_volume.v', 'module.a.aws_ebs_volume.v']
          : [inPlan[0]!.resource, inPlan[0]!.resource];
      assert.equal(inConfiguration[0]!.resource, address);
      assert.ok(inConfiguration[0]!.message.includes(`${shown} `));
    });
  }
});

/** The findings of the volume rule in a configuration, and in a plan of the volumes at some addresses. */
function bothOf(files: Readonly<Record<string, string>>, changes: readonly ReturnType<typeof change>[]) {
  const texts = new Map(Object.entries(files).map(([name, text]) => [ROOT + name, text]));
  texts.set(`${ROOT}plan.json`, JSON.stringify(plan([...changes], {})['plan.json']));
  const of = (...named: readonly string[]) =>
    run(
      memoryReader(texts),
      named.map((name) => ROOT + name),
      { ...EVERYTHING, rules: new Set([VOLUME]) },
    ).documents.flatMap(({ findings }) =>
      findings.map(({ fingerprint, resource, message }) => ({ fingerprint, resource, message })),
    );
  return { inPlan: of('plan.json'), inConfiguration: of(...Object.keys(files)) };
}

describe('a finding in a configuration has the address of the plan', () => {
  const cases: readonly (readonly [what: string, files: Readonly<Record<string, string>>, address: string])[] = [
    [
      'of a volume that is counted once',
      { 'main.tf': volume('count = 1', 'encrypted = false') },
      'aws_ebs_volume.v[0]',
    ],
    [
      'of a volume that exists only if a variable is set',
      { 'main.tf': volume('count = var.on ? 1 : 0', 'encrypted = false') + 'variable "on" {\n  default = true\n}\n' },
      'aws_ebs_volume.v[0]',
    ],
    [
      'of a volume for each of one key',
      { 'main.tf': volume('for_each = { a = 1 }', 'encrypted = false') },
      'aws_ebs_volume.v["a"]',
    ],
    [
      'of a volume in a module that is counted once',
      { 'main.tf': 'module "m" {\n  source = "./m"\n  count  = 1\n}\n', 'm/main.tf': volume('encrypted = false') },
      'module.m[0].aws_ebs_volume.v',
    ],
    [
      'of the one volume of several that is not encrypted',
      { 'main.tf': volume('for_each = { a = true, b = false }', 'encrypted = each.value') },
      'aws_ebs_volume.v["b"]',
    ],
  ];
  for (const [what, files, address] of cases)
    it(what, () => {
      const { inPlan, inConfiguration } = bothOf(files, [change(address, { after: { encrypted: false } })]);
      assert.equal(inPlan.length, 1);
      assert.deepEqual(
        inConfiguration.map(({ message, ...one }) => ({ ...one, address: message.split(' ')[0] })),
        inPlan.map(({ message, ...one }) => ({ ...one, address: message.split(' ')[0] })),
      );
    });
});
