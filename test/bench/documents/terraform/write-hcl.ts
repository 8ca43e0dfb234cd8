/** Writes configurations in HCL, in the layout of `terraform fmt`. */
import { Blocks, Expression, JsonText, type Argument, type Body, type TopBlock } from './configuration.ts';

const WIDTH = 90;

export function writeHcl(file: readonly TopBlock[]): string {
  return file
    .map(({ kind, labels, body, comment }) => {
      const head = [kind, ...labels.map((label) => `"${label}"`)].join(' ');
      return `${comment === undefined ? '' : `# ${comment}\n`}${head} {\n${members(body, 2)}}\n`;
    })
    .join('\n');
}

/** The arguments and blocks of a body; the equals signs of consecutive lines are aligned. */
function members(body: Body, column: number): string {
  const pad = ' '.repeat(column);
  let text = '';
  let group: (readonly [string, string])[] = [];
  const flush = (): void => {
    const width = Math.max(...group.map(([name]) => name.length));
    text += group.map(([name, value]) => `${pad}${name.padEnd(width)} = ${value}\n`).join('');
    group = [];
  };
  for (const [name, member] of Object.entries(body)) {
    if (member instanceof Blocks) {
      if (group.length > 0) flush();
      for (const nested of member.bodies) {
        const head = member.label === undefined ? name : `dynamic "${member.label}"`;
        text += `${text === '' ? '' : '\n'}${pad}${head} {\n${members(nested, column + 2)}${pad}}\n`;
      }
      continue;
    }
    const value = expression(member, column);
    group.push([name, value]);
    // A value of several lines ends the lines that are aligned.
    if (value.includes('\n')) flush();
  }
  if (group.length > 0) flush();
  return text;
}

/** An expression, in one line if it is short; without a column always. */
export function expression(value: Argument, column?: number): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object') return String(value);
  if (value instanceof Expression) return value.text;
  if (value instanceof JsonText) return `jsonencode(${expression(value.value, column)})`;
  if (Array.isArray(value)) {
    const items = value as readonly Argument[];
    const line = `[${items.map((item) => expression(item)).join(', ')}]`;
    if (column === undefined || (line.length <= WIDTH && !items.some(isObject))) return line;
    const pad = ' '.repeat(column + 2);
    return `[\n${items.map((item) => `${pad}${expression(item, column + 2)},\n`).join('')}${' '.repeat(column)}]`;
  }
  const entries = Object.entries(value as Readonly<Record<string, Argument>>);
  const key = (name: string): string => (/^[A-Za-z_][\w-]*$/.test(name) ? name : JSON.stringify(name));
  if (entries.length === 0) return '{}';
  if (column === undefined)
    return `{ ${entries.map(([name, member]) => `${key(name)} = ${expression(member)}`).join(', ')} }`;
  const inner = members(Object.fromEntries(entries.map(([name, member]) => [key(name), member])), column + 2);
  return `{\n${inner}${' '.repeat(column)}}`;
}

function isObject(value: Argument): boolean {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Expression);
}
