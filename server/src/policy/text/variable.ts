/**
 * Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`. Placeholders that CloudFormation or
 * Terraform resolves before AWS reads the policy are not policy variables.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import { isPseudoParameter, judge, type Judgement, type Predicate } from '../../model/judgement.ts';
import { knownString } from '../../model/leaf.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { shapeOf } from './unknown-piece.ts';

/** The possible violations of a variable. */
export type VariableFault = 'brace' | 'empty' | 'space' | 'quote';

export interface VariableUse {
  /** The variable with its braces. */
  readonly written: string;
  readonly fault?: VariableFault;
}

/** The variables in a string. Escaped characters (`${*}`) are not variables. */
export function variablesIn(text: string): readonly VariableUse[] {
  const found: VariableUse[] = [];
  for (let start = text.indexOf('${'); start >= 0; start = text.indexOf('${', start + 2)) {
    const end = text.indexOf('}', start);
    const next = text.indexOf('${', start + 2);
    if (end < 0 || (next >= 0 && next < end)) {
      found.push({ written: text.slice(start, next < 0 ? undefined : next), fault: 'brace' });
      continue;
    }
    const content = text.slice(start + 2, end);
    if (content === '*' || content === '?' || content === '$') continue;
    const fault = faultIn(content);
    found.push({ written: text.slice(start, end + 1), ...(fault ? { fault } : {}) });
  }
  return found;
}

function faultIn(content: string): VariableFault | undefined {
  const comma = content.indexOf(',');
  const name = comma < 0 ? content : content.slice(0, comma);
  if (name.trim() === '') return 'empty';
  if (/\s/.test(name)) return 'space';
  return comma < 0 || /^\s*'[^']*'$/.test(content.slice(comma + 1)) ? undefined : 'quote';
}

/**
 * Whether a placeholder has the format of an AWS policy variable, with a service and a key. Placeholders of other
 * tools, such as Terraform's `templatefile`, usually have another format.
 */
export function isOfAws({ written, fault }: VariableUse): boolean {
  return fault === 'empty' || /^\$\{\s*[a-z][\w.-]*\s*:\s*[\w-]/i.test(written);
}

/** The first variable in a string that meets a predicate. Unknown interpolated parts are treated like other parts. */
export function variableIn(leaf: Leaf, holds: (variable: VariableUse) => boolean): VariableUse | undefined {
  const text = leaf.state === 'template' ? shapeOf(leaf) : knownString(leaf);
  return text === undefined ? undefined : variablesIn(text).find(holds);
}

/** A string with a variable that meets a predicate. Unknown interpolated parts are treated like other parts. */
export function hasVariable(holds: (variable: VariableUse) => boolean): Predicate {
  const test = (text: string): boolean => text.includes('${') && variablesIn(text).some(holds);
  return {
    known: ({ raw }) => test(raw),
    text: (text) => test(shapeOf(text)),
    reference: () => false,
    collection: false,
  };
}

/**
 * Whether the value differs between the current version of the policy language and that of 2008: it has a policy
 * variable or an escaped character (`${*}`). Values that AWS provides for a deployment, such as its account, have
 * neither.
 */
export function isReadByVersion(value: Value): Judgement {
  return judge(value, (leaf) => {
    switch (leaf.state) {
      case 'known':
        return leaf.raw.includes('${');
      case 'template':
        return shapeOf(leaf).includes('${');
      case 'unknown':
        return isPseudoParameter(leaf) ? false : undefined;
      case 'absent':
        return leaf.open ? undefined : false;
      default:
        return false;
    }
  });
}
