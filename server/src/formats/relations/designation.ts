import { flatMap } from '../../base/flat-map.ts';
import { bothTruths, Guard, TRUE, type Truth } from '../../base/guard.ts';
import { memoizeName } from '../../base/memoize.ts';
import { ownText } from '../../base/own-text.ts';
import { traitsOf } from '../../model/format.ts';
import { itemsOf, leaves, member, memberAt } from '../../model/navigate.ts';
import type { Resource } from '../../model/resource.ts';
import type { UnknownPiece, Leaf, Reference, Value } from '../../model/value.ts';
import { configuredReferences } from '../located.ts';
import { isModuleOutput } from '../module-output.ts';
import type { Link } from './link.ts';
import { markedText, placeholderText, placeholderTextOf } from './placeholder-text.ts';
import { canName, isNamed, namedIn } from './request-text.ts';

/** A way in which a value names a resource: by an address or by a name. */
export type ResourceKey = string;

/** The key of a referenced address. */
export function keyOfAddress(address: string): ResourceKey {
  return `@${address}`;
}

/**
 * The key of a name, literal or in an ARN of a service: `lambda:function:`. Later versions know it, so it must not keep
 * the text of this one.
 */
export function nameKey(name: string, arn = ''): ResourceKey {
  return ownText(`${arn}=${name}`);
}

/**
 * What a possible value of a property names. It has no values of the document, so that all versions of the document can
 * share it.
 */
export interface Designation {
  /** The scenarios in which it applies. */
  readonly when: Truth;
  /** Whether the value is absent. */
  readonly absent: boolean;
  /** The referenced address, with the attribute; an address can also be part of a string. */
  readonly references: readonly Pick<Reference, 'to' | 'attribute'>[];
  /** The names in it. */
  readonly names: readonly ResourceKey[];
  /** The values on which it depends in an unknown way; it can name any of them. */
  readonly hints: readonly string[];
  readonly open: Openness;
}

/**
 * Which resources a value can name besides the known ones: none (`none`); resources whose name contains an unknown part
 * (`made`); also resources with a literal name (`chosen`); or any resource, including those with a generated name
 * (`any`).
 */
export type Openness = 'none' | 'made' | 'chosen' | 'any';

/** What a value names, apart from its place. */
type NamedTargets = Omit<Designation, 'absent' | 'when'>;

const NOTHING: NamedTargets = { references: [], names: [], hints: [], open: 'none' };
const ANYTHING: NamedTargets = { references: [], names: [], hints: [], open: 'any' };

/** A possible value of a property, with what it names. */
export interface Designating {
  readonly value: Leaf;
  readonly designation: Designation;
}

/**
 * The values of a resource at some paths. Lists are entered at any step, because CloudFormation accepts a single value
 * for a list of one.
 */
export function designating(holder: Resource, paths: readonly string[], of: Link): readonly Designating[] {
  const { before, host = false, derived = false, text = false } = of;
  const facts = traitsOf(holder.format)?.content === 'record';
  const link: Reading = { before, host, derived, text, stack: stackOf(holder), facts };
  const found: Designating[] = [];
  for (const path of paths) {
    const { first, steps } = stepsOf(path);
    collect(holder.get(first), steps, TRUE, link, found);
  }
  // Without the room for more that an array has which grew: it is kept for each resource and relation.
  return found.slice();
}

/** A step into the items of a list, and the steps after it. */
interface Step {
  /** The condition on the items, if only some are meant. */
  readonly only: { readonly key: string; readonly is: string } | undefined;
  /** Whether it also leads into the values of a map. */
  readonly each: boolean;
  readonly path: readonly string[];
}

/** A path of a link as steps: `A.B[].C[Key=x].Value`, `A[*]`. */
const stepsOf = memoizeName((path): { readonly first: string; readonly steps: readonly Step[] } => {
  const [first = '', ...parts] = path.split(/\[([^\]]*)\]/);
  const steps: Step[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const [key, is] = parts[index]!.split('=');
    const below = parts[index + 1]!.replace(/^\./, '');
    steps.push({
      only: key !== undefined && is !== undefined ? { key, is } : undefined,
      each: parts[index] === '*',
      path: below === '' ? [] : below.split('.'),
    });
  }
  return { first, steps };
});

