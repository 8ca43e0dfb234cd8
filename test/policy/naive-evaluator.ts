/**
 * What a policy allows, evaluated request by request as the pages about its elements say, with nothing of the code
 * under test.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */

type Scalar = string | number | boolean;
type Values = Scalar | readonly Scalar[];

export interface EvaluatedStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: Values;
  readonly NotAction?: Values;
  readonly Resource?: Values;
  readonly NotResource?: Values;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

export interface Policy {
  readonly Version?: string;
  readonly Statement: EvaluatedStatement | readonly EvaluatedStatement[];
}

/** The keys of a request, in lower case; a key of several values has a list. */
export type Context = Readonly<Record<string, Values>>;

export interface Universe {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly contexts: readonly Context[];
}

/** Every request of a universe that a policy allows and does not deny. */
export function allowedRequests(
  { Version, Statement }: Policy,
  { actions, resources, contexts }: Universe,
): ReadonlySet<string> {
  const hasVariables = Version === '2012-10-17';
  const statements = [Statement].flat();
  const allowed = new Set<string>();
  contexts.forEach((context, index) => {
    const keysWith = (effect: string): ReadonlySet<string> =>
      new Set(
        statements
          .filter((one) => one.Effect === effect && holds(one, context, hasVariables))
          .flatMap((one) => {
            const onActions = chosen(actions, one.Action, one.NotAction, (pattern) =>
              wildcards(String(pattern), undefined, 'i'),
            );
            const onResources = chosen(resources, one.Resource, one.NotResource, (pattern) =>
              wildcards(String(pattern), hasVariables ? context : undefined),
            );
            return onActions.flatMap((action) => onResources.map((resource) => `${action} ${resource} ${index}`));
          }),
      );
    const denied = keysWith('Deny');
    for (const request of keysWith('Allow')) if (!denied.has(request)) allowed.add(request);
  });
  return allowed;
}

function chosen(
  all: readonly string[],
  named: Values | undefined,
  others: Values | undefined,
  read: (pattern: Scalar) => RegExp,
): readonly string[] {
  const forms = [named ?? others ?? []].flat().map(read);
  return all.filter((one) => forms.some((form) => form.test(one)) === (named !== undefined));
}

/** Patterns without variables, which are the same for every request. */
const read = new Map<string, RegExp>();

/**
 * A pattern as a regular expression. A variable stands for the text that the request has, in which nothing is a
 * wildcard; without it nothing matches.
 */
function wildcards(pattern: string, context: Context | undefined, flags = '', exactly = false): RegExp {
  if (context && pattern.includes('${')) return made(pattern, context, flags, exactly);
  const key = `${flags} ${String(exactly)} ${pattern}`;
  return read.get(key) ?? read.set(key, made(pattern, undefined, flags, exactly)).get(key)!;
}

function made(pattern: string, context: Context | undefined, flags: string, exactly: boolean): RegExp {
  const characters = (text: string): string =>
    text.replace(/[^]/g, (one) => (exactly ? escaped(one) : one === '*' ? '[^]*' : one === '?' ? '[^]' : escaped(one)));
  const source = pattern
    .split(/(\$\{[^}]*\})/)
    .map((part, index) => (index % 2 === 1 && context ? literalOf(part.slice(2, -1), context) : characters(part)))
    .join('');
  return new RegExp(`^${source}$`, flags);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function literalOf(variable: string, context: Context): string {
  if (/^[*?$]$/.test(variable)) return escaped(variable);
  const value = context[variable.toLowerCase()];
  return value === undefined || Array.isArray(value) ? '(?!)' : escaped(String(value));
}

function holds({ Condition }: EvaluatedStatement, context: Context, hasVariables: boolean): boolean {
  return Object.entries(Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) =>
      isMet(operator, context[key.toLowerCase()], [values].flat(), hasVariables ? context : undefined),
    ),
  );
}

function isMet(
  written: string,
  has: Values | undefined,
  listed: readonly Scalar[],
  context: Context | undefined,
): boolean {
  const [, qualifier, name, ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(written)!;
  if (name === 'Null') return listed.some((one) => String(one).toLowerCase() === String(has === undefined));
  const negated = name!.includes('Not');
  const meets = (value: Scalar): boolean =>
    listed.some((one) => COMPARE[name!.replace('Not', '')]!(String(value), String(one), context)) !== negated;
  if (qualifier === 'ForAllValues') return has === undefined || [has].flat().every(meets);
  if (has === undefined) return ifExists !== undefined || (qualifier === undefined && negated);
  return qualifier === undefined ? meets([has].flat()[0]!) : [has].flat().some(meets);
}

type Compare = (value: string, listed: string, context: Context | undefined) => boolean;

const equals =
  (flags: string): Compare =>
  (value, listed, context) =>
    wildcards(listed, context, flags, true).test(value);
const compareNumbers =
  (holdsFor: (value: number, bound: number) => boolean): Compare =>
  (value, listed) =>
    holdsFor(Number(value), Number(listed));
const compareDates =
  (holdsFor: (value: number, bound: number) => boolean): Compare =>
  (value, listed) =>
    holdsFor(moment(value), moment(listed));

const COMPARE: Readonly<Record<string, Compare>> = {
  StringEquals: equals(''),
  StringEqualsIgnoreCase: equals('i'),
  StringLike: (value, listed, context) => wildcards(listed, context).test(value),
  ArnLike: (value, listed, context) => wildcards(listed, context).test(value),
  ArnEquals: (value, listed, context) => wildcards(listed, context).test(value),
  Bool: (value, listed) => value.toLowerCase() === listed.toLowerCase(),
  IpAddress: (value, listed) => isInRange(value, listed),
  NumericEquals: compareNumbers((a, b) => a === b),
  NumericLessThan: compareNumbers((a, b) => a < b),
  NumericLessThanEquals: compareNumbers((a, b) => a <= b),
  NumericGreaterThan: compareNumbers((a, b) => a > b),
  NumericGreaterThanEquals: compareNumbers((a, b) => a >= b),
  DateEquals: compareDates((a, b) => a === b),
  DateLessThan: compareDates((a, b) => a < b),
  DateLessThanEquals: compareDates((a, b) => a <= b),
  DateGreaterThan: compareDates((a, b) => a > b),
  DateGreaterThanEquals: compareDates((a, b) => a >= b),
};

/** Milliseconds of a date of ISO 8601 or of a number of seconds. */
function moment(text: string): number {
  return /^\d+$/.test(text) && text.length > 4 ? Number(text) * 1000 : Date.parse(text);
}

function isInRange(address: string, range: string): boolean {
  const [first, length] = range.split('/');
  const [bits, wanted] = [bitsOf(address), bitsOf(first!)];
  const count = length === undefined ? wanted.length : Number(length);
  return bits.length === wanted.length && bits.slice(0, count) === wanted.slice(0, count);
}

function bitsOf(address: string): string {
  if (!address.includes(':'))
    return address
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  const [head, tail] = address.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const missing = Array<string>(tail ? 8 - head!.length - tail.length : 0).fill('0');
  return [...head!, ...missing, ...(tail ?? [])]
    .map((group) => parseInt(group, 16).toString(2).padStart(16, '0'))
    .join('');
}
