/** Whether two statements are equivalent. */
import { memoize } from '../../base/memoize.ts';
import { any, type Judgement } from '../../model/judgement.ts';
import type { Value } from '../../model/value.ts';

/** The elements without effect, which comparison ignores. */
const NAMES: ReadonlySet<string> = new Set(['Sid']);

/**
 * Whether a statement is declared in the policy itself, and not in a source document that other policies can share.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document#source_policy_documents
 */
export function isOwnStatement({ origin }: Value): boolean {
  return !origin.steps.some(({ what }) => what === 'data');
}

/** Earlier values that are equal. */
export interface EarlierEqual<T> {
  readonly first: T;
  /** Where one of them exists. */
  readonly there: Judgement;
  readonly count: number;
}

/**
 * The maximum number of earlier values that exist only in some scenarios, because there can be too many scenarios to
 * distinguish.
 */
const MOST_EARLIER = 4;

/**
 * Adds an equal value to the earlier ones. Only a limited number of those that exist in some scenarios is considered.
 */
export function withEqual<T>(before: EarlierEqual<T> | undefined, another: T, there: Judgement): EarlierEqual<T> {
  if (!before) return { first: another, there, count: 1 };
  const count = before.count + 1;
  if (there.yes.isAlways()) return { ...before, there, count };
  return before.count >= MOST_EARLIER ? before : { ...before, there: any(before.there, there), count };
}

/**
 * The canonical string of an unknown value that is the same everywhere, such as a parameter or the account of the
 * stack.
 */
function inputText({ input }: { readonly input?: string }): string | undefined {
  return input === undefined ? undefined : `<?${input}>`;
}

/**
 * The canonical string of a statement, equal for equivalent statements; undefined if a part of it is unknown or depends
 * on the scenario.
 */
export const canonicalStatement = memoize((statement: Value): string | undefined => {
  if (statement.state !== 'object' || statement.open) return undefined;
  return objectText(statement.entries.filter(({ key }) => !NAMES.has(key)));
});

/**
 * The canonical string of a statement without one of its elements. Undefined also if it lacks the element in some
 * scenario, or has its negation. A Sid counts, because it shows that a statement is separate on purpose.
 */
export function contentBeside(statement: Value, element: 'Action' | 'Resource'): string | undefined {
  if (statement.state !== 'object' || statement.open) return undefined;
  const { entries } = statement;
  if (
    entries.some(({ key }) => NAMES.has(key) || key === `Not${element}`) ||
    !entries.some(({ key, when }) => key === element && when.yes.isAlways())
  )
    return undefined;
  return objectText(entries.filter(({ key }) => key !== element));
}

function objectText(entries: Extract<Value, { state: 'object' }>['entries']): string | undefined {
  const parts: string[] = [];
  for (const { key, value, when } of entries) {
    const text = when.yes.isAlways() ? textOf(value) : undefined;
    if (text === undefined) return undefined;
    parts.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${parts.sort().join()}}`;
}

/** A single value is equivalent to a list with one item, and the order of a list is irrelevant. */
function textOf(value: Value): string | undefined {
  switch (value.state) {
    case 'known':
      return JSON.stringify(value.raw);
    case 'template': {
      const pieces = value.pieces.map((piece) =>
        typeof piece === 'string'
          ? JSON.stringify(piece)
          : piece.state === 'reference'
            ? referenceText(piece)
            : inputText(piece),
      );
      return pieces.includes(undefined) ? undefined : `(${pieces.join('+')})`;
    }
    case 'reference':
      return referenceText(value);
    case 'unknown':
      return inputText(value);
    case 'object':
      return value.open ? undefined : objectText(value.entries);
    case 'list': {
      if (value.open) return undefined;
      const parts = value.items.map((item) => (item.when.yes.isAlways() ? textOf(item.value) : undefined));
      if (parts.includes(undefined)) return undefined;
      return parts.length === 1 ? parts[0] : `[${[...new Set(parts as string[])].sort().join()}]`;
    }
    default:
      return undefined;
  }
}

function referenceText({ to, attribute }: Extract<Value, { state: 'reference' }>): string {
  return `<${to} ${attribute ?? ''}>`;
}
