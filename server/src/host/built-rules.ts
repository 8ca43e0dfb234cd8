/**
 * Rules as a build has them, which loads little of their code and texts: the facts of all rules are in an index, their code is in parts by service, and texts for
 * people are in a file of their own. A part is loaded when one of its rules is called, the texts when the first is asked for. `tools/build/rules.mjs` makes them.
 */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { ownEntry } from '../base/table.ts';

/** What is known of a rule before its code is loaded: its facts, and where the code is. */
export interface IndexedRule {
  readonly id: string;
  /** The name of the part with its code. */
  readonly part: string;
  /** Whether it checks each resource of a stack by itself. */
  readonly each?: true;
}

/** The functions of a rule. */
interface RuleCode {
  check(subject: unknown, context: unknown): unknown;
  checkEach?(resource: unknown, context: unknown): unknown;
}

/** The code of the rules of a part, by their ids. */
export type RulePart = Readonly<Record<string, RuleCode>>;

/** Facts for lists, pages and explanations, and those from which others follow. `tools/build/rule-source.mjs` has the same list. */
interface RuleTexts {
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  readonly keywords: readonly string[] | undefined;
  readonly sources: unknown;
  readonly accessed: string | undefined;
  readonly judged: string | undefined;
}

/** The rules of an index, in its order. */
export function builtRules(
  index: readonly IndexedRule[],
  loadPart: (name: string) => RulePart,
  textFile: string,
): readonly RuleCode[] {
  const library = new RuleLibrary(loadPart, textFile);
  return index.map((rule) => new BuiltRule(rule, library));
}

/** The code and the texts of all rules. */
class RuleLibrary {
  readonly #parts = new Map<string, RulePart>();
  readonly #loadPart: (name: string) => RulePart;
  readonly #textFile: string;
  #texts: Readonly<Record<string, RuleTexts>> | undefined;

  constructor(loadPart: (name: string) => RulePart, textFile: string) {
    this.#loadPart = loadPart;
    this.#textFile = textFile;
  }

  code({ id, part }: IndexedRule): RuleCode {
    let loaded = this.#parts.get(part);
    if (!loaded) {
      loaded = this.#loadPart(part);
      this.#parts.set(part, loaded);
    }
    return ownEntry(loaded, id)!;
  }

  texts({ id }: IndexedRule): RuleTexts {
    this.#texts ??= textsIn(this.#textFile);
    return ownEntry(this.#texts, id)!;
  }
}

class BuiltRule implements RuleTexts, RuleCode {
  readonly #facts: IndexedRule;
  readonly #library: RuleLibrary;
  readonly checkEach?: NonNullable<RuleCode['checkEach']>;

  constructor(facts: IndexedRule, library: RuleLibrary) {
    this.#facts = facts;
    this.#library = library;
    Object.assign(this, facts);
    if (facts.each) this.checkEach = (resource, context) => library.code(facts).checkEach!(resource, context);
  }

  check(subject: unknown, context: unknown): unknown {
    return this.#library.code(this.#facts).check(subject, context);
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

  get #texts(): RuleTexts {
    return this.#library.texts(this.#facts);
  }
}

function textsIn(file: string): Readonly<Record<string, RuleTexts>> {
  try {
    return JSON.parse(brotliDecompressSync(readFileSync(file)).toString('utf8')) as Readonly<Record<string, RuleTexts>>;
  } catch (error) {
    throw new Error(`The installation is damaged: ${file} cannot be read`, { cause: error });
  }
}
