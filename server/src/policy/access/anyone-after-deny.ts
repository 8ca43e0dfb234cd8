/**
 * A statement for anyone after the Deny statements of a resource: it applies only to the parties that their conditions
 * exempt.
 */
import { flatMap } from '../../base/flat-map.ts';
import { all } from '../../model/judgement.ts';
import type { Condition, Statement } from '../../model/policy.ts';
import { exemptsOnlyKnown } from '../principal/narrowing.ts';
import { readOperator } from '../text/condition-operator.ts';
import type { ResourceDenial } from './access-query.ts';
import { holdsWithStatement } from './narrowed-anyone.ts';
import { withConditions } from '../statement/with-conditions.ts';

/** A statement for anyone, as Deny statements narrow it. */
export interface AnyoneAfterDeny {
  /** The statement, restricted by conditions to the requests that no Deny statement applies to. */
  readonly statement: Statement;
  /** Whether the Deny statements exempt only known parties, but by a condition that cannot be shown. */
  readonly isRestricted: boolean;
}

/**
 * Applies the Deny statements that deny an action to anyone except known parties, each by itself. The requests that
 * they exempt meet the opposite of their conditions:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function anyoneAfterDeny(statement: Statement, denials: readonly ResourceDenial[]): AnyoneAfterDeny {
  const closing = denials.filter((one) => closes(one, statement));
  const exceptions = flatMap(closing, ({ statement: { conditions } }) => {
    const [only, ...others] = conditions;
    const operator = only && others.length === 0 ? oppositeOf(only) : undefined;
    return operator === undefined ? [] : [{ ...only!, operator }];
  });
  return {
    statement:
      exceptions.length === 0 ? statement : withConditions(statement, [...statement.conditions, ...exceptions]),
    isRestricted: closing.length > 0,
  };
}

/** Whether a Deny statement applies wherever a statement does, to all requests except those of known parties. */
function closes({ statement: denial, covers }: ResourceDenial, statement: Statement): boolean {
  if (denial.conditions.length === 0) return false;
  return (
    holdsWithStatement(all(covers, ...denial.conditions.map(exemptsOnlyKnown)), statement) &&
    holdsWithStatement(denial.conditionsComplete, statement) &&
    denial.conditions.every(({ when }) => holdsWithStatement(when, statement))
  );
}

/** The operator that requests meet which a negated condition does not apply to. */
function oppositeOf({ operator }: Condition): string | undefined {
  const read = readOperator(operator);
  if (!read?.negated || read.qualifier) return undefined;
  return read.name.replace('Not', '');
}
