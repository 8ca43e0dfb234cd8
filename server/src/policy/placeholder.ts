/** Parts of policies that stand for something that is still to be written: `<account-id>`, `ACCOUNT_ID`, `${region}`. */
import { leaves } from '../model/navigate.ts';
import type { Element, Value } from '../model/value.ts';
import { isOfAws, variablesIn } from './variable.ts';

/** Text between marks that AWS uses nowhere: `<name>`, `{name}`, `{{name}}`, `[NAME]`, `<%= name %>`. A variable of AWS has a dollar sign and a colon. */
const MARKED = /<[A-Za-z%][^<>]{0,60}>|\{\{?[A-Za-z ][\w .-]{0,60}\}?\}|\[[A-Z][A-Z0-9_-]{0,60}\]/;

/** A word in capitals. Partitions, services, Regions and accounts are written without. */
const CAPITALS = /^[A-Z][A-Z0-9_-]*$/;

const REGION = /^(?:(?:your|my|aws|the)[-_ ]?){0,3}region(?:[-_ ]?(?:name|id|code|here)){0,2}$/i;
const ACCOUNT = /^(?:(?:your|my|aws|the)[-_ ]?){0,3}account(?:[-_ ]?(?:id|number|no|here|without|hyphens)){0,4}$|^x{4,12}$/i;

/** A name that says that it is to be replaced: `YOUR-BUCKET`, `your_table_name`, `REPLACE_ME`, `BUCKET_NAME`. */
const NAME = /(?<![A-Za-z0-9])(?:your|YOUR)[-_][A-Za-z]|(?<![A-Za-z0-9])(?:REPLACE|INSERT)[-_][A-Z]|(?<![A-Za-z0-9-])[A-Z][A-Z0-9]*_(?:BUCKET|ID|NAME|ARN)(?![A-Za-z0-9])|(?<![A-Za-z0-9_-])BUCKET[-_]NAME(?![A-Za-z0-9])/;

/** A whole text that is a name for an ARN: `BUCKET_ARN`. */
const ARN_WORD = /^(?:[A-Z][A-Z0-9]*[-_])+ARN$|^ARN[-_][A-Z0-9_-]+$/;

/**
 * The placeholder in a resource of a policy, as it is written; undefined where there is none. `123456789012` is an account like any other.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function placeholderIn(text: string): string | undefined {
  const marked = MARKED.exec(text)?.[0];
  if (marked !== undefined) return marked;
  if (ARN_WORD.test(text)) return text;
  const [arn, partition, service, region, account, ...rest] = text.split(':');
  if (arn !== 'arn') return undefined;
  for (const [field, form] of [[partition, CAPITALS], [region, REGION], [region, CAPITALS], [account, ACCOUNT], [account, CAPITALS]] as const) {
    if (field !== undefined && form.test(field)) return field;
  }
  const name = rest.join(':');
  const found = NAME.exec(name);
  if (!found) return undefined;
  // Names of buckets have no capitals; those of other resources may.
  if (/^[A-Z]/.test(found[0]) && !/^(?:YOUR|REPLACE|INSERT)/.test(found[0]) && service !== 's3') return undefined;
  return /^[A-Za-z0-9_-]*/.exec(name.slice(found.index))![0];
}

/**
 * A variable in a policy file that AWS does not have, so that a generator has to replace it: `${bucket}`, `${AWS::AccountId}`. In a template the format
 * replaces it, or another rule says so.
 */
export function generatedIn(value: Value): string | undefined {
  for (const { value: leaf } of leaves(value)) if (leaf.state === 'known' && leaf.raw.includes('${')) {
    const found = variablesIn(leaf.raw).find((variable) => variable.fault === undefined && !isOfAws(variable));
    if (found) return found.written;
  }
  return undefined;
}

/**
 * Tells which values of a list come of others in it where what is put in there is empty: the default of a parameter that every deployment has to set.
 */
export function emptiedIn(items: readonly Element[]): (value: Value) => boolean {
  const texts = new Set<string>();
  for (const { value } of items) for (const { value: leaf } of leaves(value)) if (leaf.state === 'text') {
    texts.add(leaf.pieces.filter((piece) => typeof piece === 'string').join(''));
  }
  return (value) => leaves(value).some(({ value: leaf }) => leaf.state === 'known' && texts.has(leaf.raw));
}
