import { flatMap } from '../../../base/flat-map.ts';
import { isPolicyFile } from '../../../model/format.ts';
import { all, any, is, isAbsent, judgement, not, type Judgement } from '../../../model/judgement.ts';
import { knownString } from '../../../model/leaf.ts';
import type { PolicyDocument, Statement } from '../../../model/policy.ts';
import { oneOf } from '../../../model/predicate.ts';
import { sometimes, unlessUnknown } from '../../../model/quantified.ts';
import type { Leaf, Value } from '../../../model/value.ts';
import { statementExists, sidOf, elementTexts, textsWithin, versionOf } from '../../../policy/statement/elements.ts';
import {
  hasVariable,
  isOfAws,
  variableIn,
  variablesIn,
  type VariableUse,
  type VariableFault,
} from '../../../policy/text/variable.ts';
import { analyzerAliases, severityOf, type Code } from '../../access-analyzer.ts';
import { defineRule, type Violation, type Report } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-variable',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['variable'] },
  topic: 'identity',
  ...severityOf('VARIABLE_UNSUPPORTED_IN_VERSION'),
  judged: '2026-11-26',
  title: 'Policy variables should be valid and used only where AWS resolves them',
  keywords: ['${aws:username}', 'Version 2012-10-17', 'Fn::Sub', 'missing brace', 'literal string'],
  why: 'AWS compares a policy variable literally where it does not resolve it, or where it is malformed, so the statement does not match the intended requests.',
  remedy:
    'Use policy variables such as ${aws:username} only in Resource and Condition, with Version 2012-10-17. In CloudFormation, use Fn::Sub for variables that CloudFormation resolves.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html':
      'Variables are replaced in the Resource element and in string comparisons in conditions, in version 2012-10-17; a default value follows a comma, in single quotes.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'A missing brace or quote, a blank in a name, an empty variable, and a variable in another element or version are errors; conditions on strings and ARNs support variables.',
  },
  aliases: analyzerAliases(
    'MISSING_BRACE_IN_VARIABLE',
    'MISSING_QUOTE_IN_VARIABLE',
    'UNSUPPORTED_SPACE_IN_VARIABLE',
    'EMPTY_VARIABLE',
    'VARIABLE_UNSUPPORTED_IN_ELEMENT',
    'VARIABLE_UNSUPPORTED_IN_VERSION',
  ),
  fix: 'suggestion',
  *check(policy) {
    const version = versionOf(policy);
    const old = policy.shape === 'statement' ? any() : any(isAbsent(version), is(version, oneOf('2008-10-17')));
    const early: Violation[] = [];
    const counts = counted(policy);
    const used = hasVariable(counts);
    for (const statement of policy.statements) {
      const present = statementExists(policy, statement);
      for (const text of replacedIn(statement)) {
        const uses = is(text.value, used);
        if (!sometimes(uses)) continue;
        const here = all(present, judgement(text.when));
        const literal = all(here, old, uses);
        if (sometimes(literal) && early.length < MOST_PLACES)
          early.push({ wrong: literal, at: text.value, aliases: analyzerAliases('VARIABLE_UNSUPPORTED_IN_VERSION') });
        for (const fault of FAULTS) yield* faulty(policy, text.value, all(here, not(old)), fault);
      }
      for (const [name, text] of literalIn(statement)) {
        const wrong = unlessUnknown(all(present, judgement(text.when), is(text.value, used)));
        yield {
          violations: [{ wrong, at: text.value, aliases: analyzerAliases('VARIABLE_UNSUPPORTED_IN_ELEMENT') }],
          message: (_, leaf) =>
            `${policy.host.displayName} has the variable ${firstOf(leaf, counts)} in ${name}. AWS does not resolve it there; ${advice(leaf)}.`,
          ...severityOf('VARIABLE_UNSUPPORTED_IN_ELEMENT'),
        };
      }
    }
    if (early.length > 0)
      yield {
        violations: early,
        message: (_, leaf) =>
          `${policy.host.displayName} has the variable ${firstOf(leaf, counts)}, but not Version 2012-10-17. AWS does not resolve it; ${isOfTemplate(leaf) ? advice(leaf) : 'set Version to "2012-10-17"'}.`,
        ...severityOf('VARIABLE_UNSUPPORTED_IN_VERSION'),
      };
  },
});

/** The maximum number of places of a finding. Their common cause is the version. */
const MOST_PLACES = 32;

/**
 * Whether a placeholder counts as a policy variable. In a policy file only AWS policy variables count, because a tool
 * can replace others before deployment.
 */
function counted({ host }: PolicyDocument): (variable: VariableUse) => boolean {
  return isPolicyFile(host.format) ? isOfAws : () => true;
}

interface Faulty {
  readonly fault: VariableFault;
  readonly code: Code;
  readonly what: string;
  readonly how: string;
  /** The corrected variable; undefined if the correction is unclear. */
  readonly correct?: (variable: string) => string | undefined;
  readonly title?: string;
}

