/** The values of random templates, compared with a simple interpreter for every assignment of their parameters. */
import assert from 'node:assert/strict';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { check } from '../../server/src/engine/check.ts';
import { OTHER, type Guard, type ScenarioVariable } from '../../server/src/base/guard.ts';
import type { TemplateInputs } from '../../server/src/formats/cloudformation/inputs.ts';
import type { TemplateSource } from '../../server/src/formats/cloudformation/reading.ts';
import { templateStack } from '../../server/src/formats/cloudformation/stack.ts';
import { leaves } from '../../server/src/model/navigate.ts';
import { is, isAbsent, type Judgement } from '../../server/src/model/judgement.ts';
import { oneOf } from '../../server/src/model/predicate.ts';
import type { Stack } from '../../server/src/model/resource.ts';
import type { Value } from '../../server/src/model/value.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import type { Scenario } from '../base/scenarios.ts';
import { probe } from './probe.ts';
import {
  Deployed,
  FAILS,
  NOTHING,
  randomTemplate,
  REGIONS,
  textOf,
  valuesOf,
  type Resource,
  type Result,
  type Template,
} from './random-template.ts';
import { ALL_LINKS } from '../kit/all-links.ts';
import { runs } from '../kit/runs.ts';

type Assignment = ReadonlyMap<string, string>;

const MOST_ASSIGNMENTS = 300;
const MOST_ATOMS = 5;

function sourceOf(template: Template, name: string, inputs?: TemplateInputs): TemplateSource {
  return {
    tree: parse(`file:///${name}.yaml`, textOf(template), template.short ? 'yaml' : 'json'),
    format: 'cloudformation',
    carriers: new Map(),
    linksOf: ALL_LINKS,
    generated: false,
    nested: new Map(
      [...template.stacks].map(([stack, inner]) => [stack, sourceOf(inner.template, `${name}-${stack}`)]),
    ),
    ...(inputs ? { inputs } : {}),
  };
}

function assignmentsOf({ parameters }: Template): readonly Assignment[] {
  const all = [...parameters].map(([name, parameter]) => [name, valuesOf(parameter)] as const);
  return [...all, ['AWS::Region', REGIONS] as const].reduce<readonly Assignment[]>(
    (sum, [name, values]) => sum.flatMap((one) => values.map((value) => new Map(one).set(name, value))),
    [new Map()],
  );
}

/** A thing that is said, and what it is. */
interface Claim {
  readonly what: string;
  /** Undefined where nothing is said, else whether it is right. */
  holds(scenario: Scenario): boolean | undefined;
  readonly guards: readonly Guard[];
  /** Whether it can be known. */
  readonly knowable: boolean;
  /** A resource and what its property X is. */
  readonly fact?: { readonly address: string; readonly result: Result };
}

/** Whether what a value is said to be is so; undefined where nothing is said. */
function agrees(value: Value, scenario: Scenario, actual: Result): boolean | undefined {
  const texts = leaves(value)
    .filter(({ guard }) => guard.contains(scenario))
    .map(({ value: leaf }): boolean | undefined => {
      switch (leaf.state) {
        case 'known':
          return String(leaf.raw) === actual;
        case 'absent':
          return leaf.open ? undefined : actual === NOTHING;
        case 'template':
          return typeof actual === 'string' &&
            !new RegExp(
              `^${leaf.pieces.map((piece) => (typeof piece === 'string' ? piece.replaceAll(/[^\w-]/g, '\\$&') : '.*')).join('')}$`,
            ).test(actual)
            ? false
            : undefined;
        case 'unknown':
          return leaf.admits && typeof actual === 'string' && !leaf.admits(actual) ? false : undefined;
        case 'list': {
          if (!Array.isArray(actual)) return false;
          const items = leaf.items.filter(
            ({ value: item }) =>
              !leaves(item).some((option) => option.guard.contains(scenario) && option.value.state === 'absent'),
          );
          if (!leaf.open && items.length !== actual.length) return false;
          if (leaf.open) return undefined;
          const each = items.map((item, i) => agrees(item.value, scenario, (actual as readonly string[])[i]!));
          return each.includes(false) ? false : each.includes(undefined) ? undefined : true;
        }
        default:
          return undefined;
      }
    });
  return texts.includes(false) ? false : texts.includes(undefined) || texts.length === 0 ? undefined : true;
}

/** Whether a value has more combinations than are worked out. */
function isCutShort(value: Value): boolean {
  return leaves(value).some(({ value: leaf }) =>
    (leaf.state === 'template' ? leaf.pieces : [leaf]).some(
      (piece) => typeof piece !== 'string' && piece.state === 'unknown' && piece.why === 'budget',
    ),
  );
}

/** Says nothing: CloudFormation would refuse what is there, which is not looked for here. */
const FAILURE: Claim = { what: 'fails', guards: [], knowable: false, holds: () => undefined };

