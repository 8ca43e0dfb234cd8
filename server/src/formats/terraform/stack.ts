import { flatMap } from '../../base/flat-map.ts';
import { groupedBy } from '../../base/groups.ts';
import { bothTruths } from '../../base/guard.ts';
import { memoizeName, numbering } from '../../base/memoize.ts';
import { once } from '../../base/once.ts';
import { note } from '../../base/reads.ts';
import { isolated } from '../../base/isolation.ts';
import { endsStep, finished } from '../../base/steps.ts';
import { ownEntry } from '../../base/table.ts';
import type { ContentFacts } from '../../model/content.ts';
import { leaves } from '../../model/navigate.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import {
  addressQuestion,
  asking,
  askingIfNoted,
  PARAMETERS_QUESTION,
  POLICIES_QUESTION,
  RESOURCES_QUESTION,
  SOURCES_QUESTION,
} from '../../model/question.ts';
import type { Format } from '../../model/format.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Stack, StatedAccount } from '../../model/resource.ts';
import type { Address } from '../../model/value.ts';
import type { Uri } from '../../base/span.ts';
import type { CarriersByType } from '../policy-locations.ts';
import { relatedTypesAmong, Relations } from '../relations/relations.ts';
import type { LinksOf } from '../relations/service-links.ts';
import { accountSettings } from './account.ts';
import { blocksFrom, type FromBlocks } from './blocks-from.ts';
import { candidatesFor, type CompanionIndex } from './candidates.ts';
import { configurationContent } from './content.ts';
import { nameOfSource } from './content-blocks.ts';
import { itemsOfSource } from './canonical.ts';
import { nativeAt } from './native-at.ts';
import { belongsTo, withoutOwnKey, type Joined } from './joins.ts';
import { ASSOCIATION, implicitAssociations, OF_SUBNET } from './main-route-tables.ts';
import type { Discriminator, Mapping, Roles, TypeMapping } from './mapping.ts';
import { rolesOf, mergedTypes } from './mapping.ts';
import type { NativeResource, NativeStack } from './native.ts';
import { TerraformResource, type TerraformParts } from './resource.ts';
import { policiesOf } from './unused-policies.ts';

export interface TerraformStackOptions {
  readonly format: Format;
  readonly documents: readonly Uri[];
  readonly mappings: readonly Mapping[];
  readonly carriers: CarriersByType;
  readonly linksOf: LinksOf;
  readonly stated?: StatedAccount;
}

/** The native resources of a directory or plan as canonical ones, with companions joined to their owners. */
export function terraformStack(native: NativeStack, options: TerraformStackOptions): Stack {
  return finished(makingTerraformStack(native, options));
}

/** The number of native resources of a step: companions are found by their values. */
const RESOURCES_OF_STEP = 8;

