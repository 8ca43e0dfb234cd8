/** What a policy of AWS grants, where something names one. */
import { some } from '../../base/words.ts';
import type { Stack } from '../../model/resource.ts';
import { referenceOver } from '../../policy/reference.ts';
import { nodesAround, type Tree } from '../../syntax/tree.ts';
import type { Card } from '../card.ts';
import { card, cited, line } from './parts.ts';

/** Under these keys SAM takes the name of a policy of AWS for its ARN. */
const BY_NAME = 'Policies';

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
    format === 'sam' &&
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
      : card(path, cited(`The data of ${date} knows no policy of AWS of this name.`), [], node);
  const page = `https://docs.aws.amazon.com/aws-managed-policy/latest/reference/${managed.path.split('/').at(-1)!}.html`;
  const grave = managed.actions;
  const verdict = managed.admin
    ? 'A policy of AWS that allows every action on every resource.'
    : managed.services.length > 0
      ? `A policy of AWS that allows all actions of ${some(
          managed.services.map((prefix) => iam.services.get(prefix) ?? prefix),
          3,
        )} on every resource.`
      : grave.length > 0
        ? 'A policy of AWS that allows some grave actions on every resource.'
        : 'A policy of AWS that allows no grave action on every resource without a condition.';
  const escalation = managed.admin
    ? []
    : iam.risks.escalation.filter(
        ({ existing, actions }) => !existing && actions.every((action) => grave.includes(action)),
      );
  const own = (risky: ReadonlySet<string>): readonly string[] =>
    grave.filter((action) => risky.has(action.toLowerCase()));
  return card(
    managed.path,
    cited(verdict, page),
    [
      line('Answers with credentials', listed(own(iam.risks.credentials))),
      line('Gives data away', listed(own(iam.risks.exfiltration))),
      line(
        'More than it has',
        escalation.length > 0
          ? [
              some(
                escalation.map(({ actions }) => actions.join(' with ')),
                3,
              ),
            ]
          : [],
      ),
      line(
        'Who may use what',
        managed.exposing && !managed.admin ? ['it allows to change who may use some kind of resource'] : [],
      ),
      line('Data', [`${date}; AWS changes its policies`]),
    ],
    node,
  );
}

function listed(actions: readonly string[]): readonly string[] {
  return actions.length === 0 ? [] : [some(actions, 5)];
}
