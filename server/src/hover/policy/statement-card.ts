/** Cards for statements, and for policies with several statements. */
import { Guard } from '../../base/guard.ts';
import { leaves, member } from '../../model/navigate.ts';
import type { Statement } from '../../model/policy.ts';
import { byLevel, LEVELS } from '../../policy/data/words.ts';
import type { Card } from '../card.ts';
import type { PolicyTarget } from './policy-target.ts';
import { scenarioSuffix, presenceOf } from './clauses.ts';
import { card, cited, line, namesLine, type PolicyHover } from './parts.ts';
import { namedActions, readingOf } from './reading.ts';

const STATEMENT_PAGE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html';

const MOST_NAMES = 4;
const MOST_STATEMENTS = 8;

/** The card for a statement: its meaning in a sentence, and its actions by access level. */
export function statementCard(
  { policy, statement, range }: PolicyTarget & { readonly what: 'statement' },
  { stack, reference }: PolicyHover,
): Card {
  const actions = namedActions(statement, reference) ?? [];
  const services = new Set(actions.map(({ service }) => service));
  const name = ({ service, name: own }: { readonly service: string; readonly name: string }): string =>
    services.size > 1 ? `${service}:${own}` : own;
  return card(
    titleOf(statement),
    cited(`${readingOf(policy, statement, stack, reference)}.`, STATEMENT_PAGE),
    [
      ...(actions.length > 1
        ? byLevel(actions.map(({ action }) => action)).map(([level, those]) =>
            namesLine(
              LEVELS[level],
              actions
                .filter(({ action }) => those.includes(action))
                .map(({ service, action }) => name({ service, name: action.name })),
              { most: MOST_NAMES, isCounted: true },
            ),
          )
        : []),
      line('Included', thereOf(statement) === '' ? [] : [thereOf(statement)]),
    ],
    range,
  );
}

/** The scenarios in which a statement is in its policy; empty for all scenarios. */
function thereOf({ when }: Statement): string {
  return scenarioSuffix(presenceOf(when, Guard.always)).replace(/^ \((.*)\)$/, '$1');
}

/** The card for a policy: the meaning of each of its first statements in a sentence. */
export function policyCard(
  { policy, range }: PolicyTarget & { readonly what: 'policy' },
  { stack, reference }: PolicyHover,
): Card {
  const { statements, complete } = policy;
  return card(
    'Statement',
    cited(
      `${complete.yes.isAlways() ? '' : 'At least '}${statements.length} statements. An explicit deny overrides any allow.`,
      STATEMENT_PAGE,
    ),
    [
      ...statements
        .slice(0, MOST_STATEMENTS)
        .map((statement, index) =>
          line(sidOf(statement) ?? String(index + 1), [
            `${readingOf(policy, statement, stack, reference)}${scenarioSuffix(presenceOf(statement.when, Guard.always))}.`,
          ]),
        ),
      statements.length > MOST_STATEMENTS
        ? { ...line('More', [`${statements.length - MOST_STATEMENTS} statements`])!, rank: 'kept' }
        : undefined,
    ],
    range,
  );
}

function titleOf(statement: Statement): string {
  const sid = sidOf(statement);
  return sid === undefined ? 'Statement' : `Statement ${sid}`;
}

function sidOf({ value }: Statement): string | undefined {
  const [only] = leaves(member(value, 'Sid'));
  return only?.value.state === 'known' && only.value.value !== null && only.value.raw !== ''
    ? only.value.raw
    : undefined;
}