/** Does `terraformStack` in steps. */
export function* makingTerraformStack(
  native: NativeStack,
  options: TerraformStackOptions,
): Generator<void, Stack, undefined> {
  const mapping = mergedTypes(options.mappings);
  const byType = groupedBy(native.resources, ({ type }) => type);
  const { format, linksOf } = options;
  const resources: TerraformResource[] = [];
  let relations: Relations | undefined;
  let facts: ContentFacts | undefined;
  const factsNow = (): ContentFacts | undefined => facts;
  // A version that does not share the variables of the last one evaluates all blocks again.
  const kept: TerraformParts['kept'] = (what, name, compute) =>
    facts ? facts.of(`${what} with ${String(native.variables)}`, name, compute, () => true) : compute();
  let byBody: ReturnType<typeof byBlock> | undefined;
  const addresses = new Set(native.resources.map((resource) => resource.family));
  const { completable = new Set<Address>() } = native;
  const isCompletable = ({ address, family }: { readonly address: Address; readonly family: Address }): boolean =>
    completable.size > 0 && [address, withoutOwnKey(address), family].some((one) => completable.has(one));
  const { provider, readings } = native;
  const alike: TerraformParts['alike'] = (resource) =>
    (byBody ??= byBlock(resources)).get(resource.made.native.place?.body) ?? [];
  const sourceOf: TerraformParts['sourceOf'] = (type) =>
    ownEntry(mapping.types, type)?.sources.find((source) => !source.legacy);
  const relate: TerraformParts['relate'] = (resource, kind) =>
    (relations ??= new Relations(
      resources,
      linksOf,
      (one) => !native.open && !isCompletable(one),
      factsNow,
      native.variables,
    )).related(resource, kind);
  const types = once(() => [...new Set(resources.map(({ type }) => type))]);
  const relatedTypes = memoizeName((kind: RelationKind) => relatedTypesAmong(types(), linksOf, kind));
  const freeAddress: TerraformParts['freeAddress'] = (type, name) =>
    freeName(name, (free) => addresses.has(`${type}.${free}`));
  const freeVariable: TerraformParts['freeVariable'] = (name) =>
    freeName(name, (free) => native.parameters.some((parameter) => parameter.name === free));
  const owned = new Set<NativeResource>();
  const companionIndex: CompanionIndex = new Map();
  const typesOf = new Map([...byType.keys()].map((type) => [type, rolesOf(mapping, type)]));
  const shared = { format, provider, alike, sourceOf, kept, relate, relatedTypes, freeAddress, freeVariable, readings };
  const untranslated = (one: NativeResource): TerraformResource =>
    new TerraformResource({
      ...shared,
      open: native.open,
      type: one.type,
      mapping: UNTRANSLATED,
      native: one,
      source: UNTRANSLATED.sources[0],
      joined: [],
      carriers: [],
    });
  // Nothing is known of the types of other providers.
  const isUntranslated = (type: string, { sources, companions }: Roles): boolean =>
    type.startsWith('aws_') && sources.length + companions.length === 0;
  let others: readonly TerraformResource[] | undefined;
  let count = 0;
  for (const one of native.resources) {
    if (endsStep(count++, RESOURCES_OF_STEP)) yield;
    for (const { type, source } of typesOf.get(one.type)!.sources) {
      if (!admitted(source.when, one)) continue;
      const made = ownEntry(mapping.types, type)!;
      const { joined, more } = companionsOf(made, one, byType, companionIndex);
      for (const join of joined) if (join.when.yes.satisfiable()) owned.add(join.native);
      // Properties are listed individually, because object spread for many thousands of resources dominates the time.
      const parts = {
        format,
        provider,
        alike,
        sourceOf,
        kept,
        relate,
        relatedTypes,
        freeAddress,
        freeVariable,
        readings,
        open: native.open || isCompletable(one) || more,
        type,
        mapping: made,
        native: one,
        source,
        joined,
        carriers: options.carriers.get(type) ?? [],
      };
      if (!source.fan && source.each === undefined) resources.push(new TerraformResource(parts));
      else for (const item of itemsOfSource(source, one)) resources.push(new TerraformResource({ item, ...parts }));
    }
  }
  const association = mapping.types[ASSOCIATION];
  if (association) {
    const named = (subnet: NativeResource) =>
      companionsOf({ sources: [], companions: [OF_SUBNET] }, subnet, byType, companionIndex).joined;
    const isOpen = (subnet: NativeResource): boolean => native.open || isCompletable(subnet);
    for (const implicit of yield* implicitAssociations(byType, named, isOpen)) {
      resources.push(
        new TerraformResource({
          ...shared,
          ...implicit,
          open: native.open,
          type: ASSOCIATION,
          mapping: association,
          source: association.sources[0],
          joined: [],
          carriers: [],
        }),
      );
    }
  }
  for (const one of native.resources) {
    for (const { type, companion } of typesOf.get(one.type)!.companions) {
      if (owned.has(one) || companion.external === false || !admitted(companion.when, one)) continue;
      // Its owner was not read, but its properties are known.
      resources.push(
        new TerraformResource({
          format,
          provider,
          alike,
          sourceOf,
          kept,
          relate,
          relatedTypes,
          freeAddress,
          freeVariable,
          readings,
          open: native.open || isCompletable(one),
          type,
          mapping: ownEntry(mapping.types, type)!,
          native: one,
          source: undefined,
          carriers: options.carriers.get(type) ?? [],
          joined: [{ companion, native: one, when: one.when }],
        }),
      );
    }
  }
  nameUniquely(resources);
  // A native resource that represents several resources has the address of the first of them.
  const byAddress = new Map(resources.toReversed().map((resource) => [resource.address, resource]));
  for (const resource of resources) if (!byAddress.has(resource.family)) byAddress.set(resource.family, resource);
  let policies: PolicyDocument[] | undefined;
  /** The policies that were asked for last: a hover asks for those of its block several times. */
  let policiesLately: { readonly blocks: string; readonly policies: readonly PolicyDocument[] } | undefined;
  const policiesOfBlocks = ({ blocks, isFrom }: FromBlocks): readonly PolicyDocument[] => {
    const isNativeFrom = ({ part, type, name }: NativeResource): boolean =>
      isFrom(part.doc, 'resource', `${type}.${name}`);
    const found = [
      ...policiesOfEach(
        resources.filter(
          ({ made }) => isNativeFrom(made.native) || made.joined.some((one) => isNativeFrom(one.native)),
        ),
      ),
      ...policiesOf(
        unused().filter(({ part }) => isFrom(part.doc, 'data', nameOfSource(part))),
        services(),
      ),
    ];
    policiesLately = { blocks, policies: found };
    return found;
  };
  const services = once(() => servicesWithPolicies(options.carriers));
  const unused = once(() => native.unusedDocuments?.() ?? []);
  const account = accountSettings(native.resources);
  return {
    format,
    documents: options.documents,
    get resources() {
      return asking(RESOURCES_QUESTION, resources);
    },
    closed: !native.open,
    get others() {
      return (others ??= native.resources
        .filter(({ type }) => isUntranslated(type, typesOf.get(type)!))
        .map(untranslated));
    },
    get policies() {
      note(POLICIES_QUESTION);
      return (policies ??= [...policiesOfEach(resources), ...policiesOf(unused(), services())]);
    },
    policiesFrom: (doc, range) => {
      const from = native.configuration && blocksFrom(native.configuration, doc, range);
      return from && (policiesLately?.blocks === from.blocks ? policiesLately.policies : policiesOfBlocks(from));
    },
    get parameters() {
      return asking(PARAMETERS_QUESTION, native.parameters);
    },
    get sources() {
      return native.sources && asking(SOURCES_QUESTION, native.sources);
    },
    account,
    ...(native.accounts ? { providerAccounts: native.accounts } : {}),
    ...(options.stated ? { stated: options.stated } : {}),
    byAddress: (address) => askingIfNoted(() => addressQuestion(address), byAddress.get(address)),
    remember: (known) => {
      facts = known;
    },
    facts: factsNow,
    content: (before) =>
      configurationContent(
        { native, resources, account, documents: options.documents, types: Object.keys(mapping.types) },
        before,
      ),
    ...(native.expressionAt ? { expressionAt: (doc, offset) => native.expressionAt!(doc, offset) } : {}),
  };
}

