/**
 * Fixtures: what a rule says of small documents, written next to the documents.
 *
 * A `.fixture` file has a title, then files that begin with `-- name --`:
 *
 *     Buckets that anybody can read
 *
 *     -- bad.yaml --
 *     Resources:
 *       B:
 *         Type: AWS::S3::Bucket
 *         Properties: {AccessControl: PublicRead}
 *     #                               ^^^^^^^^^^ s3-bucket-acl possible when IsProd=false
 *     -- fixed/bad.yaml --
 *     …
 *
 * A case is a file at the top (`bad.yaml`) or a folder (`bad/main.tf.json`, `bad/x.auto.tfvars.json`); each is analysed
 * alone. `fixed/NAME` is what fix-all makes of a file, `suggested/RULE/NAME` what it is after the first suggestion of
 * the rule, in the order of the text; `suggested/RULE#2/NAME` after the second one. A file without golden stays as it
 * is.
 *
 * A marker line marks columns of the nearest line above it that is no marker, with carets, and says what is found
 * there: the rule, then `possible`, `when A=true B=false`, `severity=low` (when it is not the rule's), `profile=strict`
 * (when it does not follow from the severity), `fix` (a safe one is offered), `suggestion`, `INVALID_ACTION` (what
 * Access Analyzer calls it). Names and values with blanks are written as JSON strings. A syntax problem is marked with
 * `syntax`, any other with its kind, in the place of a rule. Marker lines are removed before the file is read, in every
 * format. `#^5 RULE` marks five characters from the first column on. In a file of one line `⟦RULE flags:text⟧` marks
 * the text; marks nest. Blank lines at the end of a file do not belong to it. The first character of a token is a
 * fullwidth form (`tokens.ts`).
 */
import type { Range } from '../../server/src/base/span.ts';
import type { Profile, Severity } from '../../server/src/model/finding.ts';
import { PROFILES } from '../../server/src/model/profile.ts';
import { SEVERITIES } from '../../server/src/model/severity.ts';

export interface Mark extends Range {
  /** What is said there, in one way: two marks say the same when their labels are equal. */
  readonly label: string;
}

export interface ExpectedFinding {
  /** A rule's id, or the kind of a problem. */
  readonly rule: string;
  /** The codes of Access Analyzer, in order. */
  readonly codes?: readonly string[];
  readonly possible?: boolean;
  readonly when?: readonly (readonly [name: string, value: string])[];
  readonly severity?: Severity | undefined;
  readonly profile?: Profile | undefined;
  readonly fix?: boolean;
  readonly suggestion?: boolean;
}

export interface CaseFile {
  readonly path: string;
  /** Without the markers. */
  readonly text: string;
  readonly marks: readonly Mark[];
}

export interface Suggestion {
  readonly rule: string;
  /** Which suggestion of the rule it is, from 1. */
  readonly number: number;
  readonly goldens: ReadonlyMap<string, string>;
}

export interface Case {
  /** The name of its file or folder. */
  readonly name: string;
  readonly files: readonly CaseFile[];
  /** What fix-all makes of the files that it changes. */
  readonly fixed: ReadonlyMap<string, string>;
  readonly suggestions: readonly Suggestion[];
  /** Whether it says something about YAML alone, so that it is not tried as JSON. */
  readonly yamlOnly: boolean;
}

export interface Fixture {
  readonly title: string;
  readonly cases: readonly Case[];
}

