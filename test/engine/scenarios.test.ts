/** The findings of random templates, compared with each assignment of their parameters. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Draft } from '../../server/src/engine/report.ts';
import { any, is, isAbsent } from '../../server/src/model/judgement.ts';
import { isFalse } from '../../server/src/model/predicate.ts';
import { checked, probe } from './probe.ts';

interface Parameter {
  readonly allowed: readonly string[] | undefined;
  readonly fallback: string | undefined;
}

type Condition =
  | { readonly is: 'equals'; readonly parameter: number; readonly literal: string }
  | { readonly is: 'same'; readonly swapped: boolean }
  | { readonly is: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly is: 'not'; readonly of: Condition }
  | { readonly is: 'condition'; readonly number: number };

type Expression =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'nothing' }
  | { readonly is: 'parameter'; readonly number: number }
  | { readonly is: 'if'; readonly condition: number; readonly yes: Expression; readonly no: Expression };

interface Template {
  readonly parameters: readonly Parameter[];
  readonly conditions: readonly Condition[];
  readonly exists: number | undefined;
  readonly value: Expression;
}

const LITERALS = ['true', 'false', 'a', 'b'];
const literal = fc.constantFrom(...LITERALS);

const parameter: fc.Arbitrary<Parameter> = fc
  .record({
    allowed: fc.option(fc.uniqueArray(literal, { minLength: 1, maxLength: 3 }), { nil: undefined }),
    fallback: fc.option(literal, { nil: undefined, freq: 3 }),
  })
  .map(({ allowed, fallback }) => ({
    allowed,
    fallback: allowed && fallback !== undefined && !allowed.includes(fallback) ? allowed[0] : fallback,
  }));

/** A condition that names those before it alone. */
function condition(before: number): fc.Arbitrary<Condition> {
  return fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 2, depthSize: 'large', withCrossShrink: true },
      { weight: 4, arbitrary: fc.record({ is: fc.constant('equals' as const), parameter: fc.nat(2), literal }) },
      // Only one pair of parameters is compared: that P=Q and Q=R make P=R is not seen.
      { weight: 1, arbitrary: fc.record({ is: fc.constant('same' as const), swapped: fc.boolean() }) },
      ...(before === 0
        ? []
        : [{ weight: 3, arbitrary: fc.record({ is: fc.constant('condition' as const), number: fc.nat(before - 1) }) }]),
      {
        weight: 2,
        arbitrary: fc.record({
          is: fc.constantFrom('and' as const, 'or' as const),
          of: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ is: fc.constant('not' as const), of: tie('condition') }) },
    ),
  })).condition;
}

const expression: fc.Arbitrary<Expression> = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, depthSize: 'large', withCrossShrink: true },
    { weight: 3, arbitrary: fc.record({ is: fc.constant('text' as const), text: literal }) },
    { weight: 1, arbitrary: fc.constant(0).map(() => ({ is: 'nothing' as const })) },
    { weight: 2, arbitrary: fc.record({ is: fc.constant('parameter' as const), number: fc.nat(2) }) },
    {
      weight: 5,
      arbitrary: fc.record({
        is: fc.constant('if' as const),
        condition: fc.nat(3),
        yes: tie('expression'),
        no: tie('expression'),
      }),
    },
  ),
})).expression;

const template: fc.Arbitrary<Template> = fc.record({
  parameters: fc.tuple(parameter, parameter, parameter),
  conditions: fc.tuple(condition(0), condition(1), condition(2), condition(3)),
  exists: fc.option(fc.nat(3), { nil: undefined }),
  value: expression,
});

/** The text of a template, and where each leaf of the value stands in it. */
function written({ parameters, conditions, exists, value }: Template): {
  readonly text: string;
  readonly places: ReadonlyMap<number, Expression>;
} {
  let text = 'Parameters:\n';
  parameters.forEach(({ allowed, fallback }, i) => {
    const limits = [
      allowed ? `, AllowedValues: ${JSON.stringify(allowed)}` : '',
      fallback === undefined ? '' : `, Default: "${fallback}"`,
    ];
    text += `  P${i}: {Type: String${limits.join('')}}\n`;
  });
  text += `Conditions:\n${conditions.map((c, i) => `  C${i}: ${conditionText(c)}\n`).join('')}`;
  text += `Resources:\n  R:\n    Type: AWS::EC2::Volume\n${exists === undefined ? '' : `    Condition: C${exists}\n`}    Properties:\n      Encrypted: `;
  const places = new Map<number, Expression>();
  const write = (e: Expression): void => {
    if (e.is === 'if') {
      text += `!If [C${e.condition}, `;
      write(e.yes);
      text += ', ';
      write(e.no);
      text += ']';
      return;
    }
    places.set(text.length, e);
    text += e.is === 'text' ? `"${e.text}"` : e.is === 'nothing' ? '!Ref AWS::NoValue' : `!Ref P${e.number}`;
  };
  write(value);
  return { text: `${text}\n`, places };
}

function conditionText(c: Condition): string {
  switch (c.is) {
    case 'equals':
      return `!Equals [!Ref P${c.parameter}, "${c.literal}"]`;
    case 'same':
      return c.swapped ? '{"Fn::Equals": [!Ref P1, {Ref: P0}]}' : '!Equals [!Ref P0, !Ref P1]';
    case 'condition':
      return `!Condition C${c.number}`;
    case 'not':
      return `!Not [${conditionText(c.of)}]`;
    default:
      return `!${c.is === 'and' ? 'And' : 'Or'} [${c.of.map(conditionText).join(', ')}]`;
  }
}

type Assignment = readonly string[];

