/**
 * Why an existing condition does not restrict enough, for messages that would otherwise recommend that very condition.
 */
import { capital, lowerFirst } from '../../base/words.ts';
import type { Condition, Statement } from '../../model/policy.ts';
import { isNarrowingKey } from './condition-key.ts';
import { readOperator, type Operator } from '../text/condition-operator.ts';

/** A condition that restricts less than it seems to, in words for two sentences. */
export interface WeakCondition {
  /** As a clause: `its condition on aws:PrincipalOrgID also matches requests without the key`. */
  readonly because: string;
  /** As a sentence of its own, without the period: `Use StringEquals without IfExists`. */
  readonly remedy: string;
}

/**
 * The first condition of a statement on one of the given keys (in lower case), with the reason why it does not restrict
 * enough; undefined if the statement has none.
 */
export function weakCondition({ conditions }: Statement, isAbout: (key: string) => boolean): WeakCondition | undefined {
  const condition = conditions.find(({ key, when }) => isAbout(key.toLowerCase()) && when.yes.satisfiable());
  return condition && describe(condition);
}

/**
 * The second sentence of a message about a public statement, without the period: why its conditions do not help, and
 * what to do.
 * @param otherwise The remedy if no condition is too weak.
 * @param instead The reason to state instead of the conditions.
 */
export function adviceFor(statement: Statement, otherwise: string, instead?: string): string {
  const weak = weakCondition(statement, isNarrowingKey);
  const conditional = statement.conditions.some(({ when }) => when.yes.satisfiable());
  const because = instead ?? weak?.because ?? (conditional ? 'its conditions do not identify the caller' : undefined);
  const remedy = weak?.remedy ?? otherwise;
  return because === undefined ? remedy : `${capital(because)}; ${lowerFirst(remedy)}`;
}

function describe({ key, operator: written }: Condition): WeakCondition {
  const operator = readOperator(written);
  const condition = `its condition on ${key}`;
  if (!operator)
    return { because: `${condition} has an unknown operator`, remedy: `Use StringEquals or ArnLike for ${key}` };
  if (!['String', 'Arn', 'IpAddress', 'Bool', 'Null'].includes(operator.family))
    return { because: `${condition} uses ${operator.name}`, remedy: `Use StringEquals for ${key}` };
  const plain = `Use ${positive(operator)} on ${key}`;
  if (operator.family === 'Null')
    return {
      because: `${condition} only tests whether the key is present`,
      remedy: 'Compare the key with a fixed value',
    };
  if (operator.negated)
    return { because: `${condition} only excludes values`, remedy: `${plain} with the allowed values` };
  if (operator.qualifier === 'ForAllValues')
    return {
      because: `${condition} also matches requests without the key`,
      remedy: `Use ${positive(operator)} without ForAllValues`,
    };
  if (operator.holdsWithoutKey)
    return {
      because: `${condition} also matches requests without the key`,
      remedy: `Use ${positive(operator)} without IfExists`,
    };
  return {
    because: `the value of ${condition} is too broad`,
    remedy: operator.family === 'Arn' ? `Name the account in the ARN of ${key}` : `Give ${key} a fixed value`,
  };
}

/** The operator that compares with the listed values and matches only requests with the key. */
function positive({ name, family }: Operator): string {
  return family === 'Null' ? 'StringEquals' : name.replace(/Not/, '');
}
