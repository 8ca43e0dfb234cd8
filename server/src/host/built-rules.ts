/**
 * Rules as a build has them, which loads little of their code and texts: the facts of all rules are in an index, their
 * code is in parts by service, and texts for people are in a file of their own. A part is loaded when one of its rules
 * is called, the texts when the first one is needed. `tools/build/rules.mjs` makes them.
 *
 * The index is a file of its own too: in the code of the program, the process would keep its text twice, and load it
 * with the compiled code.
 */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { ownEntry } from '../base/table.ts';
import { compiledScript } from './code-cache.ts';
import { DataArchive } from './data-archive.ts';

/** What is known of a rule before its code is loaded: its facts, and where the code is. */
export interface IndexedRule {
  readonly id: string;
  /** The name of the part with its code. */
  readonly part: string;
  /** Whether it checks each resource of a stack by itself. */
  readonly each?: true;
  /** Whether it checks more than that. */
  readonly rest?: true;
  /** Whether it prepares its calls in steps. */
  readonly prepares?: true;
}

/** The functions of a rule. */
interface RuleCode {
  check(subject: unknown, context: unknown): unknown;
  checkEach?(resource: unknown, context: unknown): unknown;
  checkRest?(stack: unknown, context: unknown): unknown;
  preparing?(subject: unknown, context: unknown): unknown;
}

/** The exports of modules by their paths. */
type Modules = Record<string, Readonly<Record<string, unknown>>>;

/** The exports of a part: rules by their ids, or modules for other parts. */
interface RulePart {
  readonly rules?: Readonly<Record<string, RuleCode>>;
  readonly given?: Modules;
}

/**
 * Facts for lists, pages and explanations, and those from which others follow. `tools/build/rule-source.mjs` has the
 * same list.
 */
interface RuleTexts {
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  readonly keywords: readonly string[] | undefined;
  readonly sources: unknown;
  readonly accessed: string | undefined;
  readonly judged: string | undefined;
  readonly unset: unknown;
}

/** Where the code and the texts of rules are, and what the code uses. */
export interface RuleFiles {
  /**
   * What the paths of the files begin with: `index.json` has what is known of each rule, `code.pack` is an archive of
   * the source of each part, `texts.pack` compressed JSON of the texts of each rule.
   */
  readonly files: string;
  /** Identifies the code. */
  readonly digest: string;
  /** The modules of the engine that parts use. */
  readonly given: Modules;
  /** The part with modules that some parts use besides. */
  readonly shared: { readonly name: string; readonly askedBy: ReadonlySet<string> };
}

/** The rules of the index, in its order. */
export function builtRules(files: RuleFiles): readonly RuleCode[] {
  const library = new RuleLibrary(files);
  return library.index().map((rule) => new BuiltRule(rule, library));
}

/** The code and the texts of all rules. */
class RuleLibrary {
  readonly #files: RuleFiles;
  readonly #given: Modules;
  readonly #parts = new Map<string, RulePart>();
  #archive: DataArchive | undefined;
  #texts: Readonly<Record<string, RuleTexts>> | undefined;

  constructor(files: RuleFiles) {
    this.#files = files;
    this.#given = { ...files.given };
  }

  index(): readonly IndexedRule[] {
    return this.#read('index.json', (path) => JSON.parse(readFileSync(path, 'utf8')) as readonly IndexedRule[]);
  }

  code({ id, part }: IndexedRule): RuleCode {
    return ownEntry(this.#part(part).rules, id)!;
  }

  texts({ id }: IndexedRule): RuleTexts {
    this.#texts ??= this.#read(
      'texts.pack',
      (path) =>
        JSON.parse(brotliDecompressSync(readFileSync(path)).toString('utf8')) as Readonly<Record<string, RuleTexts>>,
    );
    return ownEntry(this.#texts, id)!;
  }

  #part(name: string): RulePart {
    const known = this.#parts.get(name);
    if (known) return known;
    const { shared } = this.#files;
    if (shared.askedBy.has(name)) Object.assign(this.#given, this.#part(shared.name).given);
    const source = this.#read('code.pack', (path) => (this.#archive ??= new DataArchive(path)).take(name)!);
    const key = `rules-${name.replaceAll('/', '-')}-${this.#files.digest}`;
    const script = compiledScript(JSON.parse(source) as string, key, { filename: `rules/${name}.cjs` });
    const load = script.runInThisContext() as (given: Modules) => RulePart;
    const part = load(this.#given);
    this.#parts.set(name, part);
    return part;
  }

  #read<T>(name: string, read: (path: string) => T): T {
    const path = this.#files.files + name;
    try {
      return read(path);
    } catch (error) {
      throw new Error(`The installation is damaged: ${path} cannot be read`, { cause: error });
    }
  }
}

class BuiltRule implements IndexedRule, RuleTexts, RuleCode {
  readonly id: string;
  readonly part: string;
  readonly #library: RuleLibrary;
  #loaded: RuleCode | undefined;
  readonly checkEach?: NonNullable<RuleCode['checkEach']>;
  readonly checkRest?: NonNullable<RuleCode['checkRest']>;
  readonly preparing?: NonNullable<RuleCode['preparing']>;

  /** @param facts All that is known of it. It is not kept, since most rules are never called. */
  constructor(facts: IndexedRule, library: RuleLibrary) {
    this.id = facts.id;
    this.part = facts.part;
    this.#library = library;
    Object.assign(this, facts);
    if (facts.each) this.checkEach = (resource, context) => this.#code.checkEach!(resource, context);
    if (facts.rest) this.checkRest = (stack, context) => this.#code.checkRest!(stack, context);
    if (facts.prepares) this.preparing = (subject, context) => this.#code.preparing!(subject, context);
  }

  check(subject: unknown, context: unknown): unknown {
    return this.#code.check(subject, context);
  }

  get title(): string {
    return this.#texts.title;
  }

  get why(): string {
    return this.#texts.why;
  }

  get remedy(): string {
    return this.#texts.remedy;
  }

  get keywords(): readonly string[] | undefined {
    return this.#texts.keywords;
  }

  get sources(): unknown {
    return this.#texts.sources;
  }

  get accessed(): string | undefined {
    return this.#texts.accessed;
  }

  get judged(): string | undefined {
    return this.#texts.judged;
  }

  get unset(): unknown {
    return this.#texts.unset;
  }

  get #texts(): RuleTexts {
    return this.#library.texts(this);
  }

  get #code(): RuleCode {
    return (this.#loaded ??= this.#library.code(this));
  }
}
