/** Cards of Terraform blocks other than resources: modules, data sources, and `count` and `for_each` of resources. */
import { namedPathAt, type NamedPath } from '../named-path.ts';
import { isModule } from '../../model/format.ts';
import { judgement } from '../../model/judgement.ts';
import { never } from '../../model/quantified.ts';
import type { Resource } from '../../model/resource.ts';
import { scenario } from '../../model/scenario.ts';
import { textOf, valueOf, type Node } from '../../syntax/tree.ts';
import type { Card, Line, Part } from '../card.ts';
import { claimLines } from '../claim-lines.ts';
import { instancesOf } from '../instances.ts';
import { responsibilitiesOf } from '../native-type.ts';
import { resourceAt } from '../target.ts';
import { citing } from './card-parts.ts';
import type { HoverRequest } from './hover.ts';

const DOCS = 'https://developer.hashicorp.com/terraform/language';
const HEADING = 'In this configuration';

/** The maximum number of names that a line lists. */
const MOST_NAMES = 6;

/** The card at the name of such a block, or at what decides about instances; undefined elsewhere. */
export function terraformBlockCard(request: HoverRequest): Card | undefined {
  const { stack, tree, offset } = request;
  if (!isModule(stack.format)) return undefined;
  const path = namedPathAt(tree, offset);
  const [keyword] = path?.names ?? [];
  if (!path) return undefined;
  if (keyword === 'module') return moduleCard(path, request);
  if (keyword === 'data') return dataCard(path, request);
  return keyword === 'resource' ? instancesCard(path, request) : undefined;
}

/** A call of a module: at its name or source. */
function moduleCard({ names, range, isKey, value }: NamedPath, { stack, tree }: HoverRequest): Card | undefined {
  const [, name, argument, ...others] = names;
  const isCall =
    name !== undefined && others.length === 0 && (argument === 'source' || (argument === undefined && isKey));
  if (!isCall) return undefined;
  const call = argument === undefined ? value : undefined;
  const body = call ?? bodyOf(tree.roots[0], ['module', name]);
  const source = textOf(valueOf(body, 'source'))?.replace(CREDENTIALS, '//');
  const version = textOf(valueOf(body, 'version'));
  const within = moduleOf(stack.resources, tree.doc);
  const start = `${within}module.${name}`;
  const isIn = ({ address }: Resource): boolean => address.startsWith(`${start}.`) || address.startsWith(`${start}[`);
  const resources = [...stack.resources, ...(stack.others ?? [])].filter(isIn);
  const created = [...new Set(resources.map(({ parts, displayName }) => parts[0]?.block ?? displayName))].map((one) =>
    one.slice(one.lastIndexOf('module.') < 0 ? 0 : one.indexOf('.', one.lastIndexOf('module.') + 'module.'.length) + 1),
  );
  return {
    title: `module.${name}`,
    verdict: {
      text: 'what the module creates is your responsibility, even if others maintain the module',
      cite: [{ url: `${DOCS}/modules` }],
    },
    lines: [
      ...(source === undefined
        ? []
        : [line('source', [version === undefined ? source : `${source}, version ${version}`])]),
      created.length > 0
        ? { ...line('resources', [...new Set(created)]), names: { most: MOST_NAMES } }
        : line('resources', ['none is read here, so what the module creates is not known']),
    ],
    heading: HEADING,
    range,
  };
}

/** What a URL can have before the name of the host. */
const CREDENTIALS = /\/\/[^/@]*@/;

/** The module that a document belongs to, as the beginning of addresses. */
function moduleOf(resources: readonly Resource[], doc: string): string {
  const own = resources.find(({ parts }) => parts[0]?.doc === doc);
  return /^(?:module\.[^.[]+(?:\[[^\]]*\])?\.)*/.exec(own?.address ?? '')![0];
}

function bodyOf(root: Node | undefined, names: readonly string[]): Node | undefined {
  const [first, ...others] = names;
  const pairs = root?.kind === 'map' ? root.pairs.filter((pair) => pair.name === first) : [];
  for (const { value } of pairs) {
    const found = others.length === 0 ? value : bodyOf(value, others);
    if (found) return found;
  }
  return undefined;
}

/**
 * A data source of the AWS provider: at its type or name. Who is responsible for the rest of the resource depends on
 * its owner.
 */
function dataCard({ names, range, isKey }: NamedPath, { data, level }: HoverRequest): Card | undefined {
  const [, type, name] = names;
  if (names.length > 3 || !isKey || !type?.startsWith('aws_')) return undefined;
  const title = name === undefined ? `data.${type}` : `data.${type}.${name}`;
  const cite = [{ url: `${DOCS}/block/data` }];
  if (type === 'aws_iam_policy_document')
    return {
      title,
      verdict: { text: 'a policy that Terraform computes; it grants nothing until a resource uses it', cite },
      lines: [],
      range,
    };
  const known = responsibilitiesOf(type, data);
  const claims = known && (level === 'all' || known.isSecurity) ? known.card.claims : [];
  return {
    title,
    verdict: { text: 'Terraform reads it; this block manages nothing', cite },
    lines: claimLines(
      claims.filter(({ owner, when }) => owner === 'aws' && when === undefined),
      citing(known?.citations ?? {}),
    ),
    range,
  };
}

/** `count` or `for_each` of a resource. */
function instancesCard({ names, range, isKey }: NamedPath, { stack, tree, offset }: HoverRequest): Card | undefined {
  const [, type, , argument] = names;
  if (names.length !== 4 || !isKey || (argument !== 'count' && argument !== 'for_each')) return undefined;
  const resource =
    resourceAt(stack, tree.doc, offset)?.resource ??
    resourceAt({ resources: stack.others ?? [] }, tree.doc, offset)?.resource;
  const block = resource?.parts[0]?.block;
  if (!resource || block === undefined) return undefined;
  const all = instancesOf(stack, resource);
  const keys = all.map((one) => ({ key: one.address.slice(block.length), when: one.when }));
  const isNone = all.every(({ when }) => never(judgement(when)));
  const isKnown = keys.every(({ key }) => key !== '');
  const count = `${keys.length} instance${keys.length === 1 ? '' : 's'}`;
  return {
    title: `${argument} (${type!})`,
    verdict: {
      text: isNone
        ? 'declares no instances'
        : isKnown
          ? `declares ${count}`
          : 'how many instances it declares is not known here',
      cite: [{ url: `${DOCS}/meta-arguments/${argument}` }],
    },
    lines:
      isNone || !isKnown
        ? []
        : [
            {
              ...line(
                'instances',
                keys.map(({ key, when }) => `${key} ${scenario(when.yes.describe())}`.trimEnd()),
              ),
              names: { most: MOST_NAMES },
            },
          ],
    heading: HEADING,
    range,
  };
}

function line(label: string, texts: readonly string[]): Line {
  return { label, here: true, parts: texts.map((text): Part => ({ text, cite: [] })), separator: ', ' };
}
