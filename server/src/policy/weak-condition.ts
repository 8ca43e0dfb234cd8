/** What is wrong with a condition that a statement has already, where a message would otherwise ask for just that condition. */
import type { Condition, Statement } from '../model/policy.ts';
import { readOperator, type Operator } from './condition-operator.ts';

/** A condition that limits less than it seems to, in words for two sentences. */
export interface WeakCondition {
  /** As the end of a sentence: `because its condition on aws:PrincipalOrgID also matches without the key`. */
  readonly because: string;
  /** As a sentence of its own, without the period: `Use StringEquals without IfExists`. */
  readonly remedy: string;
}

/** The first condition of a statement on one of some keys, given in lower case, and why it does not limit enough; undefined where the statement has none. */
export function weakCondition({ conditions }: Statement, keys: ReadonlySet<string>): WeakCondition | undefined {
  const condition = conditions.find(({ key, when }) => keys.has(key.toLowerCase()) && when.yes.satisfiable());
  return condition && describe(condition);
}

/** What a message says of a statement: the condition that is too weak, else which condition to add. */
export function adviceFor(statement: Statement, keys: ReadonlySet<string>, otherwise: string): { readonly because: string; readonly remedy: string } {
  const weak = weakCondition(statement, keys);
  return weak ? { because: `, because ${weak.because}`, remedy: weak.remedy } : { because: '', remedy: otherwise };
}

function describe({ key, operator: written }: Condition): WeakCondition {
  const operator = readOperator(written);
  const its = `its condition on ${key}`;
  if (!operator) return { because: `${its} has an unknown operator`, remedy: `Use StringEquals or ArnLike for ${key}` };
  const plain = `Compare ${key} by ${positive(operator)}`;
  if (operator.family === 'Null') return { because: `${its} only tests whether the key is present`, remedy: 'Compare the key with a fixed value' };
  if (operator.negated) return { because: `${its} only excludes values`, remedy: `${plain} with the allowed values` };
  if (operator.qualifier === 'ForAllValues') return { because: `${its} also matches requests without the key`, remedy: `Use ${positive(operator)} without ForAllValues` };
  if (operator.holdsWithoutKey) return { because: `${its} also matches requests without the key`, remedy: `Use ${positive(operator)} without IfExists` };
  return { because: `the value of ${its.slice(4)} is too broad`, remedy: operator.family === 'Arn' ? `Name the account in the ARN of ${key}` : `Give ${key} a fixed value` };
}

/** The operator that compares with listed values, and holds only for requests with the key. */
function positive({ name, family }: Operator): string {
  return family === 'Null' ? 'StringEquals' : name.replace(/Not/, '');
}
