/**
 * The examples on the page of a rule: the first noncompliant and the first compliant case of its fixture, in each
 * format.
 */
import { basename } from 'node:path';
import { formatLabel, type Format } from '../server/src/model/format.ts';
import { renderMarks, type Case, type CaseFile } from '../test/kit/fixture.ts';
import { withMaskedTokens } from '../test/kit/tokens.ts';
import type { HclExample } from './hcl-example.ts';
import type { PageFinding } from './page-finding.ts';

/** A case of a rule's fixture. */
export interface PageExample extends Case {
  readonly format: Format;
  /** The findings, computed on demand. */
  readonly findings: readonly PageFinding[];
  /** The case in HCL; null if it has no Terraform JSON or cannot be converted. */
  hcl(): HclExample | null;
  /**
   * States that its findings will be read, or those in HCL if it can be converted, so that they are computed together
   * with those of other cases.
   */
  announce(needed: { readonly inHcl: boolean }): void;
}

/** The content of an example. */
type Kind = 'bad' | 'good';

const KINDS: readonly Kind[] = ['bad', 'good'];

const INTRODUCTIONS: Readonly<Record<Kind, string>> = {
  bad: 'Noncompliant, with the findings marked:\n',
  good: 'Compliant:\n',
};

/** The cases of a format that its section shows. */
export function shownCases(cases: readonly PageExample[]): readonly PageExample[] {
  return KINDS.flatMap((kind) => {
    const { native, first } = firstOf(kind, cases);
    return native ?? first ?? [];
  });
}

/**
 * The files that show a case, the messages of its findings, and if the files are in HCL, a case of the same kind in
 * Terraform JSON.
 */
interface Shown {
  readonly kind: Kind;
  readonly files: readonly CaseFile[];
  readonly messages: () => readonly string[];
  readonly json?: readonly CaseFile[] | undefined;
}

/** The section of a format. Terraform examples are in HCL, with Terraform JSON folded. */
export function exampleSection(format: Format, cases: readonly PageExample[]): readonly string[] {
  const shown = KINDS.flatMap((kind) => shownOf(kind, cases));
  if (shown.length === 0) return [];
  const folded = shown.flatMap(({ kind, json }) => (json ? [INTRODUCTIONS[kind], ...blocks(json)] : []));
  return [
    `## ${formatLabel(format)}\n`,
    ...shown.flatMap(({ kind, files, messages }) => [
      INTRODUCTIONS[kind],
      ...blocks(files),
      ...(kind === 'bad' ? [quotation(messages())] : []),
    ]),
    ...(folded.length === 0 ? [] : ['<details><summary>Terraform JSON</summary>\n', ...folded, '</details>\n']),
  ];
}

/** The first case of a kind: one that is written in HCL, or one in Terraform JSON that can be converted, or any. */
function shownOf(kind: Kind, cases: readonly PageExample[]): readonly Shown[] {
  const { native, first } = firstOf(kind, cases);
  if (native) return [{ kind, files: native.files, messages: () => messagesOf(native), json: first?.files }];
  if (!first) return [];
  const hcl = first.hcl();
  return hcl
    ? [{ kind, files: hcl.files, messages: () => hcl.messages, json: first.files }]
    : [{ kind, files: first.files, messages: () => messagesOf(first) }];
}

function messagesOf({ findings }: PageExample): readonly string[] {
  return findings.map(({ message }) => message);
}

/** The first case of a kind that is written in HCL, and the first other one. */
function firstOf(
  kind: Kind,
  cases: readonly PageExample[],
): { readonly native: PageExample | undefined; readonly first: PageExample | undefined } {
  const own = cases.filter(({ name }) => name.startsWith(kind));
  const native = own.find(({ files }) => files.some(({ path }) => NATIVE.test(path)));
  return { native, first: own.find((one) => one !== native) };
}

const NATIVE = /\.(?:tf|tofu)$/;

/** The messages of findings as a quotation. */
function quotation(messages: readonly string[]): string {
  return `${[...new Set(messages)]
    .slice(0, MOST_MESSAGES)
    .map((message) => `> ${message}`)
    .join('\n>\n')}\n`;
}

/** The maximum number of messages of an example. */
const MOST_MESSAGES = 3;

function blocks(files: readonly CaseFile[]): readonly string[] {
  return files.map((file) => `${files.length > 1 ? `\`${basename(file.path)}\`:\n\n` : ''}${block(file)}`);
}

/** A file with carets below each line that has findings. */
function block(file: CaseFile): string {
  const json = /^\s*[[{]/.test(file.text);
  const places = file.marks.filter(
    ({ start, end }, i) => file.marks.findIndex((other) => other.start === start && other.end === end) === i,
  );
  const text = withMaskedTokens(
    renderMarks(
      file.text,
      places.map((mark) => ({ ...mark, label: '' })),
    ),
  )
    .replace(/^#( *)(\^+) $/gm, (_, blanks: string, carets: string) =>
      json ? `//${blanks.slice(1)}${carets}` : `#${blanks}${carets}`,
    )
    .replace(/^#\^(\d+) $/gm, (_, count: string) => '^'.repeat(Number(count)));
  const language = languageOf(file.path, json, places.length > 0);
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
}

function languageOf(path: string, json: boolean, marked: boolean): string {
  if (NATIVE.test(path)) return 'hcl';
  if (!json) return 'yaml';
  return marked ? 'jsonc' : 'json';
}
