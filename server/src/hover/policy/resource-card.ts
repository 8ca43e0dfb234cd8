/** Cards for resource ARNs in statements: the matching resource types, and the actions that support them. */
import { flatMap } from '../../base/flat-map.ts';
import { capital, some } from '../../base/words.ts';
import type { IamResourceType } from '../../policy/data/action.ts';
import { UNKNOWN_PIECE } from '../../policy/text/unknown-piece.ts';
import { supportedTypesOf } from '../../policy/resource/resource-arn.ts';
import { authorizationPage } from '../../policy/data/reference.ts';
import { resourceTypeWords } from '../../policy/data/words.ts';
import type { Card } from '../card.ts';
import { unknownBecause } from '../unknown-because.ts';
import type { PolicyTarget } from './policy-target.ts';
import { arnOfLeaf, arnWords, shownArn, streamOf, typesOfArn, type ArnOfLeaf } from './arn.ts';
import { card, cited, line, namesLine, type PolicyHover } from './parts.ts';
import { namedActions } from './reading.ts';
import { arnFields } from '../../policy/text/arn-fields.ts';

const RESOURCE_PAGE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html';

const MOST_TYPES = 4;
const MOST_ACTIONS = 4;

/** The card for an ARN in Resource or NotResource. Undefined for a value that is not an ARN. */
export function resourceCard(
  { leaf, not, statement, range }: PolicyTarget & { readonly what: 'resource' },
  { stack, reference }: PolicyHover,
): Card | undefined {
  const arn = arnOfLeaf(leaf, stack);
  if (!arn)
    return leaf.state === 'unknown'
      ? card('Resource', cited(`The resource ${unknownBecause(leaf)}.`), [], range)
      : undefined;
  const actions = namedActions(statement, reference) ?? [];
  if (/^\*+$/.test(arn.shape)) {
    const limited = actions.filter(({ action }) => action.resources.length > 0);
    const unrestricted = actions.filter(({ action }) => action.resources.length === 0);
    return card(
      '*',
      cited(
        not
          ? 'Excludes every resource, so the statement applies to none.'
          : 'Every resource that the actions apply to, in any account.',
        RESOURCE_PAGE,
      ),
      [
        namesLine('Here, support resource-level permissions', limited.map(nameOf), { most: MOST_ACTIONS }),
        namesLine('Here, require *', unrestricted.map(nameOf), { most: MOST_ACTIONS }),
      ],
      range,
    );
  }
  const found = typesOfArn(arn, reference);
  const name = found && reference.iam.services.get(found.service.service);
  const known = arn.of ? arnWords(leaf, stack, reference) : streamOf(leaf, stack);
  const kinds = found?.types.map((type) => `${type.name} ${type.arn}`) ?? [];
  const verdict =
    known !== undefined
      ? `${capital(known)}.`
      : found
        ? kinds.length === 0
          ? `Matches no ARN format of ${name!} (data of ${reference.iam.date}).`
          : `${
              kinds.length > MOST_TYPES
                ? `One of ${kinds.length} resource types`
                : capital(some([...new Set(found.types.map((type) => resourceTypeWords(type.name)))], MOST_TYPES, 'or'))
            } of ${name!}.`
        : arn.shape.includes(UNKNOWN_PIECE)
          ? 'The service is unknown.'
          : 'A resource of an unknown service.';
  const same = found && kinds.length > 0 ? actions.filter(({ service }) => service === found.service.service) : [];
  const taking = same.filter(({ action }) => supportedTypesOf(found!.service, action, arn.shape).length > 0);
  const others = actions.filter((one) => !taking.includes(one));
  return card(
    `${not ? 'Not: ' : ''}${shownArn(leaf)}`,
    name === undefined ? cited(verdict) : cited(verdict, authorizationPage(name)),
    [
      line('ARN format', kinds),
      line('Wildcards', wildcards(arn, found?.types ?? [])),
      line('Unknown parts', arn.because),
      taking.length === 0 && kinds.length > 0 && actions.length > 0
        ? line('Here, supported by', ['none of the actions in this statement'])
        : namesLine('Here, supported by', taking.map(nameOf), { most: MOST_ACTIONS }),
      taking.length === 0 ? undefined : namesLine('Here, not supported by', others.map(nameOf), { most: MOST_ACTIONS }),
    ],
    range,
  );
}

const nameOf = ({
  service,
  action,
}: {
  readonly service: string;
  readonly action: { readonly name: string };
}): string => `${service}:${action.name}`;

const FIELDS = ['', 'the partition', 'the service', 'the Region', 'the account'];

/** The parts of an ARN that contain wildcards, named as in the ARN format of its resource type. */
function wildcards({ shape }: ArnOfLeaf, types: readonly IamResourceType[]): readonly string[] {
  const fields = arnFields(shape);
  const parts = flatMap(FIELDS, (name, index) =>
    name !== '' && /[*?]/.test(fields[index] ?? '') ? [`${name} (${fields[index]!})`] : [],
  );
  const rest = fields[5] ?? '';
  if (!/[*?]/.test(rest)) return parts;
  const [only] = types;
  const form = types.length === 1 ? arnFields(only!.arn)[5] : undefined;
  const [own, named] = [rest.split(/[:/]/), form?.split(/[:/]/)];
  const names =
    named?.length === own.length
      ? flatMap(named, (part, index) => (/[*?]/.test(own[index]!) ? [/^\$\{(.*)\}$/.exec(part)?.[1] ?? part] : []))
      : [];
  return [...parts, ...(names.length > 0 ? names : ['the resource part'])];
}
