import { flatMap } from '../../base/flat-map.ts';
import { someOf } from '../../base/words.ts';
import { all, is, judgement } from '../../model/judgement.ts';
import { absentFrom, itemsOf, mapLeaves, member } from '../../model/navigate.ts';
import type { Statement } from '../../model/policy.ts';
import { oneOf } from '../../model/predicate.ts';
import { shown } from '../../model/shown.ts';
import type { Value } from '../../model/value.ts';
import { externalAccountsOf } from '../../reachability/public-access/external-accounts.ts';
import { withFewerNames, type CardContext, type Piece } from '../card-context.ts';
import type { ComputedLine } from '../ownership.ts';
import { withExposure } from './exposure.ts';
import { isOwnAccount } from '../../policy/text/unknown-piece.ts';

/**
 * The keys of a `Principal` element:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
const KINDS = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

const MAX_NAMES = 3;

/** The principals that the resource policies of a resource, or the trust policy of a role, allow by default. */
export function principals(here: CardContext, { cite }: Pick<ComputedLine, 'cite'>): readonly Piece[] | undefined {
  const names = principalNames(here);
  if (names.length === 0) return undefined;
  return [withFewerNames(names, MAX_NAMES, (most) => withExposure(here, someOf(names, most, 'principal'), cite))];
}

function principalNames({ stack, resource }: CardContext): readonly string[] {
  const external = new Set(
    externalAccountsOf(resource, stack)
      .filter(({ open }) => open.yes.holdsByDefault())
      .map(({ at }) => at),
  );
  const statements = flatMap(
    resource.policies().documents.filter(({ kind }) => kind === 'trust' || kind === 'resource'),
    (policy) => policy.statements,
  ).filter((statement) => all(judgement(statement.when), is(statement.effect, oneOf('Allow'))).yes.holdsByDefault());
  return [...new Set(flatMap(statements, (statement) => named(statement, external)))];
}

/** The principals of a statement. Those in other accounts are marked. */
function named(statement: Statement, external: ReadonlySet<Value>): readonly string[] {
  const bare = mapLeaves(statement.principals, (leaf) => (leaf.state === 'object' ? absentFrom(leaf) : leaf));
  const object = mapLeaves(statement.principals, (leaf) => (leaf.state === 'object' ? leaf : absentFrom(leaf)));
  const principal = flatMap([bare, ...KINDS.map((kind) => member(object, kind))], (value) =>
    itemsOf(value, true).items.filter(({ when }) => when.yes.holdsByDefault()),
  );
  return principal.map(({ value }) => {
    const notes = [
      ...(external.has(value) ? ['another account'] : []),
      ...(statement.conditions.length > 0 ? ['with conditions'] : []),
    ];
    return `${nameOf(value)}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
  });
}

function nameOf(value: Value): string {
  if ((value.state === 'unknown' || value.state === 'reference') && isOwnAccount(value)) return 'this account';
  const name = shown(value);
  return name === '*' ? 'anyone' : name;
}