/** Reads a fixture; throws with the line when it is not well made. */
export function parseFixture(text: string): Fixture {
  const { title, files } = split(text);
  const cases = new Map<
    string,
    { files: CaseFile[]; fixed: Map<string, string>; suggestions: Map<string, Map<string, string>> }
  >();
  const goldens: {
    path: string;
    line: number;
    keep: (of: NonNullable<ReturnType<typeof cases.get>>, path: string) => void;
  }[] = [];
  for (const { name, line, body } of files) {
    const [, kind, rule, path] = /^(?:(fixed)\/|(?:suggested)\/([^/]+)\/)?(.+)$/.exec(name)!;
    if (kind) {
      goldens.push({ path: path!, line, keep: (of, file) => of.fixed.set(file, body) });
    } else if (rule) {
      goldens.push({
        path: path!,
        line,
        keep: (of, file) => {
          of.suggestions.set(rule, (of.suggestions.get(rule) ?? new Map<string, string>()).set(file, body));
        },
      });
    } else {
      const top = path!.split('/')[0]!;
      const found = cases.get(top) ?? {
        files: [],
        fixed: new Map<string, string>(),
        suggestions: new Map<string, Map<string, string>>(),
      };
      if (found.files.some((file) => file.path === path)) throw new Error(`line ${line}: ${name} is there twice`);
      found.files.push({ path: path!, ...readMarks(body, line + 1) });
      cases.set(top, found);
    }
  }
  for (const { path, line, keep } of goldens) {
    const found = cases.get(path.split('/')[0]!);
    if (!found?.files.some((file) => file.path === path))
      throw new Error(`line ${line}: a golden for ${path}, which is not there`);
    keep(found, path);
  }
  return {
    title,
    cases: [...cases].map(([name, { files: own, fixed, suggestions }]) => ({
      name,
      files: own,
      fixed,
      suggestions: [...suggestions].map(([key, texts]) => ({ ...numbered(key), goldens: texts })),
      yamlOnly: /yaml[ -]only/.test(name) || own.some((file) => /yaml only/.test(/^\s*#.*/.exec(file.text)?.[0] ?? '')),
    })),
  };
}

function numbered(key: string): { rule: string; number: number } {
  const [rule, number] = key.split('#');
  return { rule: rule!, number: Number(number ?? 1) };
}

function split(text: string): { title: string; files: { name: string; line: number; body: string }[] } {
  const files: { name: string; line: number; body: string }[] = [];
  let title = '';
  text.split(/(?<=\n)/).forEach((line, index) => {
    const header = /^-- (\S.*?) --\n?$/.exec(line);
    if (header) files.push({ name: header[1]!, line: index + 1, body: '' });
    else if (files.length > 0) files.at(-1)!.body += line;
    else title += line;
  });
  return { title: title.trim(), files: files.map((file) => ({ ...file, body: file.body.replace(/\n+$/, '\n') })) };
}

const MARKER_LINE = /^(\s*#\s*)(?:(\^+)|\^(\d+))\s+([a-z].*?)\s*$/;

/** Takes the marks out of a file. */
export function readMarks(body: string, firstLine = 1): { text: string; marks: readonly Mark[] } {
  let text = '';
  const marks: Mark[] = [];
  let lineStart = 0;
  let lineLength = 0;
  body.split(/(?<=\n)/).forEach((line, index) => {
    const marker = MARKER_LINE.exec(line);
    if (!marker) {
      if (/^\s*#\s*\^/.test(line)) throw new Error(`line ${firstLine + index}: a marker that does not name a rule`);
      lineStart = text.length;
      lineLength = line.replace(/\r?\n$/, '').length;
      text += line;
      return;
    }
    const [, before, carets, count, labelText] = marker;
    const start = carets ? before!.length : 0;
    const end = carets ? start + carets.length : Number(count);
    if (end > lineLength) throw new Error(`line ${firstLine + index}: marks more than the line above has`);
    marks.push({
      start: lineStart + start,
      end: lineStart + end,
      label: label(parseExpected(labelText!, firstLine + index)),
    });
  });
  return text.includes('⟦') ? readBrackets(text, marks, firstLine) : { text, marks };
}

function readBrackets(
  text: string,
  marks: readonly Mark[],
  firstLine: number,
): { text: string; marks: readonly Mark[] } {
  if (marks.length > 0) throw new Error(`line ${firstLine}: a file has marker lines or brackets, not both`);
  let plain = '';
  const found: Mark[] = [];
  const open: { start: number; label: string }[] = [];
  for (const part of text.split(/(⟦[^:⟦⟧]*:|⟧)/)) {
    if (part.startsWith('⟦'))
      open.push({ start: plain.length, label: label(parseExpected(part.slice(1, -1), firstLine)) });
    else if (part === '⟧') {
      const mark = open.pop();
      if (!mark) throw new Error(`line ${firstLine}: a bracket that was not opened`);
      found.push({ start: mark.start, end: plain.length, label: mark.label });
    } else plain += part;
  }
  if (open.length > 0) throw new Error(`line ${firstLine}: a bracket that is not closed`);
  return { text: plain, marks: found };
}

/** What a label says. */
export function readLabel({ label: text }: Pick<Mark, 'label'>): ExpectedFinding {
  return parseExpected(text, 0);
}

function parseExpected(text: string, line: number): ExpectedFinding {
  const [rule, ...words] = text.match(/(?:"(?:[^"\\]|\\.)*"|[^\s"])+/g) ?? [];
  const when: (readonly [string, string])[] = [];
  const codes: string[] = [];
  const flags: { possible?: boolean; severity?: Severity; profile?: Profile; fix?: boolean; suggestion?: boolean } = {};
  let inWhen = false;
  for (const word of words) {
    const [, name, value] = /^((?:"(?:[^"\\]|\\.)*"|[^="])+)=(.*)$/.exec(word) ?? [];
    if (name === 'severity' && SEVERITIES.includes(value as Severity)) flags.severity = value as Severity;
    else if (name === 'profile' && PROFILES.includes(value as Profile)) flags.profile = value as Profile;
    else if (name !== undefined && inWhen) when.push([unquoted(name), unquoted(value!)]);
    else if (word === 'when') inWhen = true;
    else if (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(word)) codes.push(word);
    else if (word === 'possible' || word === 'fix' || word === 'suggestion') flags[word] = true;
    else throw new Error(`line ${line}: a marker cannot say "${word}"`);
  }
  return { rule: rule!, codes: codes.sort(), when, ...flags };
}

