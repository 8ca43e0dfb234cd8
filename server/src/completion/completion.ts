/** Completions at a position of a policy. */
import { flatMap } from '../base/flat-map.ts';
import { isTemplate, isTerraform } from '../model/format.ts';
import type { PolicyDocument } from '../model/policy.ts';
import type { Stack } from '../model/resource.ts';
import { referenceOver, type IamReference } from '../policy/data/reference.ts';
import { actionOffers } from './actions.ts';
import { keyOffers, operatorOffers, valueOffers } from './conditions.ts';
import type { Cursor } from './cursor.ts';
import { blockArguments, effects, policyElements, statementElements, versions } from './elements.ts';
import { anyPrincipal, principalKinds, principalOffers } from './principals.ts';
import type { ActionOrKey, Offer } from './offer.ts';
import { resourceOffers } from './resources.ts';
import { spotIn, type Spot } from './spot.ts';
import type { TypedBlock } from './terraform-block.ts';
import { editOf, type Dialect, type CompletionEdit, type OwnNames } from './write.ts';

export interface Completion extends Pick<Offer, 'label' | 'kind' | 'detail' | 'documentation' | 'goesOn'> {
  readonly edit: CompletionEdit;
  readonly about?: ActionOrKey;
}

export interface Completions {
  /** Sorted by rank. */
  readonly items: readonly Completion[];
  /** Whether the list is incomplete, so that clients request it again while the user types. */
  readonly cut: boolean;
}

/** The maximum number of items. */
const MOST_ITEMS = 500;

export interface CompletionRequest {
  /** The stack of the document that contains the mark instead of the typed word. */
  readonly stack: Stack;
  /** The policies of the stack that can contain the mark. */
  readonly policies: readonly PolicyDocument[];
  readonly cursor: Cursor;
  /** The block of `aws_iam_policy_document` whose argument is being typed, if any. */
  readonly block: TypedBlock | undefined;
  readonly names: OwnNames;
  /** Parsed data of `schemas/` by name. */
  readonly data: (name: string) => unknown;
}

/** The completions at the mark; undefined outside of policies, or if there are none. */
export function completionsAt(request: CompletionRequest): Completions | undefined {
  const { stack, policies, cursor, block, names, data } = request;
  const reference = referenceOver(data);
  if (!reference || !/^!Sub$|^$/.test(cursor.tag ?? '')) return undefined;
  const spot = spotIn(policies);
  const offers = spot
    ? offersAt(spot, request, reference)
    : block && cursor.isKey
      ? blockArguments(block.name, block.has)
      : [];
  return offers.length === 0 ? undefined : offered(offers, cursor, dialectOf(stack, cursor), names);
}

/** The offers that fit what is typed, as edits: those that begin with it first. */
export function offered(offers: readonly Offer[], cursor: Cursor, dialect: Dialect, names: OwnNames): Completions {
  const wanted = cursor.typed.toLowerCase();
  const fitting = flatMap(offers, (offer) => {
    const edit = editOf(offer, cursor, dialect, names);
    const at = offer.label.toLowerCase().indexOf(wanted.replace(/^-\s*/, ''));
    return edit && (at >= 0 || matches(wanted, edit)) ? [{ offer, edit, behind: at > 0 ? 1 : 0 }] : [];
  });
  fitting.sort(
    (a, b) => a.behind - b.behind || a.offer.rank - b.offer.rank || (a.offer.label < b.offer.label ? -1 : 1),
  );
  return {
    cut: fitting.length > MOST_ITEMS,
    items: fitting
      .slice(0, MOST_ITEMS)
      .map(({ offer: { label, kind, detail, documentation, goesOn, about }, edit }) => ({
        label,
        kind,
        edit,
        ...(detail === undefined ? {} : { detail }),
        ...(documentation === undefined ? {} : { documentation }),
        ...(goesOn ? { goesOn } : {}),
        ...(about ? { about } : {}),
      })),
  };
}

/** Whether the typed text is the beginning of the inserted text instead of the label: `arn:aws:iam::`. */
function matches(wanted: string, { pieces }: CompletionEdit): boolean {
  return pieces
    .map((piece) => (typeof piece === 'string' ? piece : piece.blank))
    .join('')
    .toLowerCase()
    .includes(wanted);
}

function dialectOf({ format }: Stack, cursor: Cursor): Dialect {
  if (isTerraform(format)) return 'template';
  if (!isTemplate(format)) return 'plain';
  if (cursor.tag === '!Sub' || cursor.under === 'Fn::Sub' || cursor.inSub) return 'sub';
  return cursor.inText ? 'plain' : 'functions';
}

function offersAt(spot: Spot, { stack, cursor, block }: CompletionRequest, reference: IamReference): readonly Offer[] {
  const { policy } = spot;
  // The operator, the key and the kind of principal are values of arguments in Terraform's blocks.
  const asEntry = block === undefined;
  switch (spot.what) {
    case 'policy element':
      return cursor.isKey ? policyElements(spot.has) : [];
    case 'version':
      return versions();
    case 'statement element':
      return cursor.typed.endsWith(':') ? [] : statementElements(spot.has, policy.kind);
    case 'effect':
      return effects(policy.kind);
    case 'action':
      return actionOffers(stack, policy, spot.statement, cursor.typed, reference);
    case 'resource':
      return resourceOffers(stack, policy, spot.statement, reference);
    case 'operator':
      return operatorOffers(asEntry);
    case 'condition key':
      return keyOffers(spot.statement, spot.operator, reference, asEntry);
    case 'condition value':
      return valueOffers(policy, spot.operator, spot.key, stack);
    case 'principal kind':
      return [...principalKinds(asEntry ? 'entry' : 'text', [], policy), ...(asEntry ? [] : [anyPrincipal(1000)])];
    case 'principal':
      return spot.kind === undefined
        ? [...principalKinds('object', [], policy), anyPrincipal(1000)]
        : principalOffers(spot.kind, policy, stack);
  }
}
