/**
 * Writes `schemas/iam/services/`, the actions of each service, `schemas/iam/services.json`, the names of the services,
 * and `schemas/iam/descriptions/`, what each action does in a sentence; `schemas/README.md` describes the form. What is
 * read is the data files of the package, not its code.
 */
import { readFileSync } from 'node:fs';
import { shortDescription } from './action-descriptions.ts';
import { IAM_DATA, IAM_HEADER } from './iam-source.mjs';
import { sorted, writeData, writeFolder } from './write.mjs';

/** The letter of each access level. The source names several for one action, the most specific first. */
const LEVELS = { List: 'L', Read: 'R', Write: 'W', Tagging: 'T', 'Permissions management': 'P' };

/**
 * The types of keys for which the source contradicts the documentation.
 * https://docs.aws.amazon.com/amazonglacier/latest/dev/vault-lock-policy.html (compared by NumericLessThan)
 */
const KEYS = { 'glacier:ArchiveAgeInDays': 'Numeric' };

const read = (name) =>
  JSON.parse(readFileSync(new URL(`node_modules/${IAM_DATA}/data/${name}.json`, import.meta.url), 'utf8'));

/** An action as one line of text: its levels, the resource types that it takes, its condition keys. */
function actionText({ name, accessLevel, resourceTypes, conditionKeys }, typeNumber, keyNumber) {
  const levels = accessLevel
    .split(', ')
    .map((level) => LEVELS[level] ?? fail(`${name} has the access level ${level}, which is not known`))
    .join('');
  const types = resourceTypes.map(
    (type) => `${typeNumber(type.name)}${type.required ? '!' : ''}${listed(':', type.conditionKeys.map(keyNumber))}`,
  );
  return [levels, ...types, ...(conditionKeys.length > 0 ? [listed('#', conditionKeys.map(keyNumber))] : [])].join(' ');
}

function listed(mark, numbers) {
  return numbers.length > 0 ? `${mark}${numbers.toSorted((a, b) => a - b).join(',')}` : '';
}

function fail(message) {
  throw new Error(message);
}

function numbered(names, what) {
  const numbers = new Map(names.map((name, index) => [name, index]));
  return (name) => numbers.get(name) ?? fail(`${what} ${name} is named and not described`);
}

function service(prefix) {
  const keys = sorted(Object.values(read(`conditionKeys/${prefix}`)).map(({ key, type }) => [key, KEYS[key] ?? type]));
  const keyNumber = numbered(Object.keys(keys), `${prefix}: the condition key`);
  const types = sorted(
    Object.values(read(`resourceTypes/${prefix}`)).map(({ key, arn, conditionKeys = [] }) => [
      key,
      `${arn}${listed(' #', conditionKeys.map(keyNumber))}`,
    ]),
  );
  const typeNumber = numbered(Object.keys(types), `${prefix}: the resource type`);
  const actions = sorted(
    Object.values(read(`actions/${prefix}`)).map((action) => [action.name, actionText(action, typeNumber, keyNumber)]),
  );
  return { $: IAM_HEADER, actions, resources: types, keys };
}

/** Kept apart, for they are large and only a hover shows one. In the order of the names in the file of the service. */
function descriptions(prefix) {
  const described = (kind, name, form) =>
    Object.values(
      sorted(
        Object.values(read(`${kind}/${prefix}`)).map((one) => [
          one[name],
          one.description ? form(one[name], one.description) : '',
        ]),
      ),
    );
  return {
    $: IAM_HEADER,
    actions: described('actions', 'name', shortDescription),
    keys: described('conditionKeys', 'key', (_, description) => description),
  };
}

const names = read('serviceNames');
const prefixes = read('services').toSorted();
const { files, bytes } = writeFolder(
  'iam/services',
  Object.fromEntries(prefixes.map((prefix) => [prefix, service(prefix)])),
);
const index = writeData('iam/services', {
  $: IAM_HEADER,
  services: sorted(prefixes.map((prefix) => [prefix, names[prefix] ?? fail(`${prefix} has no name`)])),
});
const described = writeFolder(
  'iam/descriptions',
  Object.fromEntries(prefixes.map((prefix) => [prefix, descriptions(prefix)])),
);
console.log(`schemas/iam: ${files} services, ${bytes + index} bytes; descriptions ${described.bytes} bytes`);