const FAULTS: readonly Faulty[] = [
  // The end of the name is guessed, usually correctly.
  {
    fault: 'brace',
    code: 'MISSING_BRACE_IN_VARIABLE',
    what: 'without a closing brace',
    how: 'add the brace after the name',
    correct: withBrace,
    title: 'Close the variable after its name (changes what matches)',
  },
  { fault: 'empty', code: 'EMPTY_VARIABLE', what: 'without a name', how: 'specify a condition key, or remove it' },
  {
    fault: 'space',
    code: 'UNSUPPORTED_SPACE_IN_VARIABLE',
    what: 'with a space in its name',
    how: 'remove the space',
    correct: withoutBlanks,
    title: 'Remove the space from the variable (changes what matches)',
  },
  {
    fault: 'quote',
    code: 'MISSING_QUOTE_IN_VARIABLE',
    what: 'with an unquoted default value',
    how: 'use single quotes',
    correct: withQuotes,
    title: 'Quote the default value (changes what matches)',
  },
];

function* faulty(
  policy: PolicyDocument,
  value: Value,
  here: Judgement,
  { fault, code, what, how, correct, title }: Faulty,
): Iterable<Report> {
  const { host } = policy;
  const counts = counted(policy);
  const holds = (variable: VariableUse): boolean => variable.fault === fault && counts(variable);
  const wrong = unlessUnknown(all(here, is(value, hasVariable(holds))));
  yield {
    violations: [{ wrong, at: value, aliases: analyzerAliases(code) }],
    message: (_, leaf) =>
      `${host.displayName} has the variable ${firstOf(leaf, holds)} ${what}. AWS cannot resolve it; ${how}.`,
    ...(correct && title
      ? {
          fixes: (leaf) => {
            const text = knownString(leaf);
            const corrected = text === undefined ? undefined : corrections(text, fault, correct);
            // A literal string becomes a variable that matches other requests. In a Deny statement or with a negated
            // operator, principals can lose access.
            return corrected === undefined
              ? []
              : [
                  {
                    title,
                    safe: false,
                    uncovers: 'effect',
                    edits: [{ op: 'replace', resource: host, target: leaf, value: corrected }],
                  },
                ];
          },
        }
      : {}),
    ...severityOf(code),
  };
}

function corrections(
  text: string,
  fault: VariableFault,
  correct: (variable: string) => string | undefined,
): string | undefined {
  let corrected = text;
  for (const variable of variablesIn(text))
    if (variable.fault === fault) {
      const better = correct(variable.written);
      if (better === undefined) return undefined;
      corrected = corrected.replace(variable.written, () => better);
    }
  return corrected;
}

/** A variable without its closing brace whose name has a clear end. The name of a tag, after a slash, has none. */
const OPEN_NAME = /^\$\{(?:aws:[A-Za-z0-9]+|(?!aws:)[a-z][\w.-]*:[\w-]+)(?=$|[/*?:-])/;

function withBrace(variable: string): string | undefined {
  const name = OPEN_NAME.exec(variable)?.[0];
  return name === undefined || /Tag$/i.test(name) ? undefined : `${name}}${variable.slice(name.length)}`;
}

function withoutBlanks(variable: string): string {
  const [name = '', ...rest] = variable.split(',');
  return [name.replace(/\s+/g, ''), ...rest].join();
}

function withQuotes(variable: string): string | undefined {
  const [, name, value] = /^(\$\{[^,]*),([^}]*)\}$/.exec(variable) ?? [];
  const plain = value?.trim().replace(/^['"]|['"]$/g, '');
  return plain === undefined || plain.includes("'") ? undefined : `${name}, '${plain}'}`;
}

/** The first variable in a string that meets a predicate. */
function firstOf(leaf: Leaf, holds: (variable: VariableUse) => boolean): string {
  const written = leaf.origin.secret ? undefined : variableIn(leaf, holds)?.written;
  if (written === undefined) return '${…}';
  return written.length > 60 ? `${written.slice(0, 60)}…` : written;
}

/** Whether a variable is a pseudo parameter of CloudFormation, which CloudFormation should resolve. */
function isOfTemplate(leaf: Leaf): boolean {
  return variableIn(leaf, ({ written }) => written.startsWith('${AWS::')) !== undefined;
}

function advice(leaf: Leaf): string {
  return isOfTemplate(leaf)
    ? 'use Fn::Sub, so that CloudFormation resolves it'
    : 'specify the value, or use a condition';
}

interface PlacedText {
  readonly value: Value;
  readonly when: ReturnType<typeof elementTexts>[number]['when'];
}

/** The strings of a statement in which AWS resolves policy variables. */
function replacedIn(statement: Statement): readonly PlacedText[] {
  return [
    ...elementTexts(statement.resources),
    ...elementTexts(statement.notResources),
    ...flatMap(statement.conditions, ({ values }) => elementTexts(values)),
  ];
}

/** The strings in which AWS does not resolve policy variables, with the name of their element. */
function literalIn(statement: Statement): readonly (readonly [string, PlacedText])[] {
  const named = (name: string, texts: readonly PlacedText[]) => texts.map((text) => [name, text] as const);
  return [
    ...named('Action', elementTexts(statement.actions)),
    ...named('NotAction', elementTexts(statement.notActions)),
    ...named('Principal', textsWithin(statement.principals)),
    ...named('NotPrincipal', textsWithin(statement.notPrincipals)),
    ...named('Sid', elementTexts(sidOf(statement))),
  ];
}
