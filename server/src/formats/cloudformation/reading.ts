/** The reading of one template, as a root or a nested stack. */
import { bothTruths, type Truth } from '../../base/guard.ts';
import { choice, memberAt } from '../../model/navigate.ts';
import { endsStep, finished } from '../../base/steps.ts';
import type { Format } from '../../model/format.ts';
import type { Resource, StatedAccount } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { resolved, valueOf, type Tree } from '../../syntax/tree.ts';
import type { PolicyCarrier } from '../policy-document.ts';
import type { CarriersByType } from '../policy-locations.ts';
import type { LinksOf } from '../relations/service-links.ts';
import { resourceAttribute } from './attributes.ts';
import { mergedPair } from './call.ts';
import { isMadeByCdk } from './cdk.ts';
import { comparedWithin } from './compared-within.ts';
import { deployable } from './deployable.ts';
import { Template } from './evaluate.ts';
import type { TemplateInputs } from './inputs.ts';
import { hasMacros } from './macros.ts';
import { isStackType } from './nested.ts';
import { isOrgFormation } from './org-formation.ts';
import { refsWithin } from './refs-of.ts';
import { CloudFormationResource, type ResourceParts } from './resource.ts';
import type { Dependencies, Transformation } from './transformation.ts';
import {
  hasCondition,
  unchangedResource,
  isMadeByMacro,
  readResource,
  type GeneratedResource,
  type WrittenResource,
} from './written-resource.ts';

/** The input of a template. */
export interface TemplateSource {
  readonly tree: Tree;
  readonly format: Format;
  readonly carriers: CarriersByType;
  /** Of a root, also for the types of the templates within it. */
  readonly linksOf: LinksOf;
  /** Whether it is generated, so that it should not be edited. */
  readonly generated: boolean;
  readonly transformation?: Transformation;
  readonly inputs?: TemplateInputs;
  /** Of a root. */
  readonly stated?: StatedAccount;
  /** The templates of nested stacks by logical ID, if they were read. */
  readonly nested?: ReadonlyMap<string, TemplateSource>;
}

/** The context of a template. */
export interface TemplateContext {
  /** The prefix of its logical IDs in addresses. */
  readonly prefix: string;
  /** The scenarios in which the stack exists. */
  readonly when: Truth;
  readonly inputs?: TemplateInputs;
  /** The value that the parent stack passes for a parameter; absent if it passes none. */
  passed?(parameter: string): Value;
  /** The parent template. */
  readonly template?: Template;
}

const NOTHING = {};
const NO_CARRIERS: readonly PolicyCarrier[] = [];

export class TemplateReading {
  readonly source: TemplateSource;
  readonly template: Template;
  readonly #relate: ResourceParts['relate'];
  readonly #prefix: string;
  #within!: Truth;
  #isMadeByCdk!: boolean;
  #section!: ReturnType<Template['section']>;
  #written!: readonly WrittenResource[];
  #resources: readonly Resource[] | undefined;
  #closed: boolean | undefined;
  /** The dependencies of resources that are not generated from one resource. */
  readonly dependencies = new Map<Resource, Dependencies>();
  readonly #names = new Map<string, number>();
  readonly #nested = new Map<string, TemplateReading | undefined>();

  private constructor(
    source: TemplateSource,
    relate: ResourceParts['relate'],
    { prefix, inputs, passed, template: around }: TemplateContext,
  ) {
    const { tree, transformation } = source;
    this.source = source;
    this.#relate = relate;
    this.#prefix = prefix;
    this.template = new Template(tree, {
      prefix,
      made: (name) => transformation?.addressOf(name),
      output: (stack, output) => this.#nestedIn(stack)?.output(output),
      ...(inputs ? { inputs } : {}),
      ...(passed ? { passed } : {}),
      ...(around ? { around } : { compared: comparedWithin(source) }),
    });
  }

  /** Reads a template in steps, up to which resources are written in it. */
  static *starting(
    source: TemplateSource,
    relate: ResourceParts['relate'],
    context: TemplateContext,
  ): Generator<void, TemplateReading, undefined> {
    const reading = new TemplateReading(source, relate, context);
    yield* reading.#starting(context);
    return reading;
  }

  *#starting({ when, inputs }: TemplateContext): Generator<void, void, undefined> {
    const { template } = this;
    yield* template.readingParameters();
    this.#within = bothTruths(when, deployable(template, inputs?.scenario));
    this.#isMadeByCdk = isMadeByCdk(template.root);
    this.#section = template.section('Resources');
    const written: WrittenResource[] = [];
    for (const [index, pair] of this.#section.pairs.entries()) {
      if (endsStep(index)) yield;
      if (hasCondition(pair)) yield* template.conditions.deciding();
      const one = readResource(pair, this.#within, this.#isMadeByCdk);
      if (one) written.push(one);
    }
    this.#written = written;
  }

  /** The scenarios in which any part of it exists. */
  get within(): Truth {
    return this.#within;
  }

  /** Whether the AWS CDK generated it. */
  get isMadeByCdk(): boolean {
    return this.#isMadeByCdk;
  }

