import { parseEvents } from 'js-yaml';
import type { Uri } from '../base/span.ts';
import { parseHcl, parsingHcl } from './hcl.ts';
import { parseJson, parsingJson } from './json.ts';
import type { DocumentTree, Language } from './tree.ts';
import type { ReadEntries } from './yaml-entries.ts';
import { parseYaml, parsingYaml, type TreeOfEntries } from './yaml.ts';

/** The parser of each syntax. A parser never throws. */
export const PARSERS: Readonly<Record<Language, (doc: Uri, text: string) => DocumentTree>> = {
  yaml: parseYaml,
  json: parseJson,
  hcl: parseHcl,
};

/** The file endings that decide. Templates in JSON and YAML also have other names. */
const ENDINGS: readonly (readonly [RegExp, Language])[] = [
  [/\.json(?:[?#][^]*)?$/i, 'json'],
  [/\.(?:tf|tofu|tfvars|hcl)(?:[?#][^]*)?$/, 'hcl'],
];

/**
 * Parses a document. Without a language, the file ending decides; otherwise text that starts with a bracket is JSON if
 * it parses as JSON, and anything else is YAML. Never throws.
 */
export function parse(doc: Uri, text: string, language?: Language): DocumentTree {
  const known = knownLanguage(doc, text, language);
  return known ? PARSERS[known](doc, text) : bracketed(doc, text, parseJson(doc, text));
}

/** The tree of a text that starts with a bracket. */
function bracketed(doc: Uri, text: string, json: DocumentTree): DocumentTree {
  if (json.problems.length === 0) return json;
  // Both languages have brackets. Valid YAML is YAML; if a text is neither, its first key decides.
  return isYaml(text) || !/^\uFEFF?\s*[{[]\s*["{[}\]]/.test(text) ? parseYaml(doc, text) : json;
}

/** The language of a document; undefined for brackets, which YAML has too. */
function knownLanguage(doc: Uri, text: string, language: Language | undefined): Language | undefined {
  const known = language ?? ENDINGS.find(([ending]) => ending.test(doc))?.[1];
  return known ?? (/^\uFEFF?\s*[{[]/.test(text) ? undefined : 'yaml');
}

/**
 * Does `parse` with yields, for a document that is parsed again after edits. Parts of YAML that did not change are not
 * parsed again.
 * @param known The entries of the last reading of the document.
 */
export function* parsing(
  doc: Uri,
  text: string,
  language: Language | undefined,
  known: ReadEntries,
): Generator<void, TreeOfEntries, undefined> {
  const is = knownLanguage(doc, text, language);
  if (is === 'yaml') return yield* parsingYaml(doc, text, known);
  if (is === 'hcl') return { tree: yield* parsingHcl(doc, text), entries: known };
  const json = yield* parsingJson(doc, text);
  return { tree: is === 'json' ? json : bracketed(doc, text, json), entries: known };
}

function isYaml(text: string): boolean {
  try {
    parseEvents(text, {});
    return true;
  } catch {
    return false;
  }
}
