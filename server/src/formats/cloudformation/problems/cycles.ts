import type { Range } from '../../../base/span.ts';
import { strongComponents } from '../strong-components.ts';
import { memberText, type DefinedNames } from './names.ts';
import { getAttNamed, refNamed } from '../named-resource.ts';
import { dependsOn } from './references.ts';
import { REJECTED, type ReportProblem } from './report.ts';
import type { Visit } from './walk.ts';

/**
 * Circular dependencies between resources, by Ref, Fn::GetAtt, Fn::Sub or DependsOn, each cycle once.
 *
 * Branches of Fn::If are ignored, because they may not apply, and so are cycles of resources with several conditions,
 * which may not exist together. Only the transform knows the dependencies of properties of a SAM resource.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html
 */
export class DependencyCycles {
  readonly #names: DefinedNames;
  readonly #order: ReadonlyMap<string, number>;
  /** The dependencies of each resource, with the first place of each. */
  readonly #edges = new Map<string, Map<string, Range>>();

  constructor(names: DefinedNames) {
    this.#names = names;
    this.#order = new Map([...names.resources.keys()].map((name, index) => [name, index]));
    for (const [name, { value }] of names.resources)
      for (const { name: other, at } of dependsOn(value)) this.#add(name, other, at);
  }

  visit({ call, substitution, place: { resource, attribute }, inBranch }: Visit): void {
    if (inBranch || resource === undefined || attribute !== 'Properties' || this.#names.isMaker(resource)) return;
    if (call.name === 'Ref' || call.name === 'Fn::GetAtt') {
      const named = call.name === 'Ref' ? refNamed(call) : getAttNamed(call);
      if (named) this.#add(resource, named.name, named.at);
    } else if (substitution?.variables) {
      const { placeholders, variables } = substitution;
      for (const placeholder of placeholders)
        if (!variables.has(placeholder.name)) this.#add(resource, placeholder.name.split('.', 1)[0]!, placeholder);
    }
  }

  #add(from: string, to: string, at: Range): void {
    if (!this.#names.resources.has(to) || this.#names.parameters.has(to)) return;
    const edges = this.#edges.get(from) ?? new Map<string, Range>();
    if (!this.#edges.has(from)) this.#edges.set(from, edges);
    const written = edges.get(to);
    if (!written || at.start < written.start) edges.set(to, at);
  }

  /** `isReached` states whether a condition is true in some scenario. */
  report(report: ReportProblem, isReached: (condition: string) => boolean): void {
    const conditionOf = (name: string): string | undefined =>
      memberText(this.#names.resources.get(name)?.value, 'Condition');
    for (const cycle of this.#cycles(() => true)) {
      const conditions = new Set(cycle.map(conditionOf).filter((name) => name !== undefined));
      if (conditions.size === 0 || (conditions.size === 1 && [...conditions].every(isReached)))
        this.#report(cycle, report);
      else {
        const always = new Set(cycle.filter((name) => conditionOf(name) === undefined));
        for (const part of this.#cycles((name) => always.has(name), always)) this.#report(part, report);
      }
    }
  }

  /** The sets of resources that depend on one another. */
  #cycles(
    isNode: (name: string) => boolean,
    nodes: Iterable<string> = this.#edges.keys(),
  ): readonly (readonly string[])[] {
    return strongComponents(nodes, (name) => [...(this.#edges.get(name)?.keys() ?? [])], isNode).filter(
      ([first, ...others]) => others.length > 0 || this.#edges.get(first!)?.has(first!),
    );
  }

  #report(cycle: readonly string[], report: ReportProblem): void {
    const members = new Set(cycle);
    const first = cycle.reduce((one, other) => (this.#order.get(other)! < this.#order.get(one)! ? other : one));
    const chain = this.#wayBack(first, members);
    const at = this.#edges.get(first)!.get(chain[1]!)!;
    if (chain.length === 2) report(at, `${first} depends on itself. ${REJECTED}; remove the circular dependency.`);
    else report(at, `${first} depends on itself (${shown(chain)}). ${REJECTED}; remove the circular dependency.`);
  }

  /** The shortest path from a member of a cycle back to it. */
  #wayBack(first: string, members: ReadonlySet<string>): readonly string[] {
    const cameFrom = new Map<string, string>();
    const open = [first];
    for (const name of open) {
      for (const other of this.#edges.get(name)?.keys() ?? []) {
        if (other === first) {
          const way = [first];
          for (
            let step: string | undefined = name;
            step !== undefined;
            step = step === first ? undefined : cameFrom.get(step)
          )
            way.push(step);
          return way.toReversed();
        }
        if (!members.has(other) || cameFrom.has(other)) continue;
        cameFrom.set(other, name);
        open.push(other);
      }
    }
    return [first, first];
  }
}

/** The maximum number of named resources of a cycle. */
const MOST_NAMED = 6;

function shown(chain: readonly string[]): string {
  const names =
    chain.length > MOST_NAMED + 1
      ? [...chain.slice(0, MOST_NAMED - 1), `${chain.length - MOST_NAMED} more`, chain.at(-1)!]
      : chain;
  return names.join(' → ');
}
