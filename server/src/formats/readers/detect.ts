import { HEAD_SIZE } from '../../base/file-head.ts';
import { flatMap } from '../../base/flat-map.ts';
import type { Uri } from '../../base/span.ts';
import { nameOf } from '../../base/uri.ts';
import { parse } from '../../syntax/parse.ts';
import { valueOf, type Language, type Tree } from '../../syntax/tree.ts';
import { isParameterFileByContent } from '../cloudformation/parameter-file.ts';
import { mayBeTemplate } from '../cloudformation/recognition.ts';
import type { Detection, NamePattern, Recognized, TopKeys } from '../format.ts';
import { READERS } from './readers.ts';
import { isTerraformData } from '../terraform/downloaded.ts';

/** Parses the beginning of a document. */
export type ReadHead = (doc: Uri, text: string, language: 'json' | undefined) => Tree;

/**
 * Detects the format of a document from its name and the first 64 KiB of its text, or from all of it with `whole`. Some
 * names are sufficient; otherwise the first keys determine the format.
 */
export function detect(doc: Uri, head: string, read: ReadHead = parse, whole = false): Detection {
  const text = whole ? head : head.slice(0, HEAD_SIZE);
  const start = beginning(doc, text);
  if ('format' in start) return start;
  if (text.includes('\u0000')) return { format: 'none', reason: 'it is not text', language: 'json' };
  const { language } = start;
  return language === 'yaml'
    ? ofYaml(text, nameOf(doc))
    : ofTree(read(doc, text, language), text, nameOf(doc), language);
}

/** What `detect` parses of a document, in which language; undefined if it parses nothing. */
export function parsedForDetection(
  doc: Uri,
  head: string,
): { readonly text: string; readonly language: 'json' | undefined } | undefined {
  const text = head.slice(0, HEAD_SIZE);
  const start = beginning(doc, text);
  return 'format' in start || start.language === 'yaml' ? undefined : { text, language: start.language };
}

/**
 * The format of a document if that needs no parser, else its language; undefined if only a parser can distinguish JSON
 * from YAML.
 */
function beginning(doc: Uri, text: string): Detection | { readonly language: 'json' | 'yaml' | undefined } {
  const name = nameOf(doc);
  if (isTerraformData(doc))
    return {
      format: 'none',
      reason: 'in the data directory of Terraform; downloaded modules are checked where they are called',
      language: 'json',
    };
  const named = NAMES.find(({ pattern }) => pattern.test(name));
  if (named) return { format: named.format, reason: named.reason, language: named.language ?? 'json' };
  const first = /^\ufeff?\s*(?:(?:\/\/|#)[^\n]*(?:\n\s*|$))*(\S)?/.exec(text)?.[1];
  // If a comment fills the first 64 KiB, the content is unknown.
  if (first === undefined) return { format: 'none', reason: 'it is empty', language: 'json', more: true };
  if (/\.json$/i.test(name)) return { language: 'json' };
  return { language: first === '{' ? undefined : 'yaml' };
}

/** File names that are sufficient. Web pages and programs can quote templates, but are not templates. */
const NAMES: readonly NamePattern[] = [
  ...flatMap(Object.values(READERS), ({ recognition }) => recognition.names ?? []),
  {
    pattern: /\.(md|markdown|mdx|rst|adoc|html?|[cm]?[jt]sx?|py|rb|go|java|cs|sh)$/i,
    format: 'none',
    reason: 'its file type is not supported',
  },
];

const NO_FORMAT = 'no supported format has these keys';
const VALUES = 'parameter values, which are read with the template that they are for';
/** The first lines of a parameter list or a stack deployment file. */
const VALUES_YAML = /^(?:-\s+["']?ParameterKey["']?\s*:|["']?template-file-path["']?\s*:)/m;

function ofTree(tree: Tree, text: string, name: string, language: Language | undefined): Detection {
  const root = tree.roots[0];
  if (isParameterFileByContent(root)) return { format: 'none', reason: VALUES, language, parameterFile: true };
  if (root?.kind !== 'map') return { format: 'none', reason: 'no supported format starts like this', language };
  const top: TopKeys = { name, text, root, has: (key) => valueOf(root, key) !== undefined };
  return { ...(recognized(top) ?? unrecognized(top)), language };
}

/**
 * YAML is recognized without being parsed: the relevant keys are at the start of a line, after the indentation of the
 * first key.
 */
function ofYaml(written: string, name: string): Detection {
  const language = 'yaml';
  const indent = indentOf(written);
  const text = indent === 0 ? written : written.replace(new RegExp(`^ {${indent}}`, 'gm'), '');
  const has = (key: string): boolean => new RegExp(`^\\ufeff?["']?${key}["']?\\s*:`, 'm').test(text);
  const top: TopKeys = { name, text, root: undefined, has };
  const found = recognized(top);
  if (found) return { ...found, language };
  if (VALUES_YAML.test(text)) return { format: 'none', reason: VALUES, language, parameterFile: true };
  if (has('apiVersion') && has('kind')) return { format: 'none', reason: 'a Kubernetes manifest', language };
  return { ...unrecognized(top), language };
}

/** The format of a document by its keys, as the first reader recognizes them. */
function recognized(top: TopKeys): Recognized | undefined {
  for (const { recognition } of Object.values(READERS)) {
    const found = recognition.byKeys?.(top);
    if (found) return found;
  }
  return undefined;
}

function unrecognized({ has }: TopKeys): Recognized {
  return { format: 'none', reason: NO_FORMAT, ...(mayBeTemplate(has) ? { more: true } : {}) };
}

/** The number of spaces before the first line that is not empty, a comment, a directive or the start of a document. */
function indentOf(text: string): number {
  for (const line of text.matchAll(/^( *)(\S?)(.*)$/gm)) {
    const [, spaces = '', first = '', rest = ''] = line;
    if (first === '' || first === '#' || first === '%' || (first === '-' && rest.startsWith('--'))) continue;
    return spaces.length;
  }
  return 0;
}
