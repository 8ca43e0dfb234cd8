/** The texts of a new rule and its fixture, with empty facts, which the tests name. */
import { FIRST_VERSION } from '../server/src/rules/rule.ts';
import type { Property } from './schemas/read.ts';

export interface Subject {
  readonly id: string;
  readonly type: string;
  /** A path of property names; `[]` follows lists. */
  readonly property: string;
  readonly schema: Property;
  /** The property that holds the value of an item, if the items of the list at the path are objects. */
  readonly item: string | undefined;
  /** The values that an item of the list can have, as far as they are known. */
  readonly itemValues: readonly unknown[] | undefined;
  /** The Terraform location of the property, if it is mapped. */
  readonly native: PropertyInTerraform | undefined;
}

export interface PropertyInTerraform {
  readonly type: string;
  readonly path: string;
  /** The path in a plan; `[]` follows each list of blocks. */
  readonly planned: string;
}

/** The form that fits a property: one value, a secret, a setting of the items of a list, or a list of values. */
export type FormName = 'settingRule' | 'secretRule' | 'itemRule' | 'listRule';

/** Names of properties that hold a secret: `MasterUserPassword`, `AuthToken`. Not `SecretArn`, which refers to one. */
const SECRET = /(?:Password|Secret|Secret(?:Key|String)|Token|PrivateKey)$/;

/** The form for a property, by its path, type and name. */
export function formOf({ property, schema }: Pick<Subject, 'property' | 'schema'>): FormName {
  if (property.includes('[].')) return 'itemRule';
  if (schema.type === 'string' && SECRET.test(property)) return 'secretRule';
  return schema.type.endsWith('[]') || schema.type.includes('[]|') ? 'listRule' : 'settingRule';
}

/** Example values of a property, correct and wrong, in documents and rules, until the author changes them. */
interface Example {
  /** The lines of the rule with the condition. */
  readonly bad: readonly string[];
  readonly right: string;
  readonly wrong: string;
  /** The correct value in Terraform, and one that cannot be resolved, where they are not derived from the others. */
  readonly nativeRight?: string;
  readonly unknown?: string;
}

function exampleOf(subject: Subject): Example {
  const {
    schema: { type, values },
    itemValues,
  } = subject;
  if (formOf(subject) === 'listRule') {
    const known = textsIn(itemValues);
    const [good = 'good', other = 'other'] = known;
    return {
      bad: [`mustContain: ['${good}'],${commentOn(known)}`, "absent: 'safe',"],
      right: listOf(good, subject),
      wrong: listOf(other, subject),
    };
  }
  if (formOf(subject) === 'secretRule')
    return {
      bad: [],
      right: "'{{resolve:secretsmanager:It:SecretString:value}}'",
      wrong: 'correct-horse',
      nativeRight: '${random_password.it.result}',
      unknown: "!Sub 'correct-${Given}'",
    };
  if (type === 'boolean') return { bad: ['required: true,', "absent: 'safe',"], right: 'true', wrong: 'false' };
  if (type === 'integer' || type === 'number')
    return { bad: ['forbidden: { below: 1 },', 'write: 1,', "absent: 'safe',"], right: '1', wrong: '0' };
  const texts = textsIn(values);
  const [right = 'good', wrong = 'bad'] = [texts.at(-1), texts[0]];
  // For several values, the author decides which one is wrong.
  return { bad: [`allowed: ['${right}'],${commentOn(texts)}`, "absent: 'safe',"], right, wrong };
}

function textsIn(values: readonly unknown[] | undefined): readonly string[] {
  return (values ?? []).filter((value) => typeof value === 'string');
}

/** The values that the author can choose from. */
function commentOn(values: readonly string[]): string {
  return values.length > 0 ? ` // of ${values.join(', ')}` : '';
}

function listOf(value: string, { item }: Subject): string {
  return item === undefined ? `[${value}]` : `[{${item}: ${value}}]`;
}

/** The version that adds a rule, and the day on which its author reads the pages. */
export interface RuleOrigin {
  readonly since: string;
  readonly accessed: string;
}

/** The text of `server/src/rules/<service>/<id>.ts`. */
export function ruleText(subject: Subject, { since, accessed }: RuleOrigin): string {
  const form = formOf(subject);
  const lines = [
    `id: '${subject.id}',`,
    ...(form === 'secretRule' ? [] : [`topic: '${topicOf(subject.id)}',`]),
    `severity: '${form === 'secretRule' ? 'critical' : 'medium'}',`,
    ...(since === FIRST_VERSION ? [] : [`since: '${since}',`]),
    "title: '',",
    'keywords: [],',
    "why: '',",
    'sources: {},',
    `accessed: '${accessed}',`,
    ...placeOf(subject, form),
    ...exampleOf(subject).bad,
    ...(form === 'secretRule' ? ["advice: '',"] : []),
    ...(form === 'listRule' ? ["problem: 'does not have {missing}',"] : []),
  ];
  return `import { ${form} } from '../forms/${form.replace('Rule', '-rule')}.ts';

export default ${form}({
${lines.map((line) => `  ${line}\n`).join('')}});
`;
}

