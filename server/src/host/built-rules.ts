/**
 * Rules as a build has them, which loads little of them: an index has the facts of all rules, their code is in parts by
 * service, and texts for people are in a file of their own. A part is loaded when one of its rules is called, the texts
 * when the first one is needed. `tools/build/rules.mjs` makes them.
 *
 * The index is a file of its own too: in the code of the program, the process would keep its text twice, and load it
 * with the compiled code. Its first line has the facts that decide which rules are called. Others are parsed when the
 * first one of their rule is needed: most rules are about types that a document does not have.
 */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { ownEntry } from '../base/table.ts';
import { compiledScript } from './code-cache.ts';
import { ByteLines } from './byte-lines.ts';
import { DataArchive } from './data-archive.ts';

/** The first line of the index. */
export interface RuleIndex {
  readonly rules: readonly IndexedRule[];
  /** The names of the facts of rules that are not in this line. */
  readonly others: readonly string[];
}

/** What decides whether a rule is called, and where its code is. */
export type IndexedRule = readonly [
  id: string,
  /** The name of the part with its code. */
  part: string,
  on: string,
  profile: string,
  topic: string,
  /** The types of the resources that it checks. */
  types?: readonly string[] | null,
  rare?: RareFacts,
];

/** Facts that few rules have. */
interface RareFacts {
  readonly formats?: readonly string[];
  readonly subsumes?: readonly string[];
  readonly judgesElsewhere?: true;
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
   * What the paths of the files begin with: `index.jsonl` has the facts of each rule, `code.pack` is an archive of the
   * source of each part, `texts.pack` compressed JSON of the texts of each rule.
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
  const { rules, others } = library.facts<RuleIndex>(0);
  addFacts(others);
  return rules.map((rule, at) => new BuiltRule(rule, at + 1, library));
}

/** The code and the texts of all rules. */
class RuleLibrary {
  readonly #files: RuleFiles;
  readonly #given: Modules;
  readonly #parts = new Map<string, RulePart>();
  #index: ByteLines | undefined;
  #archive: DataArchive | undefined;
  #texts: Readonly<Record<string, RuleTexts>> | undefined;

  constructor(files: RuleFiles) {
    this.#files = files;
    this.#given = { ...files.given };
  }

  /** What a line of the index has. */
  facts<Facts>(line: number): Facts {
    return this.#read('index.jsonl', (path) => {
      this.#index ??= new ByteLines(readFileSync(path));
      return JSON.parse(this.#index.at(line)) as Facts;
    });
  }

  code({ id, part }: BuiltRule): RuleCode {
    return ownEntry(this.#part(part).rules, id)!;
  }

  texts({ id }: BuiltRule): RuleTexts {
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
    const source = this.#read('code.pack', (path) => (this.#archive ??= new DataArchive(path)).textOf(name)!);
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

class BuiltRule implements RuleTexts, RuleCode {
  readonly id: string;
  readonly part: string;
  readonly on: string;
  readonly profile: string;
  readonly topic: string;
  readonly types: readonly string[] | undefined;
  readonly #library: RuleLibrary;
  #loaded: RuleCode | undefined;
  /** The line of the index with its other facts until one of these is needed. */
  #line: number | undefined;
  readonly checkEach?: NonNullable<RuleCode['checkEach']>;
  readonly checkRest?: NonNullable<RuleCode['checkRest']>;
  readonly preparing?: NonNullable<RuleCode['preparing']>;

  /** @param line The line of the index with its other facts. */
  constructor([id, part, on, profile, topic, types, rare]: IndexedRule, line: number, library: RuleLibrary) {
    this.id = id;
    this.part = part;
    this.on = on;
    this.profile = profile;
    this.topic = topic;
    this.types = types ?? undefined;
    this.#library = library;
    this.#line = line;
    if (!rare) return;
    const { each, rest, prepares, ...facts } = rare;
    Object.assign(this, facts);
    if (each) this.checkEach = (resource, context) => this.#code.checkEach!(resource, context);
    if (rest) this.checkRest = (stack, context) => this.#code.checkRest!(stack, context);
    if (prepares) this.preparing = (subject, context) => this.#code.preparing!(subject, context);
  }

  /** A fact that the index does not have in its first line. */
  other(name: string): unknown {
    if (this.#line === undefined) return undefined;
    const facts = this.#library.facts<Readonly<Record<string, unknown>>>(this.#line);
    this.#line = undefined;
    // They replace the accessors of the class, which are called again only for facts that the rule does not have.
    for (const [own, value] of Object.entries(facts)) Object.defineProperty(this, own, { value, enumerable: true });
    return ownEntry(facts, name);
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

/** Lets rules parse their other facts when the first one is needed. */
function addFacts(names: readonly string[]): void {
  for (const name of names)
    Object.defineProperty(BuiltRule.prototype, name, {
      configurable: true,
      get(this: BuiltRule) {
        return this.other(name);
      },
    });
}