  get resources(): readonly Resource[] {
    return (this.#resources ??= finished(this.#making()));
  }

  /** Makes `resources` in steps. */
  *making(): Generator<void, void, undefined> {
    this.#resources ??= yield* this.#making();
  }

  *#making(): Generator<void, readonly Resource[], undefined> {
    const { template } = this;
    const { transformation } = this.source;
    const resources: Resource[] = [];
    // References are resolved by these names: the first one would find them all at once.
    if (transformation) yield* transformation.naming();
    for (const [index, one] of this.#written.entries()) {
      if (endsStep(index)) yield;
      for (const made of transformation?.madeOf(template, one) ?? [
        unchangedResource(one, transformation?.touched(one.name) ?? []),
      ])
        resources.push(this.#resource(made, one));
    }
    for (const made of transformation?.madeBeside(template) ?? []) resources.push(this.#resource(made));
    return resources;
  }

  /**
   * Whether the resources are complete. Resources of modules, of macros and of other templates of an organization are
   * unknown. The hook for blue/green deployments only creates copies of resources in the template when they are
   * replaced:
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/about-blue-green-deployments.html
   */
  get closed(): boolean {
    return (this.#closed ??= this.#isClosed());
  }

  #isClosed(): boolean {
    const { template } = this;
    const { transformation } = this.source;
    return (
      !hasMacros(template.root) &&
      !isOrgFormation(template.root) &&
      template.modules.size === 0 &&
      !transformation?.open &&
      !this.#section.open &&
      // The SAM transform generates further, unknown resources from the resources of a loop.
      !this.#written.some((one) => one.template !== template && one.type.startsWith('AWS::Serverless::')) &&
      !this.#written.some((one) => this.#mayUse(one))
    );
  }

  /** This template and all nested stacks. */
  *all(): Iterable<TemplateReading> {
    yield this;
    for (const { name } of this.#written) {
      const nested = this.#nestedIn(name);
      if (nested) yield* nested.all();
    }
  }

  /** The value of an output; undefined if there is no such output. */
  output(name: string): Value | undefined {
    const output = this.template.section('Outputs').pairs.find((pair) => pair.name === name);
    const body = output && resolved(output.pair.value);
    const node = mergedPair(body, 'Value')?.pair.value;
    if (!output || !node) return undefined;
    const { template } = output;
    const value = template.evaluate(node);
    const condition = template.text(resolved(mergedPair(body, 'Condition')?.pair.value));
    // Scenarios without the output have no references to it, so they do not belong to its value.
    return condition === undefined
      ? value
      : choice(value.origin, [{ guard: template.conditions.named(condition).yes, value }]);
  }

  /** `written` is the resource that it is generated from. */
  #resource(
    made: Omit<GeneratedResource, 'words'> & Partial<Pick<GeneratedResource, 'words'>>,
    written?: WrittenResource,
  ): Resource {
    const { source } = this;
    // Additional resources of a transform have unknown attributes.
    const own = written && made.family === written.name ? written : undefined;
    const uniqueName = made.family === made.address ? this.#repeatedName(made) : this.#uniqueName(made);
    const resource = new CloudFormationResource({
      address: `${this.#prefix}${made.address}`,
      ...(uniqueName === undefined ? NOTHING : { uniqueName }),
      family: `${this.#prefix}${made.family}`,
      type: made.type,
      when: made.when,
      parts: made.parts,
      pair: made.pair,
      properties: made.properties,
      ...(made.words ? { words: made.words } : NOTHING),
      format: source.format,
      tree: source.tree,
      generated: source.generated || this.isMadeByCdk,
      internal: written?.internal ?? false,
      isInLoop: written !== undefined && written.template !== this.template,
      attribute: (name) => own && resourceAttribute(own, name),
      openAttributes: !own || isMadeByMacro(own.body),
      relate: this.#relate,
      carriers: source.carriers.get(made.type) ?? NO_CARRIERS,
    });
    if (made.dependencies) this.dependencies.set(resource, made.dependencies);
    return resource;
  }

  /** Several events of one function can generate the same resource. */
  #uniqueName({ address, family, type }: Pick<GeneratedResource, 'address' | 'family' | 'type'>): string {
    const name = `${this.#prefix}${address} ${family} ${type}`;
    const index = this.#names.get(name) ?? 0;
    this.#names.set(name, index + 1);
    return index === 0 ? name : `${name} ${index}`;
  }

  /** The unique name of a resource with the logical ID of an earlier one, as while an author copies one. */
  #repeatedName({ address }: Pick<GeneratedResource, 'address'>): string | undefined {
    const name = `${this.#prefix}${address}`;
    const index = this.#names.get(name) ?? 0;
    this.#names.set(name, index + 1);
    return index === 0 ? undefined : `${name} ${index}`;
  }

  #nestedIn(stack: string): TemplateReading | undefined {
    // Empty while it is being read: CloudFormation rejects stacks that depend on each other.
    if (this.#nested.has(stack)) return this.#nested.get(stack);
    this.#nested.set(stack, undefined);
    const source = this.source.nested?.get(stack);
    const pair = source && this.template.section('Resources').pairs.find((one) => one.name === stack);
    const written = pair && readResource(pair, this.within, this.isMadeByCdk);
    if (!source || !written) return undefined;
    const nested = finished(
      TemplateReading.starting(source, this.#relate, {
        prefix: `${this.#prefix}${stack}/`,
        when: written.when,
        template: this.template,
        ...(source.inputs ? { inputs: source.inputs } : {}),
        passed: (parameter) => memberAt(this.#properties(written), ['Parameters', parameter]),
      }),
    );
    this.#nested.set(stack, nested);
    return nested;
  }

  #properties({ body, template, part }: WrittenResource): Value {
    const properties = mergedPair(body, 'Properties')?.pair.value;
    return properties
      ? template.evaluate(properties)
      : { state: 'absent', open: false, origin: { use: part.nameAt, steps: [], edit: 'none' } };
  }

  /**
   * Whether a nested stack with an unread template receives resources of this template, to which it can add companions.
   */
  #mayUse(written: WrittenResource): boolean {
    if (!isStackType(written.type) || this.source.nested?.has(written.name)) return false;
    return (
      valueOf(written.body, 'Properties') !== undefined &&
      refsWithin(memberAt(this.#properties(written), ['Parameters'])).length > 0
    );
  }
}
