/** Random templates, and the value of each for one assignment of its parameters, by a simple interpreter. */

/** A text, the items of a list, nothing, or `FAILS` where CloudFormation would refuse to deploy. */
export type Result = string | readonly string[] | typeof NOTHING | typeof FAILS;
export const NOTHING = Symbol('nothing');
export const FAILS = Symbol('fails');

export type Expression =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'nothing' }
  | { readonly is: 'ref'; readonly name: string }
  | { readonly is: 'if'; readonly condition: string; readonly yes: Expression; readonly no: Expression }
  | {
      readonly is: 'find';
      readonly first: Expression;
      readonly second: Expression;
      readonly otherwise: Expression | undefined;
    }
  | {
      readonly is: 'sub';
      readonly pieces: readonly (string | { readonly name: string })[];
      readonly own: ReadonlyMap<string, Expression>;
    }
  | { readonly is: 'join'; readonly delimiter: string; readonly list: Expression }
  | { readonly is: 'select'; readonly index: number; readonly list: Expression }
  | { readonly is: 'length'; readonly list: Expression }
  | { readonly is: 'split'; readonly delimiter: string; readonly text: Expression }
  | { readonly is: 'list'; readonly items: readonly Expression[] }
  | { readonly is: 'output'; readonly stack: string; readonly name: string };

export type Condition =
  | { readonly is: 'equals'; readonly one: Expression; readonly other: Expression }
  | { readonly is: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly is: 'not'; readonly of: Condition }
  | { readonly is: 'named'; readonly name: string }
  | { readonly is: 'among'; readonly texts: readonly string[]; readonly value: Expression };

export interface Parameter {
  readonly list: boolean;
  readonly allowed: readonly string[] | undefined;
  readonly fallback: string | undefined;
  readonly pattern: string | undefined;
}

export interface Loop<T> {
  readonly identifier: string;
  readonly collection: Expression;
  readonly body: T;
}

export interface Resource {
  readonly condition: string | undefined;
  readonly properties: ReadonlyMap<string, Expression>;
  /** Properties that a loop makes. */
  readonly loop: Loop<Expression> | undefined;
}

export interface Stack {
  readonly condition: string | undefined;
  readonly parameters: ReadonlyMap<string, Expression>;
  readonly template: Template;
}

export interface Output {
  readonly condition: string | undefined;
  readonly value: Expression;
}

export interface Template {
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly conditions: ReadonlyMap<string, Condition>;
  readonly conditionLoop: Loop<Condition> | undefined;
  readonly rules: readonly { readonly premise: Condition | undefined; readonly assertion: Condition }[];
  readonly resources: ReadonlyMap<string, Resource>;
  readonly resourceLoop: Loop<Resource> | undefined;
  readonly stacks: ReadonlyMap<string, Stack>;
  readonly outputs: ReadonlyMap<string, Output>;
  readonly short: boolean;
}

const TEXTS = ['a', 'b', 'c', 'd'];
const PATTERNS = ['^(a|b)$', '[^c]', '[^b]', 'a|c|x'];
/** Texts to assign, of which no template names the last two. */
const ASSIGNED = [...TEXTS, 'x', 'y'];
const LISTS = ['a', 'b', 'a,b', 'b,c', 'c,a,x', 'x,y'];
const MAPPING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  a: { a: 'a', b: 'b' },
  b: { a: 'c', b: 'd' },
  c: { a: 'a', c: 'x' },
};

/** A random template, with others within it as deep as asked for. */
export function randomTemplate(random: (below: number) => number, deep: number): Template {
  return new Author(random).template(deep);
}

class Author {
  readonly #random: (below: number) => number;
  #parameters: readonly string[] = [];
  #lists: readonly string[] = [];
  #conditions: readonly string[] = [];
  #outputs: readonly (readonly [stack: string, name: string])[] = [];
  #loops = 0;

  constructor(random: (below: number) => number) {
    this.#random = random;
  }

