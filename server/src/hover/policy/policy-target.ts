/** The part of a policy at a position. */
import { flatMap } from '../../base/flat-map.ts';
import type { Range } from '../../base/span.ts';
import { itemsOf, leaves, member } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { policiesAround } from '../../model/policies-around.ts';
import type { Stack } from '../../model/resource.ts';
import type { Leaf, Member, Value } from '../../model/value.ts';
import type { Tree } from '../../syntax/tree.ts';

interface At {
  readonly policy: PolicyDocument;
  readonly range: Range;
}

interface InStatement extends At {
  readonly statement: Statement;
}

export type PolicyTarget =
  | (At & { readonly what: 'policy' })
  | (InStatement & { readonly what: 'statement' })
  | (InStatement & {
      readonly what: 'action';
      readonly leaf: Leaf;
      /** Whether it is in NotAction. */ readonly not: boolean;
    })
  | (InStatement & { readonly what: 'resource'; readonly leaf: Leaf; readonly not: boolean })
  | (InStatement & { readonly what: 'operator'; readonly operator: string })
  | (InStatement & { readonly what: 'condition key'; readonly operator: string; readonly key: string })
  | (InStatement & { readonly what: 'principal'; readonly kind: string | undefined; readonly leaf: Leaf | undefined });

/** The part of a policy at an offset in the tree's document; undefined if there is no policy part with a card. */
export function policyTargetAt(stack: Stack, tree: Tree, offset: number): PolicyTarget | undefined {
  for (const policy of policiesAround(stack, tree.doc, { start: offset, end: offset })) {
    const finder = new Finder(policy, tree, offset);
    for (const statement of policy.statements) {
      const aim = finder.inStatement(statement);
      if (aim) return aim;
    }
    const aim = finder.atStatements();
    if (aim) return aim;
  }
  return undefined;
}

/** Looks for a position in one policy. */
class Finder {
  readonly #policy: PolicyDocument;
  readonly #tree: Tree;
  readonly #offset: number;
  /** The word at the position; set if the policy is a string without source positions for its parts. */
  readonly #word: { readonly text: string; readonly range: Range } | undefined;

  constructor(policy: PolicyDocument, tree: Tree, offset: number) {
    this.#policy = policy;
    this.#tree = tree;
    this.#offset = offset;
    this.#word = this.#isWithoutPlaces() ? wordAt(tree.text, offset) : undefined;
  }

