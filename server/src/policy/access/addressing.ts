/**
 * Which resources of statements name a resource of the stack: by reference, by an ARN with its name, or by a pattern.
 */
import { flatMap } from '../../base/flat-map.ts';
import { Guard } from '../../base/guard.ts';
import { memoize, memoizeText } from '../../base/memoize.ts';
import { once } from '../../base/once.ts';
import { withPlaceholders } from '../../base/placeholders.ts';
import { ownEntry } from '../../base/table.ts';
import { isTemplate } from '../../model/format.ts';
import {
  all,
  any,
  exists,
  isAbsent,
  isPresent,
  judge,
  judgement,
  not,
  YES,
  type Judgement,
} from '../../model/judgement.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { Statement } from '../../model/policy.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { UnknownPiece, Leaf, Value } from '../../model/value.ts';
import { ANY_NAME, isReferred, nameIn, namesOf, STACK_NAME, type Name, type Target } from '../resource/target.ts';
import { identified } from '../statement/written.ts';
import { UNKNOWN_PIECE } from '../text/unknown-piece.ts';
import { fits, haveCommon, includes } from '../text/wildcard.ts';
import { arnFormOf, type ArnForm } from './arn-forms.ts';
import { withoutShared } from './unshared-parts.ts';
import { arnFields } from '../text/arn-fields.ts';

/** Whether statements apply to a resource, for actions on some of its IAM resource types. */
export interface Addressing {
  /** Where a statement applies to it, or to something in it, such as an object of a bucket. */
  meets(statement: Statement, types: readonly string[]): Judgement;
  /** Where a statement applies to it and everything in it. */
  covers(statement: Statement, types: readonly string[]): Judgement;
  /** It as the target of limits: of Deny statements, which must cover it, or of a boundary, which must meet it. */
  target(types: readonly string[], extent: 'covers' | 'meets'): Target;
}

/**
 * Placeholders for the name of the resource and the last part of its ARN in a reference to it, for another resource,
 * and for a policy variable.
 */
const [SELF, WHOLE, OTHER, VARIABLE] = ['\uE00E', '\uE011', '\uE00F', '\uE010'] as const;

/** The random characters that AWS appends to the name of a secret. */
const SUFFIX = `-${ANY_NAME.repeat(6)}`;

/** The maximum number of names that are distinguished by scenario. */
const MOST_NAMES = 8;

/** How statements name a resource; undefined for a type whose access is not evaluated. */
export function addressingOf(resource: Resource, stack: Stack): Addressing | undefined {
  const form = arnFormOf(resource.type);
  return form && addressing(resource, stack, form);
}

const addressing = memoize((resource: Resource, stack: Stack, form: ArnForm): Addressing => {
  const own = once(() => restsOf(resource, form));
  const textOf = readerOf(resource, stack, form);
  const matches = (item: Value, types: readonly string[], extent: 'covers' | 'meets'): Judgement =>
    any(
      ...own().map(({ there, name, self, isGenerated }) =>
        all(
          there,
          judge(item, (leaf) => {
            const rest = restIn(textOf(leaf), form.service);
            if (rest === undefined) return undefined;
            if (rest === '') return false;
            const mine = rest.includes(WHOLE) ? WHOLE : rest.includes(SELF) ? self : name;
            const mayBeNamed = !(isGenerated && mine === name) || opensName(rest, form);
            return answer(
              rest,
              endings(form, types, extent).map((ending) => mine + ending),
              extent,
              mayBeNamed,
              form.service === 's3',
            );
          }),
        ),
      ),
    );
  const applies = (extent: 'covers' | 'meets'): ((statement: Statement, types: readonly string[]) => Judgement) => {
    const evaluate = ({ resources, notResources }: Statement, types: readonly string[]): Judgement => {
      const listed = exists(itemsOf(resources, true), ({ value }) => matches(value, types, extent));
      const excluding = isPresent(notResources);
      const excludedExtent = extent === 'covers' ? 'meets' : 'covers';
      return any(
        // Policies of some services and trust policies have no resources and apply to their own.
        all(isAbsent(resources), isAbsent(notResources)),
        listed,
        all(excluding, not(exists(itemsOf(notResources, true), ({ value }) => matches(value, types, excludedExtent)))),
      );
    };
    // Many actions support the same resource types.
    const evaluated = memoizeText((statement: Statement, _: string, types: readonly string[]) =>
      evaluate(statement, types),
    );
    return (statement, types) => evaluated(statement, types.join(' '), types);
  };
  return {
    meets: applies('meets'),
    covers: applies('covers'),
    target: (types, extent) => ({
      named: (item) => matches(item, types, extent),
      namedInDeny: (item) => matches(item, types, extent),
    }),
  };
});