  template(deep: number): Template {
    const parameters = new Map<string, Parameter>();
    for (let i = 0; i < 2 + this.#random(2); i++) parameters.set(`P${i}`, this.#parameter());
    if (this.#chance(2)) parameters.set('L0', this.#listParameter());
    this.#parameters = [...parameters.keys()]
      .filter((name) => name.startsWith('P'))
      .concat(this.#chance(4) ? ['AWS::Region'] : []);
    this.#lists = [...parameters.keys()].filter((name) => name.startsWith('L'));
    const conditionLoop = this.#chance(4)
      ? { identifier: 'S', collection: this.#collection(), body: this.#condition(1, 'S') }
      : undefined;
    const conditions = new Map<string, Condition>();
    for (let i = 0; i < 2 + this.#random(3); i++) {
      conditions.set(`C${i}`, this.#condition(2));
      this.#conditions = [...conditions.keys()];
    }
    const stacks = new Map<string, Stack>();
    for (let i = 0; deep > 0 && i < 1 + this.#random(2); i++) {
      const template = new Author(this.#random).template(deep - 1);
      const passed = [...template.parameters]
        .filter(([, { fallback }]) => fallback === undefined || this.#chance(2))
        .map(([name, { list }]): readonly [string, Expression] => [
          name,
          list ? { is: 'join', delimiter: ',', list: this.#list(1) } : this.#text(this.#random(2)),
        ]);
      stacks.set(`N${i}`, { condition: this.#maybe(this.#conditions, 3), parameters: new Map(passed), template });
      this.#outputs = [...this.#outputs, ...[...template.outputs.keys()].map((name) => [`N${i}`, name] as const)];
    }
    const rules = this.#chance(3)
      ? [{ premise: this.#chance(2) ? this.#rule() : undefined, assertion: this.#rule() }]
      : [];
    const resources = new Map<string, Resource>();
    for (let i = 0; i < 1 + this.#random(2); i++) resources.set(`R${i}`, this.#resource());
    const resourceLoop = this.#chance(3)
      ? { identifier: 'S', collection: this.#collection(), body: this.#resource('S', conditionLoop !== undefined) }
      : undefined;
    const outputs = new Map<string, Output>();
    for (let i = 0; i < this.#random(3); i++)
      outputs.set(`O${i}`, { condition: this.#maybe(this.#conditions, 3), value: this.#text(2) });
    return {
      parameters,
      conditions,
      conditionLoop,
      rules,
      resources,
      resourceLoop,
      stacks,
      outputs,
      short: this.#chance(2),
    };
  }

  #chance(of: number): boolean {
    return this.#random(of) === 0;
  }

  #pick<T>(things: readonly T[]): T {
    return things[this.#random(things.length)]!;
  }

  #maybe<T>(things: readonly T[], of: number): T | undefined {
    return things.length > 0 && this.#chance(of) ? this.#pick(things) : undefined;
  }

  #parameter(): Parameter {
    const pattern = this.#chance(4) ? this.#pick(PATTERNS) : undefined;
    const fits = TEXTS.filter((text) => pattern === undefined || new RegExp(`^(?:${pattern})$`).test(text));
    const allowed =
      pattern === undefined && this.#chance(2) ? TEXTS.slice(this.#random(2), 2 + this.#random(3)) : undefined;
    return { list: false, pattern, allowed, fallback: this.#chance(2) ? this.#pick(allowed ?? fits) : undefined };
  }

  #listParameter(): Parameter {
    const allowed = this.#chance(2) ? ['a', 'b'] : undefined;
    return {
      list: true,
      pattern: undefined,
      allowed,
      fallback: this.#chance(2) ? this.#pick(['a,b', 'b', 'a']) : undefined,
    };
  }

  #collection(): Expression {
    const name = this.#maybe(this.#lists, 2);
    return name === undefined
      ? { is: 'list', items: TEXTS.slice(0, 1 + this.#random(3)).map((text) => ({ is: 'text', text })) }
      : { is: 'ref', name };
  }

  /** Functions in rules may refer to parameters alone. */
  #rule(): Condition {
    const value: Expression = {
      is: 'ref',
      name: this.#pick(this.#parameters.filter((name) => !name.startsWith('AWS'))),
    };
    return this.#chance(2)
      ? { is: 'equals', one: value, other: { is: 'text', text: this.#pick(TEXTS) } }
      : { is: 'among', texts: TEXTS.slice(this.#random(2), 3), value };
  }

  #condition(depth: number, identifier?: string): Condition {
    const kind = depth === 0 ? 0 : this.#random(7);
    if (kind === 3 && this.#conditions.length > 0) return { is: 'named', name: this.#pick(this.#conditions) };
    if (kind === 4) return { is: 'not', of: this.#condition(depth - 1, identifier) };
    if (kind > 4)
      return {
        is: kind === 5 ? 'and' : 'or',
        of: [this.#condition(depth - 1, identifier), this.#condition(depth - 1, identifier)],
      };
    const one: Expression = this.#chance(3) ? this.#text(1) : { is: 'ref', name: this.#pick(this.#parameters) };
    const other: Expression =
      identifier !== undefined
        ? { is: 'ref', name: identifier }
        : this.#chance(5)
          ? { is: 'ref', name: this.#pick(this.#parameters) }
          : { is: 'text', text: this.#pick(TEXTS) };
    return { is: 'equals', one, other };
  }

  #resource(identifier?: string, conditions = false): Resource {
    const properties = new Map([
      ['X', this.#value(3)],
      ['Y', this.#value(2)],
    ]);
    if (identifier !== undefined)
      properties.set('Z', {
        is: 'sub',
        pieces: ['is-', { name: identifier }, '-', { name: this.#pick(this.#parameters) }],
        own: new Map(),
      });
    const looped = identifier !== undefined && conditions && this.#chance(2) ? `K\${${identifier}}` : undefined;
    return {
      condition: looped ?? this.#maybe(this.#conditions, 2),
      properties,
      loop: this.#chance(4) ? this.#propertyLoop() : undefined,
    };
  }

  #propertyLoop(): Loop<Expression> {
    const identifier = `T${this.#loops++}`;
    return {
      identifier,
      collection: this.#collection(),
      body: { is: 'sub', pieces: [{ name: identifier }, this.#pick(TEXTS)], own: new Map() },
    };
  }

  /** What a property can be: also nothing, and a list. */
  #value(depth: number): Expression {
    const kind = this.#random(8);
    if (kind === 0) return this.#list(depth);
    if (kind < 4 && depth > 0 && this.#conditions.length > 0)
      return {
        is: 'if',
        condition: this.#pick(this.#conditions),
        yes: this.#value(depth - 1),
        no: this.#chance(3) ? { is: 'nothing' } : this.#value(depth - 1),
      };
    return this.#text(depth);
  }

  #text(depth: number): Expression {
    const kind = this.#random(depth === 0 ? 3 : 10);
    switch (kind) {
      case 3:
        return {
          is: 'find',
          first: this.#text(depth - 1),
          second: this.#chance(2) ? { is: 'text', text: 'a' } : this.#text(depth - 1),
          otherwise: this.#chance(2) ? this.#text(depth - 1) : undefined,
        };
      case 4:
        return {
          is: 'sub',
          pieces: [this.#pick(['', '-']), { name: this.#pick(this.#parameters) }, this.#pick(['', '-']), { name: 'V' }],
          own: new Map([['V', this.#text(depth - 1)]]),
        };
      case 5:
        return { is: 'sub', pieces: ['', { name: this.#pick(this.#parameters) }, ''], own: new Map() };
      case 6:
        return { is: 'join', delimiter: this.#pick(['', '-', ',']), list: this.#list(depth - 1) };
      case 7:
        return { is: 'select', index: this.#random(3), list: this.#list(depth - 1) };
      case 8:
        return this.#conditions.length > 0
          ? { is: 'if', condition: this.#pick(this.#conditions), yes: this.#text(depth - 1), no: this.#text(depth - 1) }
          : { is: 'length', list: this.#list(depth - 1) };
      case 9: {
        const output = this.#maybe(this.#outputs, 1);
        return output
          ? { is: 'output', stack: output[0], name: output[1] }
          : { is: 'length', list: this.#list(depth - 1) };
      }
      case 0:
        return { is: 'text', text: this.#pick(TEXTS) };
      default:
        return { is: 'ref', name: this.#pick(this.#parameters) };
    }
  }

  #list(depth: number): Expression {
    const kind = this.#random(5);
    const name = this.#maybe(this.#lists, 3);
    if (name !== undefined) return { is: 'ref', name };
    if (kind === 0 && depth > 0)
      return { is: 'split', delimiter: this.#pick([',', '-', 'b']), text: this.#text(depth - 1) };
    if (kind === 1 && depth > 0 && this.#conditions.length > 0)
      return {
        is: 'if',
        condition: this.#pick(this.#conditions),
        yes: this.#list(depth - 1),
        no: this.#list(depth - 1),
      };
    return {
      is: 'list',
      items: Array.from({ length: 1 + this.#random(3) }, (): Expression =>
        this.#chance(4) && this.#conditions.length > 0
          ? {
              is: 'if',
              condition: this.#pick(this.#conditions),
              yes: this.#text(Math.max(0, depth - 1)),
              no: { is: 'nothing' },
            }
          : this.#text(Math.max(0, depth - 1)),
      ),
    };
  }
}

/** The texts that parameters can be assigned, and some of them that stand for all others. */
export function valuesOf({ list, allowed, pattern }: Parameter): readonly string[] {
  if (list) return LISTS.filter((text) => !allowed || text.split(',').every((item) => allowed.includes(item)));
  return allowed ?? ASSIGNED.filter((text) => pattern === undefined || new RegExp(`^(?:${pattern})$`).test(text));
}

export const REGIONS = [...TEXTS, 'y'];

/** The text of a template. */
export function textOf(template: Template): string {
  const { short } = template;
  const call = (name: string, argument: string): string =>
    short ? `!${name.replace('Fn::', '')} ${argument}` : `{"${name}": ${argument}}`;
  const write = (e: Expression): string => {
    switch (e.is) {
      case 'text':
        return JSON.stringify(e.text);
      case 'nothing':
        return call('Ref', '"AWS::NoValue"');
      case 'ref':
        return call('Ref', `"${e.name}"`);
      case 'if':
        return call('Fn::If', `["${e.condition}", ${write(e.yes)}, ${write(e.no)}]`);
      case 'find':
        return call(
          'Fn::FindInMap',
          `["M", ${write(e.first)}, ${write(e.second)}${e.otherwise ? `, {"DefaultValue": ${write(e.otherwise)}}` : ''}]`,
        );
      case 'sub': {
        const text = JSON.stringify(
          e.pieces.map((piece) => (typeof piece === 'string' ? piece : `\${${piece.name}}`)).join(''),
        );
        return call(
          'Fn::Sub',
          e.own.size === 0
            ? text
            : `[${text}, {${[...e.own].map(([name, value]) => `"${name}": ${write(value)}`).join(', ')}}]`,
        );
      }
      case 'join':
        return call('Fn::Join', `["${e.delimiter}", ${write(e.list)}]`);
      case 'select':
        return call('Fn::Select', `[${e.index}, ${write(e.list)}]`);
      case 'length':
        return `{"Fn::Length": ${write(e.list)}}`;
      case 'split':
        return call('Fn::Split', `["${e.delimiter}", ${write(e.text)}]`);
      case 'list':
        return `[${e.items.map(write).join(', ')}]`;
      case 'output':
        return call('Fn::GetAtt', short ? `"${e.stack}.Outputs.${e.name}"` : `["${e.stack}", "Outputs.${e.name}"]`);
    }
  };
  const decide = (c: Condition): string => {
    switch (c.is) {
      case 'equals':
        return call('Fn::Equals', `[${write(c.one)}, ${write(c.other)}]`);
      case 'among':
        return call('Fn::Contains', `[${JSON.stringify(c.texts)}, ${write(c.value)}]`);
      case 'named':
        return call('Condition', `"${c.name}"`);
      case 'not':
        return call('Fn::Not', `[${decide(c.of)}]`);
      default:
        return call(c.is === 'and' ? 'Fn::And' : 'Fn::Or', `[${c.of.map(decide).join(', ')}]`);
    }
  };
  const resource = ({ condition, properties, loop }: Resource): string => {
    const made = loop
      ? [
          `"Fn::ForEach::Inner": ["${loop.identifier}", ${write(loop.collection)}, {"Q\${${loop.identifier}}": ${write(loop.body)}}]`,
        ]
      : [];
    return `{"Type": "T::A::B", ${condition === undefined ? '' : `"Condition": "${condition}", `}"Properties": {${[...[...properties].map(([name, value]) => `"${name}": ${write(value)}`), ...made].join(', ')}}}`;
  };
  const lines = (entries: readonly string[]): string => entries.map((entry) => `  ${entry}`).join(',\n');
  const section = (name: string, entries: readonly string[]): readonly string[] =>
    entries.length === 0 ? [] : [`"${name}": {\n${lines(entries)}\n}`];
  return `{\n${[
    '"Transform": "AWS::LanguageExtensions"',
    ...section(
      'Parameters',
      [...template.parameters].map(
        ([name, { list, allowed, fallback, pattern }]) =>
          `"${name}": ${JSON.stringify({
            Type: list ? 'CommaDelimitedList' : 'String',
            ...(allowed ? { AllowedValues: allowed } : {}),
            ...(fallback === undefined ? {} : { Default: fallback }),
            ...(pattern === undefined ? {} : { AllowedPattern: pattern }),
          })}`,
      ),
    ),
    `"Mappings": {"M": ${JSON.stringify(MAPPING)}}`,
    ...section(
      'Rules',
      template.rules.map(
        ({ premise, assertion }, i) =>
          `"A${i}": {${premise ? `"RuleCondition": ${decide(premise)}, ` : ''}"Assertions": [{"Assert": ${decide(assertion)}}]}`,
      ),
    ),
    ...section('Conditions', [
      ...[...template.conditions].map(([name, c]) => `"${name}": ${decide(c)}`),
      ...(template.conditionLoop
        ? [
            `"Fn::ForEach::K": ["S", ${write(template.conditionLoop.collection)}, {"K\${S}": ${decide(template.conditionLoop.body)}}]`,
          ]
        : []),
    ]),
    ...section('Resources', [
      ...[...template.stacks].map(
        ([name, { condition, parameters }]) =>
          `"${name}": {"Type": "AWS::CloudFormation::Stack", ${condition === undefined ? '' : `"Condition": "${condition}", `}"Properties": {"TemplateURL": "${name}.yaml", "Parameters": {${[...parameters].map(([key, value]) => `"${key}": ${write(value)}`).join(', ')}}}}`,
      ),
      ...[...template.resources].map(([name, one]) => `"${name}": ${resource(one)}`),
      ...(template.resourceLoop
        ? [
            `"Fn::ForEach::R": ["S", ${write(template.resourceLoop.collection)}, {"B\${S}": ${resource(template.resourceLoop.body)}}]`,
          ]
        : []),
    ]),
    ...section(
      'Outputs',
      [...template.outputs].map(
        ([name, { condition, value }]) =>
          `"${name}": {${condition === undefined ? '' : `"Condition": "${condition}", `}"Value": ${write(value)}}`,
      ),
    ),
  ].join(',\n')}\n}\n`;
}

/** A template whose parameters have one text each. */
export class Deployed {
  readonly template: Template;
  readonly #texts: ReadonlyMap<string, string>;
  readonly #bound: ReadonlyMap<string, string>;

  constructor(template: Template, texts: ReadonlyMap<string, string>, bound: ReadonlyMap<string, string> = new Map()) {
    this.template = template;
    this.#texts = texts;
    this.#bound = bound;
  }

  evaluate(e: Expression): Result {
    switch (e.is) {
      case 'text':
        return e.text;
      case 'nothing':
        return NOTHING;
      case 'ref':
        return this.#named(e.name);
      case 'if': {
        const truth = this.holds(e.condition);
        return truth === FAILS ? FAILS : this.evaluate(truth ? e.yes : e.no);
      }
      case 'find': {
        const [first, second] = [this.evaluate(e.first), this.evaluate(e.second)];
        if (typeof first !== 'string' || typeof second !== 'string') return FAILS;
        const row = Object.hasOwn(MAPPING, first) ? MAPPING[first]! : {};
        return Object.hasOwn(row, second) ? row[second]! : e.otherwise ? this.evaluate(e.otherwise) : FAILS;
      }
      case 'sub': {
        const pieces = e.pieces.map((piece) =>
          typeof piece === 'string'
            ? piece
            : e.own.has(piece.name)
              ? this.evaluate(e.own.get(piece.name)!)
              : this.#named(piece.name),
        );
        return pieces.every((piece) => typeof piece === 'string') ? pieces.join('') : FAILS;
      }
      case 'join': {
        const list = this.evaluate(e.list);
        return Array.isArray(list) ? list.join(e.delimiter) : FAILS;
      }
      case 'select': {
        const list = this.evaluate(e.list);
        return Array.isArray(list) ? ((list as readonly string[])[e.index] ?? FAILS) : FAILS;
      }
      case 'length': {
        const list = this.evaluate(e.list);
        return Array.isArray(list) ? String(list.length) : FAILS;
      }
      case 'split': {
        const text = this.evaluate(e.text);
        return typeof text === 'string' ? text.split(e.delimiter) : FAILS;
      }
      case 'list': {
        const items = e.items.map((item) => this.evaluate(item)).filter((item) => item !== NOTHING);
        return items.every((item) => typeof item === 'string') ? items : FAILS;
      }
      case 'output': {
        const inner = this.within(e.stack);
        const output = inner?.template.outputs.get(e.name);
        if (!inner || !output || (output.condition !== undefined && inner.holds(output.condition) !== true))
          return FAILS;
        return inner.evaluate(output.value);
      }
    }
  }

  #named(name: string): Result {
    const bound = this.#bound.get(name);
    if (bound !== undefined) return bound;
    const text = this.#texts.get(name);
    if (text === undefined) return FAILS;
    return this.template.parameters.get(name)?.list ? text.split(',') : text;
  }

  /** Whether a condition is true. */
  holds(name: string): boolean | typeof FAILS {
    const own = this.template.conditions.get(name);
    if (own) return this.decide(own);
    const loop = this.template.conditionLoop;
    const turn = name.replace(/\$\{(\w+)\}/, (_, identifier: string) => this.#bound.get(identifier) ?? '').slice(1);
    const turns = loop && this.evaluate(loop.collection);
    return loop && Array.isArray(turns) && turns.includes(turn) ? this.bind('S', turn).decide(loop.body) : FAILS;
  }

  decide(c: Condition): boolean | typeof FAILS {
    switch (c.is) {
      case 'equals': {
        const [one, other] = [this.evaluate(c.one), this.evaluate(c.other)];
        return typeof one === 'string' && typeof other === 'string' ? one === other : FAILS;
      }
      case 'among': {
        const value = this.evaluate(c.value);
        return typeof value === 'string' ? c.texts.includes(value) : FAILS;
      }
      case 'named':
        return this.holds(c.name);
      case 'not': {
        const of = this.decide(c.of);
        return of === FAILS ? FAILS : !of;
      }
      default: {
        const all = c.of.map((one) => this.decide(one));
        if (all.includes(FAILS)) return FAILS;
        return c.is === 'and' ? !all.includes(false) : all.includes(true);
      }
    }
  }

  bind(identifier: string, text: string): Deployed {
    return new Deployed(this.template, this.#texts, new Map(this.#bound).set(identifier, text));
  }

  /** The texts of a collection. */
  turns(collection: Expression): readonly string[] | undefined {
    const list = this.evaluate(collection);
    return Array.isArray(list) ? [...new Set(list as readonly string[])] : undefined;
  }

  /** Whether one of its conditions cannot be decided. */
  isBroken(): boolean {
    return [...this.template.conditions.keys()].some((name) => this.holds(name) === FAILS);
  }

  /** Whether its rules allow it, and each of its conditions can be decided. */
  canBeDeployed(): boolean {
    const { rules } = this.template;
    return (
      !this.isBroken() &&
      rules.every(
        ({ premise, assertion }) =>
          (premise !== undefined && this.decide(premise) !== true) || this.decide(assertion) === true,
      )
    );
  }

  /** Whether a stack is one of its resources in this deployment. */
  has(stack: string): boolean {
    const { condition } = this.template.stacks.get(stack)!;
    return condition === undefined || this.holds(condition) === true;
  }

  /** The stack of a resource, with the parameters that it gets here; undefined where it is not there or cannot be. */
  within(name: string): Deployed | undefined {
    const stack = this.template.stacks.get(name)!;
    if (!this.has(name)) return undefined;
    const texts = new Map<string, string>(
      ['AWS::Region'].flatMap((pseudo) => (this.#texts.has(pseudo) ? [[pseudo, this.#texts.get(pseudo)!]] : [])),
    );
    for (const [parameter, { fallback }] of stack.template.parameters) {
      const passed = stack.parameters.get(parameter);
      const text = passed ? this.evaluate(passed) : (fallback ?? FAILS);
      if (typeof text !== 'string' || !isAllowed(stack.template.parameters.get(parameter)!, text)) return undefined;
      texts.set(parameter, text);
    }
    return new Deployed(stack.template, texts);
  }
}

/** Whether CloudFormation takes a text for a parameter. */
function isAllowed({ list, allowed, pattern }: Parameter, text: string): boolean {
  const items = list ? text.split(',') : [text];
  return (
    items.every((item) => !allowed || allowed.includes(item)) &&
    (pattern === undefined || new RegExp(`^(?:${pattern})$`).test(text)) &&
    (!list || text !== '')
  );
}
