/** Cards for AWS managed policies. */
import { generatesResources } from '../../model/format.ts';
import { some } from '../../base/words.ts';
import type { Stack } from '../../model/resource.ts';
import { referenceOver } from '../../policy/data/reference.ts';
import { nodesAround, type Tree } from '../../syntax/tree.ts';
import type { Card } from '../card.ts';
import { card, cited, line, namesLine } from './parts.ts';

const MOST_NAMES = 5;
const MOST_ESCALATIONS = 3;

/** The key under which SAM accepts the name of an AWS managed policy instead of its ARN. */
const BY_NAME = 'Policies';

/**
 * The card for an AWS managed policy that is named at an offset: by its ARN, in SAM also by its name. `data` returns
 * loaded data of `schemas/`. Undefined if none is named there.
 */
export function managedCard(
  { format }: Stack,
  tree: Tree,
  offset: number,
  data: (name: string) => unknown,
): Card | undefined {
  const around = nodesAround(tree, { start: offset, end: offset });
  const node = around.at(-1);
  if (node?.kind !== 'scalar' || node.end - node.start > 300) return undefined;
  const path = /:iam::aws:policy\/([\w+=,.@/-]+)$/.exec(node.value)?.[1];
  const isName =
    path === undefined &&
    generatesResources(format) &&
    /^[A-Z]\w+$/.test(node.value) &&
    around.some(
      (one) => one.kind === 'map' && one.pairs.some(({ name, value }) => name === BY_NAME && around.includes(value)),
    );
  const reference = path !== undefined || isName ? referenceOver(data) : undefined;
  if (!reference) return undefined;
  const { iam } = reference;
  const managed =
    path !== undefined ? iam.managed(path) : (iam.managed(node.value) ?? iam.managed(`service-role/${node.value}`));
  const date =
    (data('iam/managed-policies') as { readonly $?: { readonly date?: string } } | null | undefined)?.$?.date ??
    iam.date;
  if (!managed)
    return path === undefined
      ? undefined
      : card(path, cited(`Unknown AWS managed policy (data of ${date}).`), [], node);
  const page = `https://docs.aws.amazon.com/aws-managed-policy/latest/reference/${managed.path.split('/').at(-1)!}.html`;
  const sensitive = managed.actions;
  const verdict = managed.admin
    ? 'AWS managed policy that grants full access (every action on every resource).'
    : managed.services.length > 0
      ? `AWS managed policy that allows all actions of ${some(
          managed.services.map((prefix) => iam.services.get(prefix) ?? prefix),
          3,
        )} on every resource.`
      : sensitive.length > 0
        ? 'AWS managed policy that allows sensitive actions on every resource.'
        : 'AWS managed policy that allows no sensitive actions on every resource without a condition.';
  const escalation = managed.admin
    ? []
    : iam.risks.escalation.filter(
        ({ existing, actions }) => !existing && actions.every((action) => sensitive.includes(action)),
      );
  const own = (risky: ReadonlySet<string>): readonly string[] =>
    sensitive.filter((action) => risky.has(action.toLowerCase()));
  return card(
    managed.path,
    cited(verdict, page),
    [
      namesLine('Credential exposure', own(iam.risks.credentials), { most: MOST_NAMES }),
      namesLine('Data exfiltration', own(iam.risks.exfiltration), { most: MOST_NAMES }),
      namesLine(
        'Privilege escalation',
        escalation.map(({ actions }) => actions.join(' with ')),
        { most: MOST_ESCALATIONS },
      ),
      line('Resource exposure', managed.exposing && !managed.admin ? ['allows changing resource policies'] : []),
      line('As of', [`${date}; AWS updates its managed policies`]),
    ],
    node,
  );
}
