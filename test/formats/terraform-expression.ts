/** Terraform expressions without a directory: a few variables and locals, and values as text. */
import assert from 'node:assert/strict';
import type { Truth, ScenarioVariable } from '../../server/src/base/guard.ts';
import { unknown } from '../../server/src/model/navigate.ts';
import type { Origin, Value } from '../../server/src/model/value.ts';
import { domainOf, valueOfDomain, type Domain } from '../../server/src/formats/domain.ts';
import { usedAt } from '../../server/src/formats/located.ts';
import { evaluate, type Options } from '../../server/src/formats/terraform/evaluate.ts';
import { parseExpression } from '../../server/src/formats/terraform/expression/parser.ts';
import { addressOf } from '../../server/src/formats/terraform/expression/references.ts';
import type { Scope } from '../../server/src/formats/terraform/expression/scope.ts';

export const LOCALS: Readonly<Record<string, string>> = {
  tags: '{ Owner = "me", Env = var.env }',
  buckets: '["a", "b"]',
  is_prod: 'var.env == "prod"',
  bucket: 'aws_s3_bucket.b',
  arn: '"arn:${var.name}:x"',
  secret: 'sensitive("hunter2")',
  text: '"x${aws_x.y.z}"',
  maybe: 'var.env == "prod" ? { key = "k" } : null',
  blocks: '[{ cidr = "10.0.0.0/8", ports = [22, 80] }, { cidr = "0.0.0.0/0", ports = [443] }]',
  circular: 'local.circular',
};

/** A configuration with a few variables, the locals above, and every resource that an expression names. */
export class Configuration {
  readonly #conditions = new Map<string, ScenarioVariable>();
  readonly #nesting = { level: 0, left: 10_000_000 };
  readonly #locals: Readonly<Record<string, string>>;
  readonly #underWay = new Set<string>();
  readonly #held = new Map<string, Value>();
  readonly #domains: Readonly<Record<string, Domain>>;

