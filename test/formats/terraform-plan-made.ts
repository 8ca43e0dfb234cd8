/** Plans in memory, in the form of `terraform show -json`. */
import type { Files } from './terraform-stack.ts';

export type Body = Readonly<Record<string, unknown>>;

export interface Change {
  readonly after?: unknown;
  readonly unknown?: unknown;
  readonly sensitive?: unknown;
  readonly actions?: readonly string[];
  /** Further members beside `change`. */
  readonly more?: Body;
}

/** A member of `resource_changes`; the type and name are read from the address. */
export function change(
  address: string,
  { after = {}, unknown = {}, sensitive = {}, actions = ['create'], more = {} }: Change = {},
): Body {
  const [, data, type, name] = /(data\.)?\b([a-z]+_[a-z0-9_]+)\.(\w+)(?:\[.*\])?$/.exec(address)!;
  return {
    address,
    mode: data ? 'data' : 'managed',
    type,
    name,
    change: { actions, before: null, after, after_unknown: unknown, after_sensitive: sensitive },
    ...more,
  };
}

/** A member of `resources` in a module of the configuration. */
export function configured(address: string, expressions: Body, more: Body = {}): Body {
  return { address, mode: address.startsWith('data.') ? 'data' : 'managed', expressions, ...more };
}

export function plan(changes: readonly Body[], module: Body = {}, more: Body = {}): Files {
  return {
    'plan.json': {
      format_version: '1.2',
      terraform_version: '1.14.0',
      resource_changes: changes,
      configuration: { root_module: module },
      ...more,
    },
  };
}

export const V = 'aws_ebs_volume.v';

/** The plan of one volume. */
export function volume(of: Change, expressions: Body = {}): Files {
  return plan([change(V, of)], { resources: [configured(V, expressions)] });
}

/** A plan that has nothing but the outcomes. */
export function outcomes(values: Body, version = '0.1'): Files {
  const resource = { address: V, mode: 'managed', type: 'aws_ebs_volume', name: 'v', values };
  const inner = { ...resource, address: `module.m.${V}` };
  return {
    'plan.json': {
      format_version: version,
      planned_values: {
        root_module: { resources: [resource], child_modules: [{ address: 'module.m', resources: [inner] }] },
      },
    },
  };
}
