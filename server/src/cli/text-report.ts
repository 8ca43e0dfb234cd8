/** The report for people. */
import pico from 'picocolors';
import { inert } from '../base/inert.ts';
import type { Range, Span } from '../base/span.ts';
import { capital } from '../base/words.ts';
import type { Certainty, Finding, LoweredFix, Problem, Severity } from '../model/finding.ts';
import type { Format } from '../model/resource.ts';
import { scenario } from '../model/scenario.ts';
import { besideRecords, excerptOf } from './excerpt.ts';
import type { LintedFile, Outcome } from './lint.ts';
import { Places } from './places.ts';
import { secretFindings } from './secret-lines.ts';
import { shownUri } from './shown-path.ts';
import { summaryOf } from './summary.ts';
import { widthOf, wrapped } from './terminal-text.ts';
import type { World } from './world.ts';

type Colours = ReturnType<typeof pico.createColors>;

const INDENT = '  ';
/** The widest that text is set; longer lines are hard to read. */
const WIDEST = 100;
const NARROWEST = 40;
const GUTTER = 7;

/**
 * What was found, file by file, with the lines it is about, and a summary. `named` says what was looked at, in words, and `asked`
 * how certain findings had to be.
 */
export function textReport(
  outcome: Outcome,
  named: string,
  asked: Certainty,
  world: Pick<World, 'cwd' | 'look'>,
): string {
  const report = new Report(world);
  for (const file of outcome.files) report.file(file);
  report.missed(outcome);
  report.summary(summaryOf(outcome, named, asked));
  return report.text();
}

/** A problem in a text that is no document of ours, such as the configuration. Of what is confidential nothing is shown. */
export function textProblem(
  path: string,
  text: string,
  problem: Problem,
  confidential: readonly Range[],
  world: Pick<World, 'cwd' | 'look'>,
): string {
  const report = new Report(world);
  const file: LintedFile = {
    path,
    explicit: true,
    textOf: () => text,
    document: { doc: problem.at.doc, format: 'none', reason: '', problems: [problem], findings: [] },
  };
  report.problem(
    problem,
    new Places(file),
    file,
    confidential.map((range) => ({ doc: problem.at.doc, ...range })),
  );
  return report.text();
}

/** Formats of documents that hold sensitive values beside others, often all on one line. */
const RECORDS: ReadonlySet<Format> = new Set<Format>(['terraform-plan', 'terraform-state']);

class Report {
  readonly #cwd: string;
  readonly #columns: number;
  readonly #colours: Colours;
  readonly #lines: string[] = [];

  constructor({ cwd, look }: Pick<World, 'cwd' | 'look'>) {
    this.#cwd = cwd;
    this.#columns = Math.max(NARROWEST, Math.min(look.columns, WIDEST));
    this.#colours = pico.createColors(look.colour);
  }

  text(): string {
    return this.#lines.map((line) => `${line.trimEnd()}\n`).join('');
  }

  file(file: LintedFile): void {
    const { findings, problems, generator, inputs } = file.document;
    if (findings.length === 0 && problems.length === 0) return;
    this.#lines.push(this.#colours.bold(this.#colours.underline(inert(file.path))));
    if (generator !== undefined)
      this.paragraph(`${capital(generator)} made this file: change its source instead.`, this.#colours.dim);
    if (inputs && inputs.deployments.length > 0)
      this.paragraph(
        `with the ${file.document.format === 'terraform-json' ? 'variables' : 'parameters'} of ${inputs.deployments.map(inert).join(', ')}`,
        this.#colours.dim,
      );
    this.#lines.push('');
    const places = new Places(file);
    const secrets = secretFindings(findings);
    for (const problem of problems) this.problem(problem, places, file, secrets);
    for (const finding of findings) this.#finding(finding, places, file, secrets);
  }

  problem(problem: Problem, places: Places, file: LintedFile, secrets: readonly Span[] = []): void {
    this.#head(
      this.#colours.red(problem.kind === 'syntax' ? 'syntax' : 'problem'),
      problem.kind === 'syntax' ? 6 : 7,
      '',
      this.#place(problem.at, places),
    );
    this.paragraph(problem.message);
    // Values of parameters may be secrets.
    if (!file.document.parameterFile) this.#excerpt(problem.at, places, file, secrets);
    this.#lines.push('');
  }

