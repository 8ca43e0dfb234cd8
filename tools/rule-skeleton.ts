/** The texts of a new rule and of its fixture, in which every fact is still empty, so that a test names it until it is there. */
import type { Property } from './schemas/read.ts';

export interface Subject {
  readonly id: string;
  readonly type: string;
  /** A path of property names without lists. */
  readonly property: string;
  readonly schema: Property;
  /** Where Terraform has the property, if a mapping says so. */
  readonly native: { readonly type: string; readonly path: string } | undefined;
}

/** What a property of a kind must not be, in a rule, and a bad and a good value for documents. What cannot be guessed is empty. */
interface Kind {
  readonly bad: string;
  readonly imports: readonly string[];
  readonly wrong: string;
  readonly right: string;
  readonly write: string;
}

function kindOf({ type }: Property): Kind {
  if (type === 'boolean') return { bad: 'isFalse', imports: ['isFalse'], wrong: 'false', right: 'true', write: 'true' };
  // No number and no text is wrong until somebody says which.
  if (type === 'integer' || type === 'number') return { bad: 'integer(() => false)', imports: ['integer'], wrong: '0', right: '1', write: '1' };
  return { bad: 'oneOf()', imports: ['oneOf'], wrong: '\'\'', right: 'good', write: '\'\'' };
}

/** The text of `server/src/rules/<service>/<id>.ts`. */
export function ruleText({ id, type, property, schema }: Subject): string {
  const kind = kindOf(schema);
  return `import { any, NO } from '../../model/judgement.ts';
import { ${kind.imports.join(', ')} } from '../../model/predicate.ts';
import { propertyRule } from '../property-rule.ts';

export default propertyRule({
  id: '${id}',
  type: '${type}',
  property: '${property}',
  alsoReads: [],
  topic: '${topicOf(id)}', severity: 'medium', profile: 'strict', since: '0.1',
  title: '',
  why: '',
  remedy: '',
  sources: [],
  aliases: {},
  controls: {},
  fix: 'suggestion',
  bad: ${kind.bad},
  absence: () => NO,
  exempt: () => any(),
  write: { value: ${kind.write}, title: (property) => \`Set \${property} to ${kind.right}\` },
  message: () => '',
});
`;
}

/** What a rule is about, by the words of its id; the author knows better. */
function topicOf(id: string): string {
  const words: readonly (readonly [RegExp, string])[] = [
    [/encrypt|kms|rotation/, 'encryption-at-rest'], [/tls|https|transit/, 'encryption-in-transit'], [/secret|password/, 'secrets'], [/public/, 'data-exposure'],
    [/open|ingress|egress|network/, 'network-exposure'], [/log|trail|audit/, 'logging'], [/backup|version|deletion|retention|recovery/, 'resilience'], [/iam|role|policy/, 'identity'],
  ];
  return words.find(([pattern]) => pattern.test(id))?.[1] ?? 'operations';
}

/** The text of `test/rules/<service>/<id>.fixture`. */
export function fixtureText(subject: Subject): string {
  const { id, native, schema } = subject;
  const { wrong, right } = kindOf(schema);
  return `
-- good.yaml --
${template(subject, right, '')}
-- bad.yaml --
${template(subject, wrong, `${id} suggestion`)}
-- unknown.yaml --
Parameters:
  Given: {Type: String}
${template(subject, '!Ref Given', `${id} possible`)}
${native ? terraform(native, subject, wrong.replaceAll('\'', '"')) : ''}`;
}

/** A template with one resource, whose property has a value that is marked with what is found there. */
function template({ type, property }: Subject, value: string, mark: string): string {
  const before = `    Properties: {${property.split('.').join(': {')}: `;
  const line = `${before}${value}${'}'.repeat(property.split('.').length)}`;
  const marker = mark === '' ? '' : `\n#${' '.repeat(before.length - 1)}${'^'.repeat(value.length)} ${mark}`;
  return `Resources:\n  It:\n    Type: ${type}\n${line}${marker}`;
}

function terraform(native: { readonly type: string; readonly path: string }, { id }: Subject, value: string): string {
  const steps = native.path.split('.');
  const before = `{"resource": {"${native.type}": {"it": {"${steps.join('": {"')}": `;
  return `-- bad.tf.json --\n${before}${value}${'}'.repeat(steps.length - 1)}}}}}\n#${' '.repeat(before.length - 1)}${'^'.repeat(value.length)} ${id} suggestion\n`;
}