function unquoted(text: string): string {
  return text.startsWith('"') ? (JSON.parse(text) as string) : text;
}

function quoted(text: string): string {
  return /^[^\s"=]+$/.test(text) ? text : JSON.stringify(text);
}

/** What is said, in the words of a marker. */
export function label(expected: ExpectedFinding): string {
  const when = expected.when ?? [];
  return [
    expected.rule,
    ...(expected.codes ?? []),
    expected.possible && 'possible',
    when.length > 0 && `when ${when.map(([name, value]) => `${quoted(name)}=${quoted(value)}`).join(' ')}`,
    expected.severity && `severity=${expected.severity}`,
    expected.profile && `profile=${expected.profile}`,
    expected.fix && 'fix',
    expected.suggestion && 'suggestion',
  ]
    .filter(Boolean)
    .join(' ');
}

/** The text with its marks as marker lines: what one writes into a fixture, and what one reads when a test fails. */
export function renderMarks(text: string, marks: readonly Mark[]): string {
  const sorted = [...marks].sort((a, b) => a.start - b.start || a.end - b.end || (a.label < b.label ? -1 : 1));
  let offset = 0;
  return text
    .split(/(?<=\n)/)
    .map((line) => {
      const start = offset;
      offset += line.length;
      const own = sorted.filter((mark) => mark.start >= start && (mark.start < offset || offset === text.length));
      if (own.length === 0) return line;
      const whole = line.endsWith('\n') ? line : `${line}\n`;
      return (
        whole +
        own
          .map((mark) => `${markerLine(mark.start - start, mark.end - start, line.trimEnd().length)} ${mark.label}\n`)
          .join('')
      );
    })
    .join('');
}

function markerLine(start: number, end: number, length: number): string {
  const clipped = Math.min(end, length);
  const more = end > length ? `… and ${end - length} characters below` : end === start ? '… nothing' : '';
  if (start === 0) return `#^${clipped}${more}`;
  return `#${' '.repeat(start - 1)}${'^'.repeat(clipped - start)}${more}`;
}
