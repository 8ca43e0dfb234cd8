/** A Terraform plan of new resources: references to other resources are not known yet. */
type Body = Readonly<Record<string, unknown>>;

/** Bodies of resources by type and name, without count, modules and variables. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Body>>>>;

/** The text of a plan that creates the resources of a configuration. */
export function planOf(resources: Resources): string {
  const all = Object.entries(resources).flatMap(([type, named]) =>
    Object.entries(named).map(([name, body]) => ({ type, name, address: `${type}.${name}`, body })),
  );
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.14.0',
    resource_changes: all.map(({ body, ...rest }) => {
      const { after, unknown } = planned(body);
      return {
        ...rest,
        mode: 'managed',
        change: { actions: ['create'], before: null, after, after_unknown: unknown === undefined ? {} : unknown },
      };
    }),
    configuration: {
      root_module: {
        resources: all.map(({ body, ...rest }) => ({ ...rest, mode: 'managed', expressions: expressions(body) })),
      },
    },
  });
}

interface Planned {
  readonly after: unknown;
  /** As in `after_unknown`; undefined where everything is known. */
  readonly unknown: unknown;
}

/** A body, or a value in it. An object in a value is a block, which a plan writes as a list. */
function planned(value: unknown): Planned {
  if (typeof value === 'string')
    return referencesIn(value).length > 0 ? { after: null, unknown: true } : { after: value, unknown: undefined };
  if (Array.isArray(value)) {
    const items = value.map(planned);
    return {
      after: items.map(({ after }) => after),
      unknown: items.some(({ unknown }) => unknown !== undefined)
        ? items.map(({ unknown }) => unknown ?? false)
        : undefined,
    };
  }
  if (typeof value !== 'object' || value === null) return { after: value, unknown: undefined };
  const members = Object.entries(value).map(
    ([name, inner]) => [name, planned(isBlock(inner) ? [inner] : inner)] as const,
  );
  const hidden = members.filter(([, { unknown }]) => unknown !== undefined);
  return {
    after: Object.fromEntries(
      members.filter(([, { unknown }]) => unknown !== true).map(([name, { after }]) => [name, after]),
    ),
    unknown: hidden.length === 0 ? undefined : Object.fromEntries(hidden.map(([name, { unknown }]) => [name, unknown])),
  };
}

function expressions(body: Body): Body {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, expression(value)]));
}

function expression(value: unknown): unknown {
  if (isBlock(value)) return [expressions(value)];
  if (Array.isArray(value) && value.every(isBlock) && value.length > 0) return value.map((block) => expressions(block));
  const references = referencesIn(JSON.stringify(value));
  return references.length > 0
    ? { references: references.flatMap((reference) => [reference, reference.split('.').slice(0, 2).join('.')]) }
    : { constant_value: value };
}

function isBlock(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The references in the interpolations of a text: `aws_x.y.z`. */
function referencesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$\{([^}]*)\}/g)].flatMap(([, inner]) =>
    [...inner!.matchAll(/\baws_\w+\.\w+\.\w+/g)].map(([reference]) => reference),
  );
}