/**
 * What is behind the ARN of a resource for some IAM resource types; `*` for anything in it. A statement that names the
 * resource itself covers it.
 */
function endings({ types: all }: ArnForm, types: readonly string[], extent: 'covers' | 'meets'): readonly string[] {
  return flatMap(types, (type) => {
    const behind = ownEntry(all, type) ?? [];
    return extent === 'covers' && behind.includes('') ? [''] : behind.map((one) => (one === '' ? '' : `${one}*`));
  });
}

/**
 * Whether a pattern has a wildcard or an unknown part where the name is. Nothing else is a name that AWS will generate.
 */
function opensName(pattern: string, { rest, service }: ArnForm): boolean {
  const prefix = rest.slice(0, rest.indexOf('{}'));
  const name =
    pattern.startsWith(prefix) && service !== 'iam' ? pattern.slice(prefix.length).split(/[/:]/)[0]! : pattern;
  return /[*?]/.test(name) || name.includes(UNKNOWN_PIECE) || name.includes(STACK_NAME) || name.includes(VARIABLE);
}

/** Whether a pattern matches one of several ARNs; undefined if an unknown part decides that. */
function answer(
  pattern: string,
  own: readonly string[],
  extent: 'covers' | 'meets',
  mayBeNamed: boolean,
  isBucket: boolean,
): boolean | undefined {
  if (extent === 'meets' ? own.some((one) => haveCommon(pattern, one)) : own.every((one) => includes(pattern, one)))
    return true;
  // Another resource of the stack has another name.
  if (pattern.includes(OTHER) || !mayBeNamed) return false;
  const canBeSame = own.some((one) => {
    const [rest, other] = withoutShared(pattern, one, isBucket);
    return haveCommon(opened(rest), opened(other));
  });
  return canBeSame ? undefined : false;
}

const UNKNOWN_PARTS = new RegExp(
  `${UNKNOWN_PIECE}[^${UNKNOWN_PIECE}]*${UNKNOWN_PIECE}|[${ANY_NAME}${STACK_NAME}${VARIABLE}]+`,
  'g',
);

/** A string with wildcards for its unknown parts. */
function opened(text: string): string {
  return text.replaceAll(UNKNOWN_PARTS, '*');
}

/** A part of an ARN that a resource can have, with its scenarios. */
interface Rest extends Name {
  /** The same with a placeholder for the name. */
  readonly self: string;
  /** Whether AWS generates it at deployment. */
  readonly isGenerated: boolean;
}

/** The parts after the fifth colon of the ARN of a resource. */
function restsOf(resource: Resource, form: ArnForm): readonly Rest[] {
  const known = flatMap(resource.ids ?? [], (id) => restIn(id.startsWith('arn:') ? id : undefined, form.service) ?? []);
  const whole = (name: string, like = name): string => {
    const separator = form.service === 'ssm' && !like.startsWith('/') ? '/' : '';
    return `${form.rest.replace('{}', separator + name)}${form.hasSuffix ? SUFFIX : ''}`;
  };
  if (known.length > 0) return known.map((name) => ({ there: YES, name, self: whole(SELF), isGenerated: false }));
  if (form.service === 'iam')
    return namesOf(resource).map(({ there, name }) => ({
      there,
      name,
      self: name.slice(0, name.lastIndexOf('/') + 1) + SELF,
      isGenerated: name.includes(ANY_NAME),
    }));
  const names = form.name === undefined ? [] : leaves(resource.get(form.name));
  if (names.length === 0 || names.length > MOST_NAMES)
    return [{ there: YES, name: whole(ANY_NAME), self: whole(SELF), isGenerated: names.length === 0 }];
  return names.map(({ guard, value }): Rest => {
    const isGenerated = value.state === 'absent' && !value.open;
    const name = nameIn(value) ?? (isGenerated ? generated(resource, form) : ANY_NAME);
    return {
      there:
        names.length === 1
          ? YES
          : judgement({
              yes: guard,
              no: names.reduce((sum, other) => (other.value === value ? sum : sum.or(other.guard)), Guard.never),
            }),
      name: whole(name),
      self: whole(SELF, name),
      isGenerated,
    };
  });
}