  #finding(finding: Finding, places: Places, file: LintedFile, secrets: readonly Span[]): void {
    const grade = finding.certainty === 'possible' ? `${finding.severity}, possible` : finding.severity;
    this.#head(this.#severity(finding.severity, grade), grade.length, finding.rule, this.#place(finding.at, places));
    // The line above says already that it is possible.
    this.paragraph(finding.message.replace(/^Possible: /, ''));
    if (finding.when.length > 0) this.paragraph(scenario(finding.when), this.#colours.italic);
    this.#excerpt(finding.at, places, file, secrets);
    for (const { at, message } of finding.related)
      this.paragraph(`see ${this.#place(at, places)}: ${message}`, this.#colours.dim);
    for (const fix of finding.fixes) this.paragraph(fixLine(fix), fix.safe ? this.#colours.green : this.#colours.cyan);
    this.#lines.push('');
  }

  /** Severity, rule and place, on one line if they fit. */
  #head(grade: string, width: number, rule: string, place: string): void {
    const title = rule === '' ? grade : `${grade}  ${this.#colours.bold(rule)}`;
    const used = width + (rule === '' ? 0 : 2 + rule.length) + 2 + widthOf(place);
    const shown = this.#colours.dim(place);
    if (used <= this.#columns) this.#lines.push(`${title}  ${shown}`);
    else this.#lines.push(title, `${INDENT}${shown}`);
  }

  #place(at: Span, places: Places): string {
    const { line, character } = places.lines(at.doc).positionAt(at.start);
    return inert(`${shownUri(at.doc, this.#cwd)}:${line + 1}:${character + 1}`);
  }

  #excerpt(at: Span, places: Places, file: LintedFile, secrets: readonly Span[]): void {
    const text = file.textOf(at.doc);
    const hidden: readonly Range[] = [...secrets, ...(file.document.secrets ?? [])].filter(
      (secret) => secret.doc === at.doc,
    );
    const whole = places.lines(at.doc).line(text, places.lines(at.doc).positionAt(at.start).line);
    const indent = /\S/.exec(text.slice(whole.start, whole.end))?.index ?? 0;
    // A line of nothing but asterisks says nothing.
    if (hidden.some(({ start, end }) => start <= whole.start + indent && end >= whole.end)) return;
    const { line, source, marks } = excerptOf(
      text,
      places.lines(at.doc),
      at,
      this.#columns - GUTTER - 2,
      hidden,
      RECORDS.has(file.document.format) ? besideRecords(text, places.lines(at.doc), at) : undefined,
    );
    const bar = this.#colours.dim('|');
    this.#lines.push(`${this.#colours.dim(String(line).padStart(GUTTER - 1))} ${bar} ${source}`.trimEnd());
    this.#lines.push(`${' '.repeat(GUTTER)}${bar} ${this.#colours.red(marks)}`);
  }

  missed({ incomplete, failures }: Outcome): void {
    // What could not be read at all is said on standard error.
    const partly = incomplete.filter(({ path }) => !failures.some((failure) => failure.path === path));
    if (partly.length === 0) return;
    this.#lines.push(this.#colours.yellow('Not everything could be checked:'));
    for (const { path, reason } of partly) this.paragraph(`${path}: ${reason}`);
    this.#lines.push('');
  }

  summary(text: string): void {
    for (const line of text.split('\n').flatMap((part) => wrapped(part, this.#columns)))
      this.#lines.push(this.#colours.bold(line));
  }

  paragraph(text: string, colour: (line: string) => string = (line) => line): void {
    for (const line of wrapped(text, this.#columns - INDENT.length)) this.#lines.push(`${INDENT}${colour(line)}`);
  }

  #severity(severity: Severity, text: string): string {
    const { red, yellow, blue, dim, bold } = this.#colours;
    switch (severity) {
      case 'critical':
        return bold(red(text));
      case 'high':
        return red(text);
      case 'medium':
        return yellow(text);
      case 'low':
        return blue(text);
      case 'info':
        return dim(text);
    }
  }
}

function fixLine({ title, safe }: LoweredFix): string {
  return safe ? `fix: ${title} (safe; run with --fix)` : `suggestion: ${title}`;
}
