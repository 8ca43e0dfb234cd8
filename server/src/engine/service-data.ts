/** IAM data for the services that documents name. */
import type { LoadedStack } from '../formats/format.ts';
import { groupedBy } from '../base/groups.ts';
import { unescaped } from '../base/unescaped.ts';
import { memoize, memoizeName, memoizeText } from '../base/memoize.ts';
import { note } from '../base/reads.ts';
import { dataQuestion } from '../model/question.ts';
import type { ServiceActions } from '../policy/data/action.ts';
import { iamData, type IamData, type IamFiles } from '../policy/data/iam-data.ts';
import type { ActionsOf } from '../policy/statement/split-statement.ts';
import { CLIENTS } from '../policy/data/client-names.ts';
import { MOST_CHANGED_LETTERS, nearest } from '../policy/text/nearest.ts';
import { serviceActions, type ServiceData } from '../policy/data/service-actions.ts';
import type { Tree } from '../syntax/tree.ts';
import type { Documents } from './documents.ts';

/**
 * Requests the data of all services whose actions the documents of a stack may name. Policies are not evaluated yet,
 * so all text that looks like an action counts; interpolated names are missed and stay unknown.
 */
export function requestServices(documents: Documents, stack: LoadedStack): void {
  const index = documents.data<IamFiles['services']>('iam/services');
  if (!index) return;
  for (const doc of new Set([...stack.documents, ...stack.dependencies])) {
    // A folder is not a document, and all other files were read already.
    const tree = documents.snapshot.file(doc) ? documents.tree(doc) : undefined;
    if (!tree) continue;
    const { isPolicy, namesManaged, prefixes } = namedIn(tree);
    if (isPolicy) for (const name of SHARED) documents.data(name);
    if (namesManaged) documents.data('iam/managed-policies');
    for (const prefix of prefixes) {
      const service = Object.hasOwn(index.services, prefix)
        ? prefix
        : !OF_OTHERS.has(prefix) && isPolicy
          ? meantBy(index.services, prefix)
          : undefined;
      if (service !== undefined) documents.data(`iam/services/${service}`);
    }
  }
  for (const prefix of stack.services?.() ?? [])
    if (Object.hasOwn(index.services, prefix)) documents.data(`iam/services/${prefix}`);
}

/** Words before colons in most documents, which are not misspelled services. */
const OF_OTHERS: ReadonlySet<string> = new Set([
  'arn',
  'aws',
  'aws-cn',
  'aws-us-gov',
  'fn',
  'http',
  'https',
  'ref',
  'type',
  'urn',
]);

/** The maximum number of cached unknown prefixes. */
const MOST_PREFIXES = 2000;

const byLength = memoize((services: Readonly<Record<string, string>>) =>
  groupedBy(Object.keys(services), ({ length }) => length),
);

/** The most likely service for an unknown prefix, so that its actions can be looked up. */
const meantBy = memoizeText((services: Readonly<Record<string, string>>, prefix: string) => {
  const client = CLIENTS.get(prefix)?.prefix;
  if (client !== undefined) return client;
  const names: string[] = [];
  const [shortest, longest] = [prefix.length - MOST_CHANGED_LETTERS, prefix.length + MOST_CHANGED_LETTERS];
  for (let length = shortest; length <= longest; length++) names.push(...(byLength(services).get(length) ?? []));
  return nearest(prefix, names);
}, MOST_PREFIXES);

/** The IAM data for rules, besides actions. */
const SHARED = ['iam/global-keys', 'iam/partitions', 'iam/risks', 'iam/service-principals'] as const;

/**
 * Text of all documents that contain a policy, and of all that name an AWS managed policy; SAM functions can have
 * both.
 */
const POLICY = /statement|polic|AWS::Serverless::/i;
const MANAGED = /:iam::aws:policy\/|\bPolicies\b|"aws_iam_policy"|AWS::Serverless::/;

/** The loaded IAM data besides actions; undefined if nothing was loaded. */
export function iamIn(documents: Documents): IamData | undefined {
  const loaded = <T>(name: string): T | undefined => (documents.snapshot.data(name) ?? undefined) as T | undefined;
  const services = loaded<IamFiles['services']>('iam/services');
  const [globalKeys, partitions, risks] = [
    loaded<IamFiles['globalKeys']>(SHARED[0]),
    loaded<IamFiles['partitions']>(SHARED[1]),
    loaded<IamFiles['risks']>(SHARED[2]),
  ];
  const servicePrincipals = loaded<NonNullable<IamFiles['servicePrincipals']>>(SHARED[3]);
  if (!services || !globalKeys || !partitions || !risks || !servicePrincipals) return undefined;
  const managed = loaded<NonNullable<IamFiles['managed']>>('iam/managed-policies');
  // Hosts cache data files, so the cache key is the loaded data: documents with and without AWS managed policies
  // alternate.
  return iamOf(managed ?? services, { services, globalKeys, partitions, risks, servicePrincipals, managed });
}

const iamOf = memoize((_: object, files: IamFiles) => iamData(files));

/** The lookup of services in the loaded data. */
export function actionsIn(documents: Documents): ActionsOf {
  // Rules look up the same few services repeatedly.
  const cache = new Map<string, ServiceActions | undefined>();
  return (prefix) => {
    if (!cache.has(prefix)) cache.set(prefix, loaded(documents, prefix));
    return cache.get(prefix);
  };
}

function loaded(documents: Documents, prefix: string): ServiceActions | undefined {
  const data = /^[a-z0-9-]+$/.test(prefix) ? documents.data<ServiceData>(`iam/services/${prefix}`) : undefined;
  return data ? serviceActions(prefix, data) : undefined;
}

/** The names in a document, by its text. */
interface Named {
  /** Whether it can contain a policy. */
  readonly isPolicy: boolean;
  /** Whether it can name an AWS managed policy. */
  readonly namesManaged: boolean;
  /** The words before a colon and a letter or wildcard. */
  readonly prefixes: ReadonlySet<string>;
}

const namedIn = memoize((tree: Tree): Named => {
  const text = unescaped(tree.text);
  return { isPolicy: POLICY.test(text), namesManaged: MANAGED.test(text), prefixes: prefixesOf(text) };
});

/** An upper bound of the length of prefixes. */
const LONGEST = 64;

function prefixesOf(text: string): ReadonlySet<string> {
  const prefixes = new Set<string>();
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
    const next = text.charCodeAt(colon + 1);
    const isName = isLetter(next) || next === ASTERISK || next === QUESTION_MARK;
    // The service of an ARN without a Region has a colon on both sides, and is not a CloudFormation type.
    if (!isName && next !== COLON) continue;
    let start = colon;
    while (start > 0 && colon - start < LONGEST && isOfPrefix(text.charCodeAt(start - 1))) start--;
    if (start < colon && (isName || (text.charCodeAt(start - 1) === COLON && text.charCodeAt(start - 2) !== COLON)))
      prefixes.add(text.slice(start, colon).toLowerCase());
  }
  return prefixes;
}

const ASTERISK = 42,
  QUESTION_MARK = 63,
  HYPHEN = 45,
  COLON = 58;

/** Comparisons with NaN, after the end of a text, are false. */
function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isOfPrefix(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 57) || code === HYPHEN;
}

/** Actions that note for which service they were asked: its data can be read in a later version. */
export function notedActions(actions: ActionsOf, iam: IamData | undefined): ActionsOf {
  const questions = memoizeName(dataQuestion);
  return (prefix) => {
    const service = actions(prefix);
    if (iam?.services.has(prefix)) note(questions(prefix));
    return service;
  };
}