  inStatement(statement: Statement): PolicyTarget | undefined {
    const { value } = statement;
    const parts = leaves(value).map((leaf) => leaf.value);
    if (!this.#word && !parts.some((leaf) => this.#near(leaf))) return undefined;
    const place = { policy: this.#policy, statement };
    return (
      this.#inLists(place) ??
      this.#inConditions(place) ??
      this.#inPrincipals(place, statement.principals) ??
      this.#inPrincipals(place, statement.notPrincipals) ??
      this.#atElements(place, parts)
    );
  }

  /** At the key `Statement`: the policy, or its only statement. */
  atStatements(): PolicyTarget | undefined {
    const { statements, value } = this.#policy;
    const entry = entriesOf(value).find(({ key, keyAt }) => key === 'Statement' && this.#atKey(key, keyAt));
    if (!entry || statements.length === 0) return undefined;
    const range = this.#rangeOf(entry.keyAt);
    return statements.length === 1
      ? { what: 'statement', policy: this.#policy, statement: statements[0]!, range }
      : { what: 'policy', policy: this.#policy, range };
  }

  #inLists(place: Omit<InStatement, 'range'>): PolicyTarget | undefined {
    const { actions, notActions, resources, notResources } = place.statement;
    for (const [what, value, not] of [
      ['action', actions, false],
      ['action', notActions, true],
      ['resource', resources, false],
      ['resource', notResources, true],
    ] as const) {
      const leaf = this.#leafOf(value);
      if (leaf) return { what, ...place, leaf, not, range: this.#rangeOf(leaf.origin.use) };
    }
    return undefined;
  }

  #inConditions(place: Omit<InStatement, 'range'>): PolicyTarget | undefined {
    for (const operator of entriesOf(member(place.statement.value, 'Condition'))) {
      // In Terraform's blocks, operator and key are values of arguments.
      for (const key of entriesOf(operator.value))
        if (this.#atKey(key.key, key.keyAt))
          return {
            what: 'condition key',
            ...place,
            operator: operator.key,
            key: key.key,
            range: this.#rangeOf(key.keyAt),
          };
      if (this.#atKey(operator.key, operator.keyAt))
        return { what: 'operator', ...place, operator: operator.key, range: this.#rangeOf(operator.keyAt) };
    }
    return undefined;
  }

  #inPrincipals(place: Omit<InStatement, 'range'>, principals: Value): PolicyTarget | undefined {
    for (const kind of entriesOf(principals)) {
      const leaf = this.#leafOf(kind.value);
      if (leaf) return { what: 'principal', ...place, kind: kind.key, leaf, range: this.#rangeOf(leaf.origin.use) };
      if (this.#atKey(kind.key, kind.keyAt))
        return { what: 'principal', ...place, kind: kind.key, leaf: undefined, range: this.#rangeOf(kind.keyAt) };
    }
    const leaf = this.#leafOf(principals);
    return leaf && { what: 'principal', ...place, kind: undefined, leaf, range: this.#rangeOf(leaf.origin.use) };
  }

  /** At the key of an element, at the effect, at the Sid, or at the start of the statement. */
  #atElements(place: Omit<InStatement, 'range'>, parts: readonly Leaf[]): PolicyTarget | undefined {
    for (const entry of entriesOf(place.statement.value)) {
      if (this.#atKey(entry.key, entry.keyAt))
        return { what: 'statement', ...place, range: this.#rangeOf(entry.keyAt) };
      const leaf = entry.key === 'Effect' || entry.key === 'Sid' ? this.#leafOf(entry.value) : undefined;
      if (leaf && leaf.origin.edit !== 'none')
        return { what: 'statement', ...place, range: this.#rangeOf(leaf.origin.use) };
    }
    const begins = this.#word
      ? undefined
      : parts.find(
          ({ origin: { use } }) =>
            use.doc === this.#tree.doc &&
            this.#offset <= use.start + 1 &&
            /^-?\s*[{]?$/.test(this.#tree.text.slice(this.#offset, Math.max(use.start, this.#offset))),
        );
    return begins && { what: 'statement', ...place, range: { start: this.#offset, end: this.#offset + 1 } };
  }

  /** The item of a list at the position. */
  #leafOf(value: Value): Leaf | undefined {
    for (const item of itemsOf(value, true).items)
      for (const { value: leaf } of leaves(item.value)) {
        if (leaf.state === 'object' || leaf.state === 'list' || leaf.state === 'absent') continue;
        if (this.#word ? leaf.state === 'known' && leaf.raw === this.#word.text : this.#contains(leaf.origin.use))
          return leaf;
      }
    return undefined;
  }

  #atKey(key: string, keyAt: Member['keyAt']): boolean {
    return this.#word ? key === this.#word.text : this.#contains(keyAt) && keyAt.end - keyAt.start < LONGEST_NAME;
  }

  #contains({ doc, start, end }: Member['keyAt']): boolean {
    return doc === this.#tree.doc && start <= this.#offset && this.#offset <= end;
  }

  /** Whether the position is in a value, or at the dash before it. */
  #near({ origin: { use } }: Leaf): boolean {
    return (
      use.doc === this.#tree.doc &&
      this.#offset <= use.end &&
      (use.start <= this.#offset || /^-\s*$/.test(this.#tree.text.slice(this.#offset, use.start)))
    );
  }

  #rangeOf({ start, end }: Range): Range {
    return this.#word ? this.#word.range : { start, end };
  }

  #isWithoutPlaces(): boolean {
    const whole = this.#policy.value.origin.use;
    if (!this.#contains(whole)) return false;
    return entriesOf(this.#policy.value).some(({ keyAt }) => keyAt.start === whole.start && keyAt.end === whole.end);
  }
}

/** The maximum length of a name; a longer range is a block that implies the name. */
const LONGEST_NAME = 200;

/** The entries of an object in all scenarios. */
function entriesOf(value: Value): readonly Member[] {
  return flatMap(leaves(value), ({ value: leaf }) => (leaf.state === 'object' ? leaf.entries : []));
}

/** The quoted string around an offset, within its line. */
function wordAt(text: string, offset: number): { readonly text: string; readonly range: Range } | undefined {
  const start = text
    .slice(Math.max(0, offset - 500), offset)
    .split(/["\n]/)
    .at(-1)!;
  const end = /^[^"\n]{0,500}/.exec(text.slice(offset))![0];
  const word = `${start}${end}`;
  return { text: word.replace(/\\$/, ''), range: { start: offset - start.length, end: offset + end.length } };
}