/** All assignments of the parameters. A parameter that is not limited can be any text, of which a few are enough. */
function assignments({ parameters }: Template): readonly Assignment[] {
  return parameters.reduce<readonly Assignment[]>(
    (all, { allowed }) => all.flatMap((one) => (allowed ?? [...LITERALS, 'x', 'y']).map((value) => [...one, value])),
    [[]],
  );
}

function holds({ conditions }: Template, number: number, assignment: Assignment): boolean {
  const of = (c: Condition): boolean => {
    switch (c.is) {
      case 'equals':
        return assignment[c.parameter] === c.literal;
      case 'same':
        return assignment[0] === assignment[1];
      case 'condition':
        return of(conditions[c.number]!);
      case 'not':
        return !of(c.of);
      case 'and':
        return c.of.every(of);
      case 'or':
        return c.of.some(of);
    }
  };
  return of(conditions[number]!);
}

interface Case {
  readonly assignment: Assignment;
  readonly exists: boolean;
  readonly leaf: Exclude<Expression, { is: 'if' }>;
  readonly wrong: 'yes' | 'no' | 'unknown';
  /** Whether it is written in the template that the leaf is what it is, rather than chosen by whoever deploys it. */
  readonly written: boolean;
}

function caseOf(all: Template, assignment: Assignment): Case {
  let leaf = all.value;
  while (leaf.is === 'if') leaf = holds(all, leaf.condition, assignment) ? leaf.yes : leaf.no;
  // A value that the template does not name is not known.
  const chosen =
    leaf.is === 'parameter' && valuesOf(all, leaf.number).includes(assignment[leaf.number]!)
      ? assignment[leaf.number]!
      : 'unknown';
  const text = leaf.is === 'text' ? leaf.text : leaf.is === 'nothing' ? 'false' : chosen;
  return {
    assignment,
    leaf,
    exists: all.exists === undefined || holds(all, all.exists, assignment),
    wrong: text === 'false' ? 'yes' : text === 'true' ? 'no' : 'unknown',
    written: leaf.is !== 'parameter' || isWritten(all.parameters[leaf.number]!, text),
  };
}

function isWritten({ allowed, fallback }: Parameter, text: string): boolean {
  return text === fallback || allowed?.length === 1;
}

function findings(text: string): readonly Draft[] {
  const rule = probe({
    'AWS::EC2::Volume': (volume) => {
      const value = volume.get('Encrypted');
      return [{ violations: [{ wrong: any(is(value, isFalse), isAbsent(value)), at: value }], message: 'wrong' }];
    },
  });
  return checked(text, [rule]).drafts;
}

/** Whether what a finding says of its scenario is so in an assignment. */
function applies(all: Template, { when }: Draft, assignment: Assignment): boolean {
  return when.every(({ kind, name, value }) => {
    const number = Number(name.slice(1));
    if (kind === 'condition') return holds(all, number, assignment) === value;
    return value === 'another value'
      ? !valuesOf(all, number).includes(assignment[number]!)
      : assignment[number] === value;
  });
}

/** The values of a parameter that the template names. */
function valuesOf({ parameters, conditions }: Template, number: number): readonly string[] {
  const named = (c: Condition): readonly string[] => {
    switch (c.is) {
      case 'equals':
        return c.parameter === number ? [c.literal] : [];
      case 'and':
      case 'or':
        return c.of.flatMap(named);
      case 'not':
        return named(c.of);
      default:
        return [];
    }
  };
  return parameters[number]!.allowed ?? [parameters[number]!.fallback ?? [], ...conditions.map(named)].flat();
}

describe('the findings of a template', () => {
  it('agree with every assignment of its parameters', () => {
    fc.assert(
      fc.property(template, (all) => {
        const { text, places } = written(all);
        const cases = assignments(all).map((assignment) => caseOf(all, assignment));
        const there = cases.filter(({ exists }) => exists);
        const found = findings(text);
        const at = (leaf: Expression): number => [...places].find(([, other]) => other === leaf)![0];

        const certain = new Set(
          there.filter(({ wrong, written: own }) => wrong === 'yes' && own).map(({ leaf }) => at(leaf)),
        );
        const expected =
          certain.size > 0
            ? [...certain]
            : [...new Set(there.filter(({ wrong }) => wrong !== 'no').map(({ leaf }) => at(leaf)))];
        assert.deepEqual(
          found.map((finding) => finding.at.start).sort((a, b) => a - b),
          expected.sort((a, b) => a - b),
          text,
        );
        assert.deepEqual(
          new Set(found.map(({ certainty }) => certainty)),
          new Set(expected.length === 0 ? [] : [certain.size > 0 ? 'certain' : 'possible']),
          text,
        );

        const fallbacks = all.parameters.map(({ fallback }) => fallback);
        for (const finding of found.filter(({ certainty }) => certainty === 'certain')) {
          const leaf = places.get(finding.at.start)!;
          const meant = there.filter(({ assignment }) => applies(all, finding, assignment));
          assert.ok(meant.length > 0, `${JSON.stringify(finding.when)} never happens in ${text}`);
          for (const one of meant)
            assert.ok(
              one.leaf === leaf && one.wrong === 'yes',
              `${JSON.stringify(finding.when)} also happens with ${one.assignment.join(' ')} in ${text}`,
            );
          const byDefault = there.find(({ assignment }) => assignment.every((value, i) => value === fallbacks[i]));
          if (byDefault?.leaf === leaf && byDefault.wrong === 'yes')
            assert.ok(meant.includes(byDefault), `${JSON.stringify(finding.when)} is not the default in ${text}`);
        }
      }),
      { numRuns: 1500, seed: 20_261_125 },
    );
  });
});
