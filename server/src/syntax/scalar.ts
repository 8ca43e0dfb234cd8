import type { Node, ScalarNode } from './tree.ts';

export interface ReadScalar {
  /** The decoded text. */
  readonly raw: string;
  /** Whether it was written as text: quoted, a block, or tagged `!!str`. */
  readonly quoted: boolean;
  readonly value: string | number | boolean | null;
}

const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);
const BOOLEANS = new Map([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
]);

/**
 * Resolves the type of a scalar by YAML's core schema, with one difference: a number is a number only if it is written
 * as it prints. Readers disagree about all others (`010`, `0x1F`, `1.10`, `012345678901`, `1e3`), and a leading zero of
 * an account ID or the last digit of a version must not be lost: those are strings, and code that knows the property's
 * type reads `raw`. `yes`, `on`, `12:30:45` and `2012-10-17` are strings in the core schema. Scalars with tags other
 * than YAML's own are strings.
 */
export function readScalar(node: ScalarNode): ReadScalar {
  const raw = node.value;
  switch (coreTag(node.tag?.name)) {
    case undefined:
      return { raw, quoted: node.style !== 'plain', value: node.style === 'plain' ? plainValue(raw) : raw };
    case 'str':
      return { raw, quoted: true, value: raw };
    case 'bool':
      return { raw, quoted: false, value: BOOLEANS.get(raw) ?? raw };
    case 'int':
    case 'float':
      return { raw, quoted: false, value: numberOf(raw) ?? raw };
    case 'null':
      return { raw, quoted: false, value: NULLS.has(raw) ? null : raw };
    default:
      return { raw, quoted: node.style !== 'plain', value: raw };
  }
}

/**
 * The string of a scalar for readers that treat all scalars as strings, as CloudFormation does: `true` and `false` for
 * booleans in any case.
 */
export function textOfScalar(node: ScalarNode): string {
  const { value, raw } = readScalar(node);
  return typeof value === 'boolean' ? String(value) : raw;
}

/** The name of one of YAML's own tags, undefined without a tag, and an empty text for any other. */
function coreTag(tag: string | undefined): string | undefined {
  if (tag === undefined) return undefined;
  if (tag === '!') return 'str';
  return /^(?:!!|!<tag:yaml\.org,2002:)(\w+)>?$/.exec(tag)?.[1] ?? '';
}

function plainValue(raw: string): string | number | boolean | null {
  if (NULLS.has(raw)) return null;
  return BOOLEANS.get(raw) ?? numberOf(raw) ?? raw;
}

function numberOf(raw: string): number | undefined {
  if (!/^-?\d/.test(raw)) return undefined;
  const value = Number(raw);
  return Number.isFinite(value) && String(value) === raw ? value : undefined;
}

/** Whether a node is a text, a number or a boolean, written as such. In quotes nothing is a text too. */
export function isPlain(node: Node | undefined): node is ScalarNode {
  return node?.kind === 'scalar' && !/^![^!]/.test(node.tag?.name ?? '') && readScalar(node).value !== null;
}

/** Whether a node is the boolean true, as JSON writes it. */
export function isTrueNode(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.style === 'plain' && node.value === 'true';
}