/**
 * The context of a value. It has the fields of its link one by one, because V8 of Node.js 20 makes a hidden class for
 * each copy of an object that gets more fields.
 */
interface Reading extends Readonly<Record<'host' | 'derived' | 'text', boolean>> {
  readonly before: string | undefined;
  readonly stack: string;
  /** Whether all values are known, so that a value that names nothing in the stack names something external. */
  readonly facts: boolean;
}

/** The prefix of logical IDs in the template of the resource, if the template is nested. */
function stackOf({ family }: Resource): string {
  return family.slice(0, family.lastIndexOf('/') + 1);
}

function collect(value: Value, steps: readonly Step[], when: Truth, link: Reading, found: Designating[]): void {
  const parts = leaves(value);
  const [step, ...further] = steps;
  parts.forEach(({ guard, value: leaf }, index) => {
    const here =
      parts.length === 1 && guard.isAlways() ? when : bothTruths(when, { yes: guard, no: elsewhere(parts, index) });
    if (!here.yes.satisfiable()) return;
    if (leaf.state === 'list' && configuredReferences(leaf).length === 0) {
      for (const item of itemsOf(leaf).items) {
        const present = item.when === TRUE ? here : bothTruths(here, item.when);
        const isMeant = step?.only === undefined || isThat(member(item.value, step.only.key), step.only.is);
        if (isMeant === undefined) found.push(designatingBy(leaf, present, ANYTHING));
        else if (isMeant) collect(memberAt(item.value, step?.path ?? []), further, present, link, found);
      }
      if (leaf.open) found.push(designatingBy(leaf, here, ANYTHING));
    } else if ((step?.each || (!step && link.text)) && leaf.state === 'object') {
      for (const { key, value: entry, when: exists } of leaf.entries)
        if (!link.text || canName(key, entry))
          collect(memberAt(entry, step?.path ?? []), further, bothTruths(here, exists), link, found);
      if (leaf.open) found.push(designatingBy(leaf, here, ANYTHING));
    } else if (step && leaf.state === 'object') {
      collect(memberAt(leaf, step.path), further, here, link, found);
    } else {
      found.push(designatingBy(leaf, here, namedByLeaf(leaf, link)));
    }
  });
}

function designatingBy(value: Leaf, when: Truth, { references, names, hints, open }: NamedTargets): Designating {
  return { value, designation: { when, absent: value.state === 'absent', references, names, hints, open } };
}

/** Whether a value is a string; undefined if unknown. */
function isThat(value: Value, text: string): boolean | undefined {
  return value.state === 'known' ? value.raw === text : value.state === 'absent' && !value.open ? false : undefined;
}

function elsewhere(parts: readonly { readonly guard: Guard }[], index: number): Guard {
  return parts.reduce<Guard>((sum, { guard }, other) => (other === index ? sum : sum.or(guard)), Guard.never);
}

function namedByLeaf(leaf: Leaf, link: Reading): NamedTargets {
  const planned = configuredReferences(leaf);
  const references = planned.map((to) => ({ to: ownText(to) }));
  const read = namedByValue(leaf, link);
  const own = link.facts && leaf.state === 'known' ? withoutOthers(read) : read;
  if (references.length === 0) return own;
  const { names, hints, open } = own;
  return { references: [...references, ...own.references], names, hints, open };
}

function withoutOthers({ references, names, hints }: NamedTargets): NamedTargets {
  return { references, names, hints, open: 'none' };
}

function namedByValue(leaf: Leaf, link: Reading): NamedTargets {
  switch (leaf.state) {
    case 'reference':
      return link.before === undefined
        ? {
            references: [referenceTo(leaf)],
            names: [nameKey(placeholderText(leaf, link.stack)!)],
            hints: [],
            open: 'none',
          }
        : NOTHING;
    case 'known':
      return leaf.value === null ? NOTHING : namedByLiteral(leaf.raw, link);
    case 'template':
      return namedByText(leaf.pieces, link);
    case 'absent':
      return leaf.open ? ANYTHING : NOTHING;
    // A module output can be a value that was passed to the module.
    case 'unknown': {
      const [only, ...others] = leaf.refs;
      if (link.derived && only !== undefined && others.length === 0 && !isModuleOutput(only))
        return { references: [{ to: ownText(only) }], names: [], hints: [], open: 'none' };
      if (leaf.refs.length > 0)
        return leaf.refs.some(isModuleOutput)
          ? ANYTHING
          : { references: [], names: [], hints: leaf.refs.map(ownText), open: 'none' };
      return {
        references: [],
        names: leaf.input === undefined ? [] : [nameKey(placeholderText(leaf, link.stack)!)],
        hints: [],
        open: 'any',
      };
    }
    default:
      return NOTHING;
  }
}