/**
 * A name assigned by CloudFormation: the stack name, the logical ID, and random characters.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
 */
function generated({ address, format, nativeType, type }: Resource, { lowerCase }: ArnForm): string {
  if (!isTemplate(format) || nativeType !== type || !/^\w+$/.test(address)) return ANY_NAME;
  return `${STACK_NAME}-${lowerCase ? address.toLowerCase() : address}-${ANY_NAME}`;
}

/**
 * Reads a resource of a statement as a string, with placeholders for references; undefined if nothing is known of it.
 */
function readerOf(resource: Resource, stack: Stack, form: ArnForm): (leaf: Leaf) => string | undefined {
  const put = (unknownPiece: UnknownPiece): string | undefined => {
    if (unknownPiece.state === 'unknown') return nameIn(unknownPiece);
    const referred = isReferred(unknownPiece.to, resource);
    if (referred === true) return referenceTo(resource, unknownPiece.attribute, form);
    // All instances of a repeated resource may include it.
    if (referred === undefined) return undefined;
    const other = stack.byAddress(unknownPiece.to);
    return other && !other.external && !/^(?:Custom::|AWS::CloudFormation::)/.test(other.type)
      ? OTHER
      : identified(unknownPiece);
  };
  return memoize((leaf: Leaf): string | undefined => {
    switch (leaf.state) {
      case 'known':
        return typeof leaf.value === 'string' ? withPlaceholders(leaf.raw, () => VARIABLE) : '';
      case 'template': {
        const pieces = leaf.pieces.map((piece) =>
          typeof piece === 'string'
            ? withPlaceholders(piece, () => VARIABLE)
            : (put(piece) ?? `${UNKNOWN_PIECE}${UNKNOWN_PIECE}`),
        );
        return pieces.join('');
      }
      case 'reference':
        return put(leaf) ?? undefined;
      default:
        return undefined;
    }
  });
}

/** What a reference to the resource returns: its ARN, or its name. */
function referenceTo(resource: Resource, attribute: string | undefined, form: ArnForm): string {
  const name = attribute?.toLowerCase();
  const below = name === undefined ? undefined : ownEntry(form.attributes, name);
  const arn = `arn:${ANY_NAME}:${form.service}:::${WHOLE}`;
  if (below !== undefined) return below === '' ? arn : `${arn}${below}${ANY_NAME}`;
  if (name === 'arn') return isTemplate(resource.format) ? `${arn}${form.behind ?? ''}` : arn;
  return form.refIsArn && (name === undefined || name === 'id') ? arn : SELF;
}

/**
 * The part after the fifth colon of an ARN of a service; `*` if fewer fields end with a wildcard, an empty string for
 * anything else, and undefined if the beginning is not known. The account and the Region are those of the policy.
 */
function restIn(arn: string | undefined, service: string): string | undefined {
  if (arn === undefined) return undefined;
  if (/^\*+$/.test(arn)) return '*';
  if (arn.startsWith(UNKNOWN_PIECE)) return undefined;
  const fields = arnFields(arn);
  if (fields[0] !== 'arn') return fields[0]!.startsWith('arn') && /[*?]/.test(fields[0]!) ? '*' : '';
  if (fields.length < 3 || !fits(service, opened(fields[2]!)))
    return fields.at(-1)?.endsWith('*') && fields.length < 3 ? '*' : '';
  return fields.length < 6 ? (fields.at(-1)!.endsWith('*') ? '*' : '') : fields[5]!;
}
