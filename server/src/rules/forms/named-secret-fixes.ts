/**
 * The fixes of a secret among named values: the service reads it from a store, the role replaces it, or a deployment
 * provides it.
 */
import { isTerraform } from '../../model/format.ts';
import { NewPseudo, NewText, type Edit, type Fix, type NewValue } from '../../model/edit.ts';
import { is, isAbsent, isPresent } from '../../model/judgement.ts';
import { knownString } from '../../model/leaf.ts';
import { nameShown, type NamedValue } from '../../model/named-value.ts';
import { member } from '../../model/navigate.ts';
import { oneOf } from '../../model/predicate.ts';
import { always } from '../../model/quantified.ts';
import type { Resource } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import { itemsAt } from './items.ts';
import { secretNameBase, LONGEST_NAME } from './secret-fixes.ts';

/**
 * The service's own way to read a value from a store: members of the item mark the value as a reference, or the item
 * moves to another list beside this one. A dynamic reference does not help: the service would store and show the
 * resolved value.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
 */
export type FromStore = {
  /** The role that reads the secret, for the title: `the execution role`. */
  readonly reader: string;
  /** The property with this role, without which the service rejects the reference. */
  readonly role?: string;
} & (
  | {
      /** A member of the item, and what it is to be. */
      readonly set: readonly [member: string, content: string];
      /** The member must have this content now; anything if left out. */
      readonly from?: string;
      readonly value: 'secret name' | 'parameter ARN';
    }
  | { readonly list: string; readonly members: readonly [name: string, value: string] }
);

/** The properties of a carrier that its fixes need. */
export interface FixableCarrier {
  readonly path: string;
  readonly fromStore?: FromStore;
  /** Set if a principal that can describe the resource cannot read the value of a parameter. */
  readonly hides?: true;
}

/**
 * The variables with which SDKs find credentials before those of a role. Some names are only for the SDK for Java 1.x.
 * https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html
 * https://docs.aws.amazon.com/AWSJavaSDK/latest/javadoc/com/amazonaws/auth/EnvironmentVariableCredentialsProvider.html
 */
const AWS_CREDENTIAL = /^AWS_(?:ACCESS_KEY(?:_ID)?|SECRET_(?:ACCESS_)?KEY|SESSION_TOKEN)$/;

/**
 * The fixes of one secret, the preferred one first. None if the name cannot be shown, or if the secret is a part of a
 * computed string. An AWS credential is only removed: SDKs then use the role.
 */
export function namedSecretFixes(
  resource: Resource,
  carrier: FixableCarrier,
  named: NamedValue,
  leaf: Leaf,
): readonly Fix[] {
  const { name, item, value } = named;
  // A secret that is a part of a computed string cannot be replaced alone.
  if (nameShown(name) === '' || knownString(leaf) === undefined) return [];
  const what = name.length > LONGEST_NAME ? 'the secret' : name;
  if (AWS_CREDENTIAL.test(name))
    return [
      {
        title: `Remove ${what} (the role must have the permissions)`,
        safe: false,
        edits: [
          item
            ? { op: 'removeItem', resource, target: item, unlessCommented: true }
            : { op: 'remove', resource, target: value, unlessCommented: true },
        ],
      },
    ];
  return [...storing(resource, carrier, named, what), parameterFix(resource, carrier, named, leaf, what)];
}

/** The fix that stores the secret and refers to it. */
function storing(
  resource: Resource,
  { path, fromStore }: FixableCarrier,
  { name, item, value }: NamedValue,
  what: string,
): readonly Fix[] {
  if (!fromStore || !item || (fromStore.role !== undefined && !always(isPresent(resource.get(fromStore.role)))))
    return [];
  const secret = `${secretNameBase(resource)}/${name}`;
  const { reader } = fromStore;
  if ('list' in fromStore)
    return moving(resource, path, fromStore, item, { name, secret: `/${secret}` }).map((edits) => ({
      title: `Move ${what} to ${fromStore.list} (store it in Parameter Store as /${secret} first; ${reader} must read it)`,
      safe: false,
      edits,
    }));
  const isName = fromStore.value === 'secret name';
  const { from } = fromStore;
  const [key, content] = fromStore.set;
  if (from !== undefined && !always(is(member(item, key), oneOf(from)))) return [];
  // Terraform has no expression for the account without a data source.
  if (!isName && isTerraform(resource.format)) return [];
  return [
    {
      title: isName
        ? `Read ${what} from Secrets Manager (create ${secret} first; ${reader} must read it)`
        : `Read ${what} from Parameter Store (create /${secret} first; ${reader} must read it)`,
      safe: false,
      edits: [
        { op: 'set', resource, path: `${path}[].${key}`, item, value: content },
        { op: 'replace', resource, target: value, value: isName ? secret : parameterArn(secret) },
      ],
    },
  ];
}

/** The edits that move an item to the list beside its own; none if the object around them is not found. */
function moving(
  resource: Resource,
  path: string,
  { list, members }: Extract<FromStore, { list: string }>,
  item: NonNullable<NamedValue['item']>,
  { name, secret }: { readonly name: string; readonly secret: string },
): readonly (readonly Edit[])[] {
  const [above, own] = [path.slice(0, path.lastIndexOf('.')), path.slice(path.lastIndexOf('.') + 1)];
  const holder = itemsAt(resource, above).find(({ properties }) =>
    properties.each(own).items.some((entry) => entry.value === item),
  );
  if (!holder) return [];
  const target = `${above}.${list}`;
  const others = holder.properties.get(list);
  const value: NewValue = { [members[0]]: name, [members[1]]: secret };
  const add: Edit =
    holder.value && always(isAbsent(others))
      ? { op: 'set', resource, path: target, item: holder.value, value: [value] }
      : { op: 'insertItem', resource, path: target, list: others, value };
  return [[{ op: 'removeItem', resource, target: item, unlessCommented: true }, add]];
}

function parameterArn(name: string): NewText {
  return new NewText(
    'arn:',
    new NewPseudo('AWS::Partition', 'aws'),
    ':ssm:',
    new NewPseudo('AWS::Region', '*'),
    ':',
    new NewPseudo('AWS::AccountId', '*'),
    `:parameter/${name}`,
  );
}

/** The fix that takes the secret out of the document. The resource can still show it. */
function parameterFix(
  resource: Resource,
  { hides }: FixableCarrier,
  { name }: NamedValue,
  target: Leaf,
  what: string,
): Fix {
  const cost = `deployments must provide it${hides ? '' : '; the resource still shows it'}`;
  return {
    title: isTerraform(resource.format)
      ? `Pass ${what} as a variable (sensitive; ${cost})`
      : `Pass ${what} as a NoEcho parameter (${cost})`,
    safe: false,
    edits: [{ op: 'giveSecret', resource, target, name: `${secretNameBase(resource)}${inPascalCase(name)}` }],
  };
}

/** A name in the style of CloudFormation: `DbPassword` for `DB_PASSWORD` and `--db-password`. */
function inPascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + (/[a-z]/.test(word) ? word.slice(1) : word.slice(1).toLowerCase()))
    .join('');
}
