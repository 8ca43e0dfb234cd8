/** Whether two statements say the same. */
import { any, type Judgement } from '../model/judgement.ts';
import type { Value } from '../model/value.ts';

/** What is left out where statements are compared: a name says nothing. */
const NAMES: ReadonlySet<string> = new Set(['Sid']);

/**
 * Whether a statement is written in the policy itself, and not in another document that it starts from, which other policies may use too.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document#source_policy_documents
 */
export function isOwnStatement({ origin }: Value): boolean {
  return !origin.steps.some(({ what }) => what === 'data');
}

/** What is the same as something later on. */
export interface Earlier<T> {
  readonly first: T;
  /** Where one of them is there. */
  readonly there: Judgement;
  readonly count: number;
}

/** Each can be there under conditions of its own, and the scenarios in which one of many is there are too many to tell apart. */
const MOST_EARLIER = 4;

/** Those before and another one; of those that are there under conditions only some are looked at. */
export function withAnother<T>(before: Earlier<T> | undefined, another: T, there: Judgement): Earlier<T> {
  if (!before) return { first: another, there, count: 1 };
  const count = before.count + 1;
  if (there.yes.isAlways()) return { ...before, there, count };
  return before.count >= MOST_EARLIER ? before : { ...before, there: any(before.there, there), count };
}

/** What is said of something that is known to be the same wherever it is named: a parameter, the account of the stack. */
function inputText({ input }: { readonly input?: string }): string | undefined {
  return input === undefined ? undefined : `<?${input}>`;
}

/** What a statement says, in a text that is the same for all that say the same; undefined where something in it is not known or depends on the scenario. */
export function contentOf(statement: Value): string | undefined {
  if (statement.state !== 'object' || statement.open) return undefined;
  return objectText(statement.entries.filter(({ key }) => !NAMES.has(key)));
}

/**
 * What a statement says but for one of its elements, in such a text; undefined also where it has not that element in every scenario, or says
 * anything by the contrary of it. Statements with names have them for a reason.
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

/** One value stands for a list of one, and the order of a list says nothing. */
function textOf(value: Value): string | undefined {
  switch (value.state) {
    case 'known':
      return JSON.stringify(value.raw);
    case 'text': {
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