/** What a string without placeholders names. Most values are such strings, and most of these have one part. */
function namedByLiteral(text: string, link: Reading): NamedTargets {
  if (link.before !== undefined || link.text || text.includes(',')) return namedByText([text], link);
  const { keys, elsewhere } = namesIn(text.trim(), link);
  const { references, hints } = NOTHING;
  return { references, names: keys, hints, open: OPEN_BY_LITERAL[elsewhere] };
}

const OPEN_BY_LITERAL = { no: 'made', perhaps: 'chosen', surely: 'none' } as const;

/** The separators of the parts of an ARN, a path and a list in one string. */
const BOUNDARY = ':/,';

function namedByText(pieces: readonly (string | UnknownPiece)[], link: Reading): NamedTargets {
  const rest = withoutPrefix(pieces, link.before);
  // A string with an unknown start can start with the prefix.
  if (rest === undefined) return typeof pieces[0] === 'string' ? NOTHING : ANYTHING;
  const references = rest.filter(
    (piece, index): piece is Reference =>
      typeof piece !== 'string' &&
      piece.state === 'reference' &&
      (link.text ? isNamed(rest, index) : isDelimited(rest, index, link.host)),
  );
  const text = placeholderTextOf(rest, link.stack);
  const parts = link.text && text?.includes('"') ? namedIn(text) : (text?.split(',') ?? []);
  const named = parts.map((part) => namesIn(part.trim(), link));
  const open = (): Openness => {
    if (references.length > 0) return 'none';
    if (rest.some((piece) => typeof piece !== 'string' && piece.state === 'unknown' && !isPseudo(piece))) return 'any';
    return rest.some((piece) => typeof piece !== 'string') || named.some(({ elsewhere }) => elsewhere === 'perhaps')
      ? 'chosen'
      : named.every(({ elsewhere }) => elsewhere === 'surely')
        ? 'none'
        : 'made';
  };
  return {
    references: references.map(referenceTo),
    names: flatMap(named, ({ keys }) => keys),
    hints: [],
    open: open(),
  };
}

/** A reference without its place. It is known in later versions, so it must not keep the text of this one. */
function referenceTo({ to, attribute }: Reference): Designation['references'][number] {
  return attribute === undefined ? { to: ownText(to) } : { to: ownText(to), attribute: ownText(attribute) };
}

function withoutPrefix(
  pieces: readonly (string | UnknownPiece)[],
  before: string | undefined,
): readonly (string | UnknownPiece)[] | undefined {
  const [first, ...rest] = pieces;
  if (before === undefined) return pieces;
  if (typeof first !== 'string' || !first.startsWith(before)) return undefined;
  return first === before ? rest : [first.slice(before.length), ...rest];
}

/**
 * Whether a reference in a string is a complete component, as in `arn:aws:s3:::${Bucket}/*`, and not part of a longer
 * name, as in `${Bucket}-logs`.
 */
function isDelimited(pieces: readonly (string | UnknownPiece)[], index: number, host: boolean): boolean {
  const [before, after] = [pieces[index - 1], pieces[index + 1]];
  if (before !== undefined && (typeof before !== 'string' || !BOUNDARY.includes(before.at(-1)!))) return false;
  return (
    after === undefined || (typeof after === 'string' && (BOUNDARY.includes(after[0]!) || (host && after[0] === '.')))
  );
}

/** A pseudo parameter for the place of the deployment, which is not a name that CloudFormation generates. */
function isPseudo(unknownPiece: UnknownPiece): boolean {
  return unknownPiece.state === 'unknown' && unknownPiece.input !== undefined && /#AWS::\w+$/.test(unknownPiece.input);
}

