/** Placeholders in policies that the author has to replace: `<account-id>`, `ACCOUNT_ID`, `${region}`. */
import type { Guard } from '../../base/guard.ts';
import { leaves } from '../../model/navigate.ts';
import type { Element, Leaf, Value } from '../../model/value.ts';
import type { OperatorFamily } from './condition-operator.ts';
import { isOfAws, variablesIn } from './variable.ts';
import { arnFields } from './arn-fields.ts';

/**
 * A string in brackets that AWS does not use: `<name>`, `{name}`, `{{name}}`, `[NAME]`, `<%= name %>`. Some templates
 * repeat the brackets: `<<name>>`. A policy variable has a dollar sign and a colon. Where CloudFormation resolves a
 * dynamic reference, it does not belong to the text.
 */
const MARKED =
  /<{1,3}[A-Za-z%][^<>]{0,60}>{1,3}|\{{2,3}[^{}]{1,120}\}{2,3}|\{[A-Za-z ][\w .-]{0,60}\}|\[{1,2}[A-Z][A-Z0-9_-]{0,60}\]{1,2}/;

/** A word in capitals. Partitions, services, Regions and accounts contain no capitals. */
const CAPITALS = /^[A-Z][A-Z0-9_-]*$/;

const REGION = /^(?:(?:your|my|aws|the)[-_ ]?){0,3}region(?:[-_ ]?(?:name|id|code|here)){0,2}$/i;
const ACCOUNT =
  /^(?:(?:your|my|aws|the)[-_ ]?){0,3}account(?:[-_ ]?(?:id|number|no|here|without|hyphens)){0,4}$|^x{4,12}$/i;

/** A name that is meant to be replaced: `YOUR-BUCKET`, `your_table_name`, `REPLACE_ME`, `BUCKET_NAME`. */
const NAME =
  /(?<![A-Za-z0-9])(?:your|YOUR)[-_][A-Za-z]|(?<![A-Za-z0-9])(?:REPLACE|INSERT)[-_][A-Z]|(?<![A-Za-z0-9-])[A-Z][A-Z0-9]*_(?:BUCKET|ID|NAME|ARN)(?![A-Za-z0-9])|(?<![A-Za-z0-9_-])BUCKET[-_]NAME(?![A-Za-z0-9])/;

/** A whole string that represents an ARN: `BUCKET_ARN`. */
const ARN_WORD = /^(?:[A-Z][A-Z0-9]*[-_])+ARN$|^ARN[-_][A-Z0-9_-]+$/;

/**
 * The end of the resource that Amazon API Gateway authorizes for every connection of a WebSocket API. Its errors name
 * it: `is not authorized to perform: execute-api:ManageConnections on resource: …/POST/@connections/{connectionId}`.
 */
const ANY_CONNECTION = '/@connections/{connectionId}';

/**
 * The placeholder in a resource of a policy; undefined if there is none. `123456789012` counts as a valid account ID.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function placeholderIn(text: string): string | undefined {
  if (text.endsWith(ANY_CONNECTION)) return placeholderIn(text.slice(0, -ANY_CONNECTION.length));
  // Patterns are compiled when they are first used, and most texts need none.
  const marked = ['<', '{', '['].some((mark) => text.includes(mark)) ? MARKED.exec(text)?.[0] : undefined;
  if (marked !== undefined) return marked;
  if (text.includes('ARN') && ARN_WORD.test(text)) return text;
  const [arn, partition, service, region, account, name = ''] = arnFields(text);
  if (arn !== 'arn') return undefined;
  for (const [field, form] of [
    [partition, CAPITALS],
    [region, REGION],
    [region, CAPITALS],
    [account, ACCOUNT],
    [account, CAPITALS],
  ] as const) {
    if (field !== undefined && field !== '' && form.test(field)) return field;
  }
  // Most names have neither.
  if (!/[A-Z]|your/.test(name)) return undefined;
  const found = NAME.exec(name);
  if (!found) return undefined;
  // Bucket names have no capitals; names of other resources can.
  if (/^[A-Z]/.test(found[0]) && !/^(?:YOUR|REPLACE|INSERT)/.test(found[0]) && service !== 's3') return undefined;
  return /^[A-Za-z0-9_-]*/.exec(name.slice(found.index))![0];
}

/** Keys, in lower case, whose values have a fixed format without words in capitals. */
const FORMATTED =
  /^(?:aws:(?:principalaccount|sourceaccount|sourceowner|resourceaccount|vpceaccount|principalorgid|sourceorgid|resourceorgid|vpceorgid|principalorgpaths|sourceorgpaths|resourceorgpaths|vpceorgpaths|sourcevpc|sourcevpce|sourceip|vpcsourceip|principalarn|sourcearn|userid)|kms:calleraccount|iam:passedtoservice|iam:policyarn|iam:permissionsboundary|kms:viaservice)$/;

/** Keys, in lower case, whose values are service names, also with Regions. */
const NAMING_SERVICES =
  /^(?:kms:viaservice|[a-z-]+:passedtoservice|iam:awsservicename|sts:awsservicename|aws:calledvia(?:first|last)?)$/;

/** A label of a host name that is a placeholder for a service: service names have no capitals. */
const SERVICE = /^(?:(?:YOUR|AWS)[-_])?SERVICE(?:[-_](?:NAME|ID|PREFIX))?$/;