function policiesOfEach(resources: readonly TerraformResource[]): readonly PolicyDocument[] {
  return flatMap(resources, (resource) =>
    isolated(
      () => resource.self.origin.use,
      () => resource.policies().documents,
      () => [],
    ),
  );
}

/** The mapping of a type that has none: nothing is known of its properties. */
const UNTRANSLATED: TypeMapping = { sources: [{ types: [], properties: {}, attributes: {} }] };

/** Names the resources that have the address of an earlier one. */
function nameUniquely(resources: readonly TerraformResource[]): void {
  const times = new Map<Address, number>();
  for (const resource of resources) {
    const before = times.get(resource.address) ?? 0;
    if (before > 0) resource.uniqueName = `${resource.address} ${before}`;
    times.set(resource.address, before + 1);
  }
}

/** A name with a number behind it, if it is taken. */
function freeName(name: string, isTaken: (name: string) => boolean): string {
  let free = name;
  for (let n = 2; isTaken(free); n++) free = `${name}_${n}`;
  return free;
}

/** The resources from each block. */
function byBlock(resources: readonly TerraformResource[]): ReadonlyMap<unknown, readonly TerraformResource[]> {
  return groupedBy(resources, ({ made }): unknown => made.native.place?.body);
}

/** The services whose resources can have policies. */
function servicesWithPolicies(carriers: CarriersByType): ReadonlySet<string> {
  return new Set(flatMap([...carriers.values()], (all) => flatMap(all, ({ service }) => service ?? [])));
}

/** The companions of an owner, and whether the candidate limit was reached. */
function companionsOf(
  mapping: TypeMapping,
  owner: NativeResource,
  byType: ReadonlyMap<string, readonly NativeResource[]>,
  index: CompanionIndex,
): { readonly joined: readonly Joined[]; readonly more: boolean } {
  const joined: Joined[] = [];
  let open = false;
  for (const companion of mapping.companions ?? []) {
    const { natives, more } = candidatesFor(companion, owner, byType, index);
    open ||= more;
    for (const native of natives) {
      if (native === owner || !admitted(companion.when, native)) continue;
      const when = bothTruths(native.when, belongsTo(companion.join, native, owner));
      if (!when.no.isAlways()) joined.push({ companion, native, when });
    }
  }
  return { joined, more: open };
}

/** Whether a native resource satisfies a discriminator in some scenario. */
function admitted(when: Discriminator | undefined, native: NativeResource): boolean {
  if (!when) return true;
  const admits = (): { readonly is: boolean } => ({ is: isAdmitted(when, native) });
  return (native.facts?.of(`admitted by ${numberOf(when)}`, admits) ?? admits()).is;
}

const numberOf = numbering<Discriminator>();

function isAdmitted(when: Discriminator, native: NativeResource): boolean {
  if (when.has !== undefined) {
    return leaves(nativeAt(native.body, when.has)).some(
      ({ value }) => !(value.state === 'absent' && !value.open) && !(value.state === 'known' && value.value === null),
    );
  }
  const value = nativeAt(native.body, when.attribute!);
  return leaves(value).some(({ value: leaf }) => leaf.state === 'known' && when.is!.includes(leaf.raw));
}