function guardsIn(value: Value): readonly Guard[] {
  return leaves(value).flatMap(({ guard, value: leaf }) => [
    guard,
    ...(leaf.state === 'list' ? leaf.items.flatMap((item) => guardsIn(item.value)) : []),
  ]);
}

/** All that is said of a template and those within it, with what is so when it is deployed. */
function claims(stack: Stack, deployed: Deployed, there: boolean, prefix: string): readonly Claim[] {
  const { template } = deployed;
  const valid = deployed.canBeDeployed();
  const made: Claim[] = deployed.isBroken() ? [FAILURE] : [];
  const of = (name: string, one: Resource, at: Deployed, isMade: boolean): void => {
    const resource = stack.byAddress(`${prefix}${name}`);
    if (!resource) {
      if (isMade && stack.closed)
        made.push({ what: `${prefix}${name} is not there`, guards: [], knowable: true, holds: () => false });
      return;
    }
    const condition = one.condition === undefined ? true : at.holds(one.condition);
    if (condition === FAILS) made.push(FAILURE);
    const exists = isMade && there && condition === true;
    const { yes, no } = resource.when;
    made.push({
      what: `${prefix}${name} exists: ${exists}`,
      guards: [yes, no],
      knowable: condition !== FAILS && valid,
      holds: (scenario) => {
        const [is, isNot] = [yes.contains(scenario), no.contains(scenario)];
        if (is && isNot) return false;
        if (condition === FAILS || !valid) return undefined;
        return is ? exists : isNot ? !exists : undefined;
      },
    });
    if (!exists || !valid) return;
    const property = (path: string, actual: Result, knowable = true): void => {
      const value = resource.get(path);
      if (actual === FAILS) made.push(FAILURE);
      else
        made.push({
          what: `${prefix}${name}.${path} is ${String(actual)}`,
          guards: guardsIn(value),
          knowable: knowable && !isCutShort(value),
          ...(path === 'X' ? { fact: { address: `${prefix}${name}`, result: actual } } : {}),
          holds: (scenario) => agrees(value, scenario, actual),
        });
    };
    for (const [path, expression] of one.properties) property(path, at.evaluate(expression));
    if (!one.loop) return;
    const turns = at.turns(one.loop.collection);
    for (const turn of turns ? ['a', 'b', 'c', 'd', 'x'] : []) {
      // Where a loop may have other turns in some scenario, nothing is said to be absent.
      if (turns!.includes(turn)) property(`Q${turn}`, at.bind(one.loop.identifier, turn).evaluate(one.loop.body));
      else property(`Q${turn}`, NOTHING, one.loop.collection.is === 'list');
    }
  };
  for (const [name, one] of template.resources) of(name, one, deployed, true);
  const loop = template.resourceLoop;
  const turns = loop && deployed.turns(loop.collection);
  if (loop && turns)
    for (const turn of ['a', 'b', 'c', 'd', 'x'])
      of(`B${turn}`, loop.body, deployed.bind('S', turn), turns.includes(turn));
  for (const name of valid ? template.stacks.keys() : []) {
    const inner = deployed.within(name);
    if (inner) made.push(...claims(stack, inner, there, `${prefix}${name}/`));
    else if (deployed.has(name)) made.push(FAILURE);
  }
  return made;
}

function scenarioOf(variables: readonly ScenarioVariable[], assignment: Assignment, deployment: number): Scenario {
  return new Map(
    variables.flatMap((variable): readonly (readonly [ScenarioVariable, number])[] => {
      if (variable.kind === 'deployment') return [[variable, deployment]];
      if (variable.kind !== 'parameter') return [];
      const text = assignment.get(variable.name)!;
      const index = variable.domain.indexOf(text);
      const found = index >= 0 ? index : variable.domain.indexOf(OTHER);
      assert.ok(found >= 0, `${variable.name} can be ${text}`);
      return [[variable, found]];
    }),
  );
}

function withAtoms(scenario: Scenario, atoms: readonly ScenarioVariable[]): readonly Scenario[] {
  return atoms.reduce<readonly Scenario[]>(
    (all, atom) => all.flatMap((one) => [0, 1].map((index) => new Map(one).set(atom, index))),
    [scenario],
  );
}

/** Whether a template itself names all values that its parameters have. */
function isNamed({ parameters }: Template, text: string, assignment: Assignment): boolean {
  return (
    !text.includes('AWS::Region') &&
    [...parameters].every(
      ([name, { list, allowed, fallback }]) => assignment.get(name) === fallback || (allowed !== undefined && !list),
    )
  );
}

