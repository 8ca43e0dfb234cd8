import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import { ownText } from '../../base/own-text.ts';
import { ownEntry, table, type Table } from '../../base/table.ts';
import type { AccessLevel, Action, IamResourceType, ServiceActions, SupportedResource } from './action.ts';
import { conditionKeys } from './key-type.ts';
import { withMoreResources } from './more-resources.ts';
import { fits } from '../text/wildcard.ts';

/** The content of a file of `schemas/iam/services/`, described in `schemas/README.md`. */
export interface ServiceData {
  readonly actions: Readonly<Record<string, string>>;
  readonly resources: Readonly<Record<string, string>>;
  readonly keys: Readonly<Record<string, string>>;
}

const LEVELS: Table<AccessLevel> = table({
  L: 'list',
  R: 'read',
  T: 'tagging',
  W: 'write',
  P: 'permissions-management',
});

/** The number of names and patterns of a service whose actions are cached. */
const MOST_PATTERNS = 1000;

/** The actions that the data of a service describes, memoized: hosts keep the loaded data for their lifetime. */
export function serviceActions(service: string, data: ServiceData): ServiceActions {
  return made(data, service);
}

/** Each action is parsed once, on demand. */
const made = memoize((data: ServiceData, service: string): ServiceActions => {
  const read = new Map<string, Action>();
  const names = new Map(Object.keys(data.actions).map((name) => [name.toLowerCase(), name]));
  let types: readonly string[] | undefined;
  let keys: readonly string[] | undefined;
  const named = (name: string): Action | undefined => {
    const known = read.get(name);
    if (known) return known;
    const written = names.get(name.toLowerCase());
    if (written === undefined) return undefined;
    let action = read.get(written);
    if (!action) {
      types ??= Object.keys(data.resources);
      keys ??= Object.keys(data.keys);
      const described = actionOf(written, ownEntry(data.actions, written)!, types, keys);
      read.set(written, (action = withMoreResources(service, described, types)));
    }
    return action;
  };
  const matched = new Map<string, readonly Action[]>();
  const matching = (pattern: string): readonly Action[] => {
    let actions = matched.get(pattern);
    if (!actions) {
      if (matched.size >= MOST_PATTERNS) matched.clear();
      const lower = pattern.toLowerCase();
      const own = /[*?]/.test(lower) ? [...names.keys()].filter((name) => fits(name, lower)) : [lower];
      matched.set(ownText(pattern), (actions = flatMap(own, (name) => named(name) ?? [])));
    }
    return actions;
  };
  let kinds: ReadonlyMap<string, IamResourceType> | undefined;
  const resourceTypes = (): ReadonlyMap<string, IamResourceType> => {
    keys ??= Object.keys(data.keys);
    return (kinds ??= new Map(
      Object.entries(data.resources).map(([name, text]) => [name, resourceTypeOf(name, text, keys!)]),
    ));
  };
  return {
    service,
    named,
    matching,
    keys: conditionKeys(data.keys),
    get actions() {
      return matching('*');
    },
    get resourceTypes() {
      return [...resourceTypes().values()];
    },
    resourceType: (name) => resourceTypes().get(name),
  };
});

function actionOf(name: string, text: string, types: readonly string[], keys: readonly string[]): Action {
  const [levels = '', ...rest] = text.split(' ');
  return {
    name,
    // The letters begin with the most significant level: permissions management and tagging are kinds of write access.
    level: LEVELS[levels[0]!] ?? 'write',
    resources: rest
      .filter((part) => !part.startsWith('#'))
      .map((part): SupportedResource => {
        const [number = '', own = ''] = part.split(':');
        return { type: types[parseInt(number, 10)]!, required: number.endsWith('!'), keys: numbered(own, keys) };
      }),
    keys: numbered(rest.find((part) => part.startsWith('#'))?.slice(1) ?? '', keys),
  };
}

function resourceTypeOf(name: string, text: string, keys: readonly string[]): IamResourceType {
  const mark = text.lastIndexOf(' #');
  const arns = (mark < 0 ? text : text.slice(0, mark)).split(', ');
  return { name, arn: arns[0]!, arns, keys: mark < 0 ? [] : numbered(text.slice(mark + 2), keys) };
}

function numbered(list: string, names: readonly string[]): readonly string[] {
  return list === '' ? [] : list.split(',').map((number) => names[Number(number)]!);
}