  /** `pinned` are variables with one value each. */
  constructor(
    locals: Readonly<Record<string, string>> = LOCALS,
    pinned: Readonly<Record<string, string | boolean>> = {},
  ) {
    this.#locals = locals;
    const at = (name: string): Origin => ({ use: { doc: `var.${name}`, start: 0, end: 1 }, steps: [], edit: 'here' });
    const literal = (name: string, value: string | number | boolean | null): { text: string; value: Value } => ({
      text: String(value),
      value: { state: 'known', origin: at(name), raw: String(value), quoted: typeof value === 'string', value },
    });
    const list = (name: string, texts: readonly string[]): Value =>
      evaluate(parseExpression(JSON.stringify(texts)).expression, this.scope(JSON.stringify(texts), `var.${name}`));
    const variable = (name: string, source: Partial<Parameters<typeof domainOf>[0]>): [string, Domain] => [
      name,
      domainOf({ id: name, kind: 'parameter', name, compared: [], ...source }),
    ];
    this.#domains = Object.fromEntries([
      variable('on', { fallback: literal('on', true), allowed: [literal('on', true), literal('on', false)] }),
      variable('off', { fallback: literal('off', false) }),
      variable('env', { fallback: literal('env', 'dev'), compared: [literal('env', 'prod')] }),
      variable('none', { fallback: literal('none', null) }),
      variable('pinned', { pinned: literal('pinned', 'fixed') }),
      variable('size', { allowed: [literal('size', 1), literal('size', 20)] }),
      ...Object.entries(pinned).map(([name, value]) => variable(name, { pinned: literal(name, value) })),
      variable('names', { pinned: { text: 'x,y', value: list('names', ['x', 'y']) } }),
    ]);
  }

  /** A scenario by the values of variables. */
  scenario(values: Readonly<Record<string, string | boolean>>): ReadonlyMap<ScenarioVariable, number> {
    return new Map(
      Object.entries(values).map(([name, value]) => {
        const { variable } = this.#domains[name]!;
        return [variable, variable.domain.indexOf(String(value))] as const;
      }),
    );
  }

  scope(text: string, doc = 'main'): Scope {
    return {
      text,
      within: '',
      resolve: () => undefined,
      nesting: this.#nesting,
      span: ({ start, end }) => ({ doc, start, end }),
      variable: (name, origin) => {
        const domain = this.#domains[name];
        if (!domain) return unknown(origin, 'parameter');
        return valueOfDomain(domain, origin, (value) =>
          usedAt(value, origin.use, origin.key, { what: 'variable', name, at: value.origin.use }),
        );
      },
      local: (name, origin) => {
        const source = this.#locals[name];
        if (source === undefined || this.#underWay.has(name)) return unknown(origin, 'syntax');
        this.#underWay.add(name);
        const value =
          this.#held.get(name) ??
          evaluate(parseExpression(source).expression, this.scope(source, `local.${name}`), { edit: 'shared' });
        this.#underWay.delete(name);
        this.#held.set(name, value);
        return usedAt(value, origin.use, origin.key, { what: 'local', name: `local.${name}`, at: value.origin.use });
      },
      bound: (name) =>
        name === 'each'
          ? evaluate(
              parseExpression('{ key = "k", value = { on = false } }').expression,
              this.scope('{ key = "k", value = { on = false } }', 'each'),
            )
          : undefined,
      reference: (traversal, origin) => {
        const target = addressOf(traversal);
        if (!target) return unknown(origin, 'computed');
        return {
          state: 'reference',
          origin,
          to: target.address,
          ...(target.attribute === undefined ? {} : { attribute: target.attribute }),
        };
      },
      domain: (name) => this.#domains[name],
      condition: (condition, _, shown) => {
        const held = this.#conditions.get(condition) ?? {
          id: condition,
          kind: 'condition',
          name: shown,
          domain: ['true', 'false'],
        };
        this.#conditions.set(condition, held);
        return held;
      },
      call: (name, args, origin) =>
        name === 'file' && args[0]?.state === 'known'
          ? { state: 'known', origin, raw: `<${args[0].raw}>`, quoted: true, value: `<${args[0].raw}>` }
          : undefined,
    };
  }
}

/** The value of an expression that is right. */
export function valueOf(source: string, options: Options = {}, configuration = new Configuration()): Value {
  const { expression, problems } = parseExpression(source);
  assert.deepEqual(problems, [], source);
  return evaluate(expression, configuration.scope(source), options);
}

/** A value in brackets, so that a table can say what it is. */
export function show(value: Value): string {
  switch (value.state) {
    case 'known':
      return value.quoted ? JSON.stringify(value.value) : value.raw;
    case 'template':
      return `"${value.pieces.map((piece) => (typeof piece === 'string' ? piece : `<${show(piece)}>`)).join('')}"`;
    case 'object':
      return `{${[...value.entries.map((entry) => `${entry.key}: ${show(entry.value)}${showWhen(entry.when)}`), ...(value.open ? ['…'] : [])].join(', ')}}`;
    case 'list':
      return `[${[...value.items.map((item) => `${show(item.value)}${showWhen(item.when)}`), ...(value.open ? ['…'] : [])].join(', ')}]`;
    case 'reference':
      return `&${value.to}${value.attribute === undefined ? '' : `.${value.attribute}`}`;
    case 'unknown':
      return `?${value.why}${value.refs.map((ref) => ` ${ref}`).join('')}`;
    case 'absent':
      return value.open ? 'absent…' : 'absent';
    case 'choice':
      return value.branches
        .map(
          ({ guard, value: inner }) =>
            `${guard.holdsByDefault() ? '*' : ''}${guard
              .describe()
              .map((term) => `${term.name}=${term.value}`)
              .join(',')} -> ${show(inner)}`,
        )
        .join(' | ');
  }
}

function showWhen(when: Truth): string {
  if (when.yes.isAlways()) return '';
  return ` if ${
    when.yes.satisfiable()
      ? when.yes
          .describe()
          .map((term) => `${term.name}=${term.value}`)
          .join(',')
      : '?'
  }`;
}
