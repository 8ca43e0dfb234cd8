/**
 * Writes templates as people do: block style, short forms of functions, comments, literal blocks and short lists in one
 * line.
 */
import { COMMENT, isComment, isMap, type Value } from './template-value.ts';

/** The short forms; others are written in full. */
const TAGS: Readonly<Record<string, string>> = {
  Ref: '!Ref',
  Condition: '!Condition',
  'Fn::GetAtt': '!GetAtt',
  'Fn::Sub': '!Sub',
  'Fn::Join': '!Join',
  'Fn::If': '!If',
  'Fn::FindInMap': '!FindInMap',
  'Fn::Select': '!Select',
  'Fn::Split': '!Split',
  'Fn::GetAZs': '!GetAZs',
  'Fn::Equals': '!Equals',
  'Fn::And': '!And',
  'Fn::Or': '!Or',
  'Fn::Not': '!Not',
  'Fn::ImportValue': '!ImportValue',
  'Fn::Base64': '!Base64',
};

/** The longest list that is written in one line. */
const WIDTH = 80;

/** A mapping at a column, each line with its indentation and end. */
export function writeYaml(value: Value, column = 0): string {
  const pad = ' '.repeat(column);
  if (isMap(value))
    return Object.entries(value)
      .map(([key, member]) =>
        isComment(key) ? `${pad}${COMMENT} ${String(member)}\n` : `${pad}${scalar(key)}:${after(member, column)}`,
      )
      .join('');
  if (Array.isArray(value)) return (value as readonly Value[]).map((item) => `${pad}-${inItem(item, column)}`).join('');
  return `${pad}${scalar(value as string)}\n`;
}

/** What stands after the colon of a key at a column. */
function after(value: Value, column: number): string {
  const line = inLine(value);
  if (line !== undefined) return ` ${line}\n`;
  if (typeof value === 'string') return ` ${literal(value, column + 2)}`;
  const call = callOf(value);
  if (call) {
    // Two tags cannot follow each other, so a function of a function is written in full.
    if (isCall(call.argument)) return `\n${' '.repeat(column + 2)}${call.name}:${after(call.argument, column + 2)}`;
    if (typeof call.argument === 'string') return ` ${call.tag} ${literal(call.argument, column + 2)}`;
    return ` ${call.tag}\n${writeYaml(call.argument, column + 2)}`;
  }
  return `\n${writeYaml(value, column + 2)}`;
}

/** What stands after the dash of an item at a column. */
function inItem(value: Value, column: number): string {
  const line = inLine(value);
  if (line !== undefined) return ` ${line}\n`;
  if (typeof value === 'string' || callOf(value)) return after(value, column);
  // The first line of a nested block begins after the dash, unless it is a comment.
  const nested = writeYaml(value, column + 2);
  return nested.trimStart().startsWith(COMMENT) ? `\n${nested}` : ` ${nested.trimStart()}`;
}

interface Call {
  readonly name: string;
  readonly tag: string;
  readonly argument: Value;
}

function callOf(value: Value): Call | undefined {
  if (!isMap(value)) return undefined;
  const [[name, argument] = [], ...more] = Object.entries(value);
  const tag = name === undefined || more.length > 0 ? undefined : TAGS[name];
  if (name === undefined || tag === undefined) return undefined;
  // A statement may have the member Condition, whose value is a mapping.
  if (name === 'Condition' && typeof argument !== 'string') return undefined;
  return { name, tag, argument: name === 'Fn::GetAtt' ? (argument as readonly string[]).join('.') : argument! };
}

function isCall(value: Value): boolean {
  return callOf(value) !== undefined;
}

/** The value in one line, if it is short and has no mapping; within a list in one line, some characters need quotes. */
function inLine(value: Value, isInFlow = false): string | undefined {
  if (typeof value === 'string') {
    if (value.includes('\n')) return undefined;
    return isInFlow && /[,[\]{}]/.test(value) ? quoted(value) : scalar(value);
  }
  if (typeof value !== 'object') return String(value);
  const call = callOf(value);
  if (call) {
    if (isCall(call.argument)) return undefined;
    const argument = inLine(call.argument, isInFlow);
    return argument === undefined ? undefined : `${call.tag} ${argument}`;
  }
  if (!Array.isArray(value)) return Object.keys(value).length === 0 ? '{}' : undefined;
  const items = (value as readonly Value[]).map((item) => inLine(item, true));
  if (items.includes(undefined)) return undefined;
  const line = `[${items.join(', ')}]`;
  return line.length <= WIDTH ? line : undefined;
}

const LIKE_ANOTHER_TYPE = /^(?:true|false|yes|no|on|off|null|~|[-+]?[\d.][\d.eE_+-]*|\d{4}-\d\d-\d\d.*|0x[\da-f]+)$/i;

function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const isPlain =
    /^[A-Za-z0-9_/.$^(][^\n]*$/.test(value) && !/: |:$| #|\s$/.test(value) && !LIKE_ANOTHER_TYPE.test(value);
  return isPlain ? value : quoted(value);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A text of several lines at a column. */
function literal(text: string, column: number): string {
  const pad = ' '.repeat(column);
  const lines = text.replace(/\n$/, '').split('\n');
  return `|\n${lines.map((line) => (line === '' ? '\n' : `${pad}${line}\n`)).join('')}`;
}