function placeOf({ type, property, item }: Subject, form: FormName): readonly string[] {
  switch (form) {
    case 'settingRule':
      return [`settings: { '${type}': '${property}' },`];
    case 'secretRule':
      return [`secrets: { '${type}': '${property}' },`];
    case 'listRule':
      return [
        `lists: { '${type}': ${item === undefined ? `'${property}'` : `{ path: '${property}', item: '${item}' }`} },`,
      ];
    case 'itemRule': {
      const end = property.lastIndexOf('[].');
      return [`items: { '${type}': '${property.slice(0, end)}[]' },`, `setting: '${property.slice(end + 3)}',`];
    }
  }
}

/** The topic of a rule, guessed from its id. */
function topicOf(id: string): string {
  const words: readonly (readonly [RegExp, string])[] = [
    [/encrypt|kms|rotation/, 'encryption-at-rest'],
    [/tls|https|transit/, 'encryption-in-transit'],
    [/secret|password/, 'secrets'],
    [/public/, 'data-exposure'],
    [/open|ingress|egress|network/, 'network-exposure'],
    [/log|trail|audit/, 'logging'],
    [/backup|version|deletion|retention|recovery/, 'resilience'],
    [/iam|role|policy/, 'identity'],
  ];
  return words.find(([pattern]) => pattern.test(id))?.[1] ?? 'operations';
}

/**
 * The text of `test/rules/<service>/<id>.fixture`, with markers that `npm run accept` corrects once the facts are
 * complete.
 */
export function fixtureText(subject: Subject): string {
  const { id, native, type } = subject;
  const { wrong, right, nativeRight = right, unknown = '!Ref Given' } = exampleOf(subject);
  const form = formOf(subject);
  const given = form === 'listRule' ? 'CommaDelimitedList' : form === 'secretRule' ? 'String, NoEcho: true' : 'String';
  return `
-- good.yaml --
${template(subject, right, '')}
-- bad.yaml --
${template(subject, wrong, `${id} suggestion`)}
-- absent.yaml --
Resources:
  It: {Type: ${type}}
-- unknown.yaml --
Parameters:
  Given: {Type: ${given}}
${template(subject, unknown, `${id} possible`)}
${
  native
    ? terraform(
        native,
        subject,
        [nativeRight, wrong].map((value) => terraformValue(value, form === 'listRule')),
      )
    : ''
}`;
}

/** The text before and after the value at a path. */
interface Nesting {
  readonly opened: string;
  readonly closed: string;
}

/** The text before and after the value at a path, as a mapping in one line. */
function around(path: string, quote: '' | '"'): Nesting {
  const steps = path.split('.');
  const opened = steps
    .map((step) => `${quote}${step.replace('[]', '')}${quote}: ${step.endsWith('[]') ? '[' : ''}{`)
    .join('')
    .replace(/\{$/, '');
  const closed = steps
    .slice(0, -1)
    .toReversed()
    .map((step) => (step.endsWith('[]') ? '}]' : '}'))
    .join('');
  return { opened, closed };
}

/** A template with one resource, whose property has a value with a marker. */
function template({ type, property }: Subject, value: string, mark: string): string {
  const { opened, closed } = around(property, '');
  const before = `    Properties: {${opened}`;
  const line = `${before}${value}${closed}}`;
  const marker = mark === '' ? '' : `\n#${' '.repeat(before.length - 1)}${'^'.repeat(value.length)} ${mark}`;
  return `Resources:\n  It:\n    Type: ${type}\n${line}${marker}`;
}

/** The value in Terraform, which has plain values in place of objects with one property. */
function terraformValue(value: string, isList: boolean): string {
  if (isList) return `["${value.replace(/^\[(?:\{\w+: )?|\}?\]$/g, '')}"]`;
  return /^(?:true|false|\d+)$/.test(value) ? value : JSON.stringify(value);
}

/** Configurations with the correct and the wrong value, and a plan with the wrong one. */
function terraform(
  { type, path, planned }: PropertyInTerraform,
  { id }: Subject,
  [right = '', wrong = '']: readonly string[],
): string {
  const plan = `{"format_version": "1.2", "planned_values": {"root_module": {"resources": [{"address": "${type}.it", "mode": "managed", "type": "${type}", "name": "it", "values": {`;
  const configuration = `{"resource": {"${type}": {"it": {`;
  const marked = (start: string, { opened, closed }: Nesting, end: string, mark: string): string =>
    `${start}${opened}${wrong}${closed}${end}\n#${' '.repeat(start.length + opened.length - 1)}${'^'.repeat(wrong.length)} ${mark}\n`;
  const here = around(path, '"');
  return `-- good.tf.json --
${configuration}${here.opened}${right}${here.closed}}}}}
-- bad.tf.json --
${marked(configuration, here, '}}}}', `${id} suggestion`)}-- bad-plan.json --
${marked(plan, around(planned, '"'), '}}]}}}', id)}`;
}