function examine(seed: number): void {
  let state = seed;
  const random = (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
  const template = randomTemplate(random, random(3) === 0 ? 2 : random(2));
  const text = printed(template, 't');
  let assignments = assignmentsOf(template);
  const step = Math.ceil(assignments.length / MOST_ASSIGNMENTS);
  assignments = assignments.filter((_, i) => i % step === 0);
  const withDeployments = random(4) === 0;
  if (withDeployments) assignments = Array.from({ length: 3 }, () => assignments[random(assignments.length)]!);
  const chosen = random(4) === 0 && template.conditions.size > 0 ? { name: 'C0', value: random(2) === 0 } : undefined;
  const given = (one: Assignment): Assignment => new Map([...one].filter(([name]) => name !== 'AWS::Region'));
  const inputs: TemplateInputs = {
    deployments: withDeployments
      ? assignments.map((one, i) => ({
          name: `d${i}.json`,
          parameters: new Map([...given(one)].map(([name, text]) => [name, { text }])),
        }))
      : [],
    ...(chosen ? { scenario: { conditions: new Map([[chosen.name, chosen.value]]), parameters: new Map() } } : {}),
  };
  const { stack } = templateStack(sourceOf(template, 't', inputs));
  const findings = certainly(stack);
  const facts = new Set<string>();
  const byDefault = new Set<string>();
  // Whether something is refused or cannot be told, so that what is found there cannot be held against what is so.
  let vague = withDeployments && text.includes('AWS::Region');
  for (const [index, assignment] of assignments.entries()) {
    const deployed = new Deployed(template, assignment);
    const context = `${JSON.stringify([...assignment])}, seed ${seed}${chosen ? `, ${chosen.name} is ${chosen.value}` : ''}\n${text}`;
    const there = !chosen || deployed.holds(chosen.name) === chosen.value;
    const all = claims(stack, deployed, there, '');
    const isDefault =
      !withDeployments &&
      !text.includes('AWS::Region') &&
      [...template.parameters].every(([name, { fallback }]) => assignment.get(name) === fallback);
    vague ||= all.includes(FAILURE);
    for (const { address, result } of all.flatMap(({ fact }) => fact ?? [])) {
      if (result !== 'a' && result !== NOTHING) continue;
      const line = `${address} is ${String(result)}`;
      facts.add(line);
      if (isDefault) byDefault.add(line);
    }
    const variables = [...new Set(all.flatMap(({ guards }) => guards.flatMap((guard) => [...guard.variables()])))];
    const atoms = variables.filter(({ kind }) => kind === 'condition');
    vague ||= atoms.length > 0;
    if (atoms.length > MOST_ATOMS) continue;
    const scenario = scenarioOf(variables, assignment, index);
    const wrong = withAtoms(scenario, atoms).map((one) => all.filter((claim) => claim.holds(one) === false));
    // What is not known is so in one way; in that one nothing that is said may be wrong.
    const best = wrong.reduce((least, one) => (one.length < least.length ? one : least));
    assert.deepEqual(
      best.map(({ what }) => what),
      [],
      `what is said is wrong with ${context}`,
    );
    const named = isNamed(template, text, assignment);
    if (!named) continue;
    const silent = all.filter((claim) => claim.knowable && claim.holds(scenario) === undefined);
    assert.deepEqual(
      silent.map(({ what }) => what),
      [],
      `nothing is said with ${context}`,
    );
  }
  assert.deepEqual(
    [...byDefault].filter((line) => !findings.has(line)),
    [],
    `what is wrong by default is not said, seed ${seed}\n${text}`,
  );
  if (step === 1 && !vague)
    assert.deepEqual(
      [...findings].filter((line) => !facts.has(line)),
      [],
      `what is certain never is so, seed ${seed}\n${text}`,
    );
}

function printed(template: Template, name: string): string {
  return [
    `-- ${name}`,
    textOf(template),
    ...[...template.stacks].map(([stack, { template: inner }]) => printed(inner, `${name}-${stack}`)),
  ].join('\n');
}

/** What a rule says for certain of the property X. */
function certainly(stack: Stack): ReadonlySet<string> {
  const look = (predicate: (value: Value) => Judgement, what: string) =>
    probe({
      'T::A::B': (resource) => {
        const value = resource.get('X');
        return [{ violations: [{ wrong: predicate(value), at: value }], message: what }];
      },
    });
  const rules = [look((value) => is(value, oneOf('a')), 'a'), look(isAbsent, String(NOTHING))];
  const { drafts } = check(stack, rules, {
    configuration: DEFAULT_CONFIGURATION,
    places: {
      mark: (leaf) => leaf.origin.use,
      pathOf: () => '',
      partAt: () => undefined,
      sourceAt: () => undefined,
      overlapsParts: () => false,
    },
    actions: () => undefined,
    iam: undefined,
  });
  return new Set(
    drafts
      .filter(({ certainty }) => certainty === 'certain')
      .map(({ subject, message }) => `${subject!.address} is ${message}`),
  );
}

describe('the values of a template', () => {
  it('are correct for all values of its parameters', () => {
    const first = Number(process.env['SEED'] ?? 1);
    for (let seed = first; seed < first + runs(60); seed++) examine(seed);
  });
});