/** Keys, in lower case, whose values are organization IDs, or begin with one. */
const NAMING_ORGANIZATIONS = /^aws:(?:principal|source|resource|vpce)org(?:id|paths)$/;

/** An ID that repeats a single letter. */
const NO_ORGANIZATION = /^o-x{4,}(?:\/|$)/i;

/** Unique IDs of users and roles, and the ID of an organization in the wrong case. */
const OTHER_CAPITALS = /^(?:AIDA|AROA|O-(?=[A-Z]*\d)[A-Z0-9]{10,32}$)/;

/** An address template, such as `x.x.x.x/32`. */
const ADDRESS_FORM = /^[xX]{1,3}(?:\.[xX]{1,3}){3}(?:\/\d{1,2})?$/;

/**
 * The placeholder in a condition value; undefined if there is none. Tags, prefixes and names are free-form, so a word
 * in capitals is not a placeholder there.
 * @param key The condition key, in lower case.
 * @param family The family of the operator.
 */
export function placeholderInValue(text: string, key: string, family: OperatorFamily | undefined): string | undefined {
  const found = placeholderIn(text);
  if (found !== undefined) return found;
  if (text.startsWith('arn:')) return undefined;
  const marked = /(?<![A-Za-z0-9])(?:YOUR|REPLACE|INSERT)[-_][A-Z][A-Z0-9_-]*/.exec(text)?.[0];
  if (marked !== undefined) return marked;
  if (ADDRESS_FORM.test(text) && family === 'IpAddress') return text;
  // A Region in capitals is misspelled.
  if (key === 'aws:requestedregion') return REGION.test(text) ? text : undefined;
  if (NAMING_SERVICES.test(key)) {
    const label = text.split('.').find((one) => REGION.test(one) || SERVICE.test(one));
    if (label !== undefined) return label;
  }
  if (NAMING_ORGANIZATIONS.test(key) && NO_ORGANIZATION.test(text)) return text;
  const isFormatted =
    FORMATTED.test(key) || family === 'Numeric' || family === 'Date' || family === 'IpAddress' || family === 'Arn';
  return isFormatted && (CAPITALS.test(text) || ACCOUNT.test(text)) && !OTHER_CAPITALS.test(text) ? text : undefined;
}

/**
 * The placeholder in a principal; undefined if there is none. IDs of deleted principals are not placeholders.
 * @param kind The key of the principal element, such as `AWS`.
 */
export function placeholderInPrincipal(kind: string, text: string): string | undefined {
  const found = placeholderIn(text);
  if (found !== undefined || kind !== 'AWS') return found;
  return ACCOUNT.test(text) || /^[A-Z]+(?:[_-][A-Z]+)+$/.test(text) ? text : undefined;
}

/**
 * A placeholder in a policy file that is not an AWS policy variable, so that another tool must replace it: `${bucket}`,
 * `${AWS::AccountId}`. In a template, the format replaces it, or another rule reports it.
 */
export function generatedIn(value: Value): string | undefined {
  for (const { value: leaf } of leaves(value))
    if (leaf.state === 'known' && leaf.raw.includes('${')) {
      const found = variablesIn(leaf.raw).find((variable) => variable.fault === undefined && !isOfAws(variable));
      if (found) return found.written;
    }
  return undefined;
}

/** Why a value lacks what another one interpolates: a parameter is empty, or an unknown condition decides. */
export type Emptied = 'input' | 'condition';

/**
 * Finds the values of a list that equal another one when interpolated values are empty, as with a parameter whose empty
 * default every deployment must override. If only a condition that cannot be evaluated gives the empty value, as in
 * `var.create ? aws_s3_bucket.b[0].arn : ""`, nothing shows that the policy exists in that scenario.
 */
export function equalWhenEmpty(items: readonly Element[]): (item: Element) => Emptied | undefined {
  /** The largest number of placeholders around each text. */
  const most = new Map<string, number>();
  for (const { value } of items)
    for (const { value: leaf } of leaves(value)) {
      const [text, placeholders] = withoutPlaceholders(leaf) ?? [];
      if (text !== undefined) most.set(text, Math.max(most.get(text) ?? 0, placeholders!));
    }
  return ({ value, when }) => {
    const emptied = leaves(value).filter(({ value: leaf }) => {
      const [text, placeholders] = withoutPlaceholders(leaf) ?? [];
      return text !== undefined && placeholders! < (most.get(text) ?? 0);
    });
    if (emptied.length === 0) return undefined;
    return emptied.every(({ guard }) => isByCondition(guard.and(when.yes))) ? 'condition' : 'input';
  };
}

/** Whether a condition that cannot be evaluated belongs to a scenario. */
function isByCondition(guard: Guard): boolean {
  return [...guard.variables()].some(({ kind }) => kind === 'condition');
}

/** A string without its placeholders, and how many it has. */
function withoutPlaceholders(leaf: Leaf): readonly [text: string, placeholders: number] | undefined {
  if (leaf.state === 'known') return [leaf.raw, 0];
  if (leaf.state !== 'template') return undefined;
  const texts = leaf.pieces.filter((piece) => typeof piece === 'string');
  return [texts.join(''), leaf.pieces.length - texts.length];
}
