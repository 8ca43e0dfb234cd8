/**
 * Reads the tables of cases in this folder. A case is
 *
 *     == what it shows [format, flags]
 *     -- text
 *     the document
 *     -- suppressions
 *     tool kind: RULE, RULE
 *       at: the text that findings about it mark
 *       in: the text that it covers (or: the file)
 *     -- without 2 RULE
 *     the document without this rule of the second suppression (or: not removable)
 *
 * The format is `yaml`, `json` (templates), `hcl`, `tf.json` (Terraform), `policy.yaml`, `policy.json` or `plan.json`.
 * Flags: `crlf`, `bom`, `no-newline`, `open` (only the first text has no line end), `ours` (no other tool is honored).
 * Line ends in ranges are shown as `⏎`, the middle of long ones as `…`, and control characters as `\\u{1b}`.
 */
import { readFileSync } from 'node:fs';
import type { Format } from '../../server/src/model/format.ts';
import { SUPPRESSION_TOOLS, type Suppression, type SuppressionTool } from '../../server/src/model/suppression.ts';
import { suppressionsIn } from '../../server/src/suppression/suppressions.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import type { Language, Tree } from '../../server/src/syntax/tree.ts';

export const DOC = 'file:///case';

interface Kind {
  readonly language: Language;
  readonly format: Format;
}

export const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['yaml', { language: 'yaml', format: 'cloudformation' }],
  ['json', { language: 'json', format: 'cloudformation' }],
  ['hcl', { language: 'hcl', format: 'terraform' }],
  ['tf.json', { language: 'json', format: 'terraform' }],
  ['policy.yaml', { language: 'yaml', format: 'iam-policy' }],
  ['policy.json', { language: 'json', format: 'iam-policy' }],
  ['plan.json', { language: 'json', format: 'terraform-plan' }],
]);

export interface Section {
  readonly head: string;
  readonly body: string;
}

export interface Case extends Kind {
  readonly title: string;
  readonly text: string;
  /** The beginning of the case in its file, up to the sections after the text. */
  readonly source: string;
  readonly honored: readonly SuppressionTool[];
  readonly sections: readonly Section[];
  /** The text of a section as the flags of the case have it. */
  readonly written: (body: string) => string;
}

export function readCases(file: URL): readonly Case[] {
  return readFileSync(file, 'utf8').split(/^== /m).slice(1).map(readCase);
}

function readCase(source: string): Case {
  const [heading, ...rest] = source.split(/^-- /m);
  const [, title, flags] = /^(.*?) \[(.*)\]\s*$/.exec(heading!)!;
  const [kind, ...others] = flags!.split(/, */);
  const sections = rest.map((section) => {
    const end = section.indexOf('\n');
    // A blank line between two cases is not a part of either.
    return { head: section.slice(0, end), body: section.slice(end + 1).replace(/(?:^|(?<=\n))\n+$/, '') };
  });
  const written = (body: string): string => {
    let text = body.replace(/\\u\{([0-9a-f]+)\}/g, (_, code: string) => String.fromCodePoint(parseInt(code, 16)));
    if (others.includes('no-newline')) text = text.replace(/\n$/, '');
    if (others.includes('crlf')) text = text.replaceAll('\n', '\r\n');
    return others.includes('bom') ? `\uFEFF${text}` : text;
  };
  return {
    title: title!,
    ...KINDS.get(kind!)!,
    text: others.includes('open') ? written(sections[0]!.body).replace(/\r?\n$/, '') : written(sections[0]!.body),
    source: `${heading!}-- ${rest[0]!}`,
    honored: others.includes('ours') ? [] : SUPPRESSION_TOOLS,
    sections: sections.slice(1),
    written,
  };
}

export function treeOf({ text, language }: Pick<Case, 'text' | 'language'>): Tree {
  return parse(DOC, text, language);
}

export function foundIn(one: Pick<Case, 'language' | 'format' | 'honored'>, text: string): readonly Suppression[] {
  return suppressionsIn(treeOf({ text, language: one.language }), one);
}

/** A suppression as the cases describe it. */
export function described(text: string, suppression: Suppression): string {
  const { tool, kind, rules, at, scope, reason, until, error } = suppression;
  const shown = (range: { start: number; end: number }): string =>
    shortened(text.slice(range.start, range.end).replace(/\r\n|\n/g, '⏎'));
  const names = rules.map((rule) => (shown(rule.at) === rule.name ? rule.name : `${rule.name} (${shown(rule.at)})`));
  const lines = [
    `${tool} ${kind}: ${names.join(', ')}`.trimEnd(),
    `  at: ${shown(at)}`,
    scope.kind === 'range' ? `  in: ${shown(scope.in)}` : '  in: the file',
    ...(scope.kind === 'range' && scope.value !== undefined ? [`  value: ${scope.value}`] : []),
    ...(reason === undefined ? [] : [`  reason: ${reason}`]),
    ...(until === undefined ? [] : [`  until: ${until}`]),
    ...(error ? [`  error: ${error.message} [${shown(error.at)}]`] : []),
  ];
  return lines
    .map((line) => `${line}\n`)
    .join('')
    .replace(/[\p{Cc}\p{Cf}]/gu, (one) => (one === '\n' ? one : `\\u{${one.codePointAt(0)!.toString(16)}}`));
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 60)} … ${text.slice(-40)}` : text;
}