/** `arn:partition:service:region:account:resource` */
const ARN = /^arn:[^:]*:([a-z0-9-]+):([^:]*):([^:]*):(.+)$/;

const OWN_PLACES: readonly string[] = ['', markedText('AWS::AccountId'), markedText('AWS::Region')];

/**
 * Whether a string is the account or Region of the stack itself: empty, a pseudo parameter, or a data source in
 * Terraform. Other strings can be another account or Region.
 */
function isOwnPlace(text: string): boolean {
  return OWN_PLACES.includes(text) || /^\u0001data\.aws_(caller_identity|region)\.[^\u0001]*\u0002$/.test(text);
}

interface Named {
  readonly keys: readonly ResourceKey[];
  /** Whether it names a resource of another account or Region. */
  readonly elsewhere: 'no' | 'perhaps' | 'surely';
}

function namesIn(text: string, link: Reading): Named {
  const bucket = link.host ? /^(.+)\.s3[.-]/.exec(text) : null;
  if (bucket) return { keys: [nameKey(bucket[1]!)], elsewhere: 'no' };
  const nested = text.lastIndexOf('arn:');
  const arn = ARN.exec(nested < 0 ? text : text.slice(nested));
  if (!arn) return { keys: [nameKey(text)], elsewhere: 'no' };
  const [, service, region, account, resource] = arn as unknown as [string, string, string, string, string];
  // Resources that AWS provides, such as AWS managed policies, have the account `aws`. A complete ARN names an existing
  // resource; the ARN of a log group can end with a wildcard.
  const itself = nameKey(arn[0].replace(/:\*$/, ''));
  if (!isOwnPlace(region) || !isOwnPlace(account))
    return { keys: [itself], elsewhere: account === 'aws' ? 'surely' : 'perhaps' };
  const whole = [itself, nameKey(upTo(resource, /[:/]/), `${service}:`), nameKey(resource, `${service}:`)];
  const typed = /^([A-Za-z-]+)[:/](.+)$/.exec(resource);
  if (!typed) return { keys: whole, elsewhere: 'no' };
  const [, type, rest] = typed as unknown as [string, string, string];
  const name = upTo(rest, /:/);
  const keys = [
    ...whole,
    nameKey(name, `${service}:${type}:`),
    nameKey(upTo(name, /\//), `${service}:${type}:`),
    nameKey(name.slice(name.lastIndexOf('/') + 1), `${service}:${type}/`),
  ];
  return { keys, elsewhere: 'no' };
}

function upTo(text: string, end: RegExp): string {
  const at = text.search(end);
  return at < 0 ? text : text.slice(0, at);
}

/** A name of a resource. */
export interface OwnName {
  readonly when: Guard;
  /** Undefined if its components are unknown. */
  readonly text: string | undefined;
  /** Whether a name is a literal, contains an unknown part, or is generated. */
  readonly kind: 'chosen' | 'made' | 'none';
}

/** The names of a resource in its scenarios, given the property that holds its name, if its type has one. */
export function ownNames(resource: Resource, property: string | undefined): readonly OwnName[] {
  if (property === undefined) return [{ when: Guard.always, text: undefined, kind: 'none' }];
  return leaves(resource.get(property)).map(({ guard, value: leaf }): OwnName => {
    switch (leaf.state) {
      case 'known':
        return leaf.value === null
          ? { when: guard, text: undefined, kind: 'none' }
          : { when: guard, text: lastingText(leaf.raw), kind: 'chosen' };
      case 'absent':
        return { when: guard, text: undefined, kind: leaf.open ? 'made' : 'none' };
      case 'template':
        return { when: guard, text: lastingText(placeholderTextOf(leaf.pieces, stackOf(resource))), kind: 'made' };
      case 'reference':
      case 'unknown':
        return { when: guard, text: lastingText(placeholderText(leaf, stackOf(resource))), kind: 'made' };
      default:
        return { when: guard, text: undefined, kind: 'made' };
    }
  });
}

/** A text for later versions, which must not keep the text of this one. */
function lastingText(text: string | undefined): string | undefined {
  return text === undefined ? undefined : ownText(text);
}
