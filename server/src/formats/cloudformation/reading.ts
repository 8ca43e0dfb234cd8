/** The reading of one template, alone or within another one. */
import { bothTruths, type Truth } from '../../base/guard.ts';
import { choice, memberAt } from '../../model/navigate.ts';
import type { Format, Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { resolved, valueOf, type Tree } from '../../syntax/tree.ts';
import type { Carrier } from '../policy-document.ts';
import type { CarriersByType } from '../policy-locations.ts';
import { attributeOf } from './attributes.ts';
import { mergedPair } from './call.ts';
import { isMadeByCdk } from './cdk.ts';
import { comparedWithin } from './compared-within.ts';
import { deployable } from './deployable.ts';
import { Template } from './evaluate.ts';
import type { TemplateInputs } from './inputs.ts';
import { hasMacros } from './macros.ts';
import { isStackType } from './nested.ts';
import { isOrgFormation } from './org-formation.ts';
import { refsOf } from './refs-of.ts';
import { CloudFormationResource, type ResourceParts } from './resource.ts';
import type { Transformation } from './transformation.ts';
import { asWritten, isMadeByMacro, readResource, type MadeResource, type WrittenResource } from './written-resource.ts';

/** What a template is read from. */
export interface TemplateSource {
  readonly tree: Tree;
  readonly format: Format;
  readonly carriers: CarriersByType;
  /** Whether a tool made it, so that nothing in it is to be edited. */
  readonly generated: boolean;
  readonly transformation?: Transformation;
  readonly inputs?: TemplateInputs;
  /** The templates of the stacks among its resources, by logical id, as far as they were read. */
  readonly nested?: ReadonlyMap<string, TemplateSource>;
}

/** What there is around a template. */
export interface Around {
  /** What precedes its logical ids in addresses. */
  readonly prefix: string;
  /** The scenarios in which the stack exists. */
  readonly exists: Truth;
  readonly inputs?: TemplateInputs;
  /** What the template around it passes for a parameter; absent where it passes nothing. */
  passed?(parameter: string): Value;
  /** The template around it. */
  readonly template?: Template;
}

const NOTHING = {};
const NO_CARRIERS: readonly Carrier[] = [];

export class TemplateReading {
  readonly source: TemplateSource;
  readonly template: Template;
  /** The scenarios in which the anything of it exists. */
  readonly within: Truth;
  /** Whether the AWS CDK made it. */
  readonly isMadeByCdk: boolean;
  readonly resources: readonly Resource[];
  /** Whether those are all. */
  readonly closed: boolean;
  readonly #relate: ResourceParts['relate'];
  readonly #prefix: string;
  readonly #written: readonly WrittenResource[];
  readonly #nested = new Map<string, TemplateReading | undefined>();

  constructor(
    source: TemplateSource,
    relate: ResourceParts['relate'],
    { prefix, exists, inputs, passed, template: around }: Around,
  ) {
    const { tree, transformation } = source;
    this.source = source;
    this.#relate = relate;
    this.#prefix = prefix;
    const template = new Template(tree, {
      prefix,
      made: (name) => transformation?.addressOf(name),
      output: (stack, output) => this.#nestedIn(stack)?.output(output),
      ...(inputs ? { inputs } : {}),
      ...(passed ? { passed } : {}),
      ...(around ? { around } : { compared: comparedWithin(source) }),
    });
    this.template = template;
    this.within = bothTruths(exists, deployable(template, inputs?.scenario));
    this.isMadeByCdk = isMadeByCdk(template.root);
    const section = template.section('Resources');
    this.#written = section.pairs.flatMap((pair) => readResource(pair, this.within, this.isMadeByCdk) ?? []);
    this.resources = this.#written
      .flatMap((one) =>
        (transformation?.madeOf(template, one) ?? [asWritten(one, transformation?.touched(one.name) ?? [])]).map(
          (made) => this.#resource(made, one),
        ),
      )
      .concat((transformation?.madeBeside(template) ?? []).map((made) => this.#resource(made)));
    // What a module or a macro makes is not seen, nor the other templates of an organization. The hook for blue/green
    // deployments makes nothing but copies of what is here, when that is replaced:
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/about-blue-green-deployments.html
    this.closed =
      !hasMacros(template.root) &&
      !isOrgFormation(template.root) &&
      template.modules.size === 0 &&
      !transformation?.open &&
      !section.open &&
      // Of what a loop makes the transform of SAM makes more, which is not seen.
      !this.#written.some((one) => one.template !== template && one.type.startsWith('AWS::Serverless::')) &&
      !this.#written.some((one) => this.#mayUse(one));
  }

  /** This template and all within it. */
  *all(): Iterable<TemplateReading> {
    yield this;
    for (const { name } of this.#written) {
      const nested = this.#nestedIn(name);
      if (nested) yield* nested.all();
    }
  }

  /** What an output gives; undefined if there is no such output. */
  output(name: string): Value | undefined {
    const output = this.template.section('Outputs').pairs.find((pair) => pair.name === name);
    const body = output && resolved(output.pair.value);
    const node = mergedPair(body, 'Value')?.pair.value;
    if (!output || !node) return undefined;
    const { template } = output;
    const value = template.evaluate(node);
    const condition = template.text(resolved(mergedPair(body, 'Condition')?.pair.value));
    // Without the output there are no references to it, so these scenarios do not belong to its value.
    return condition === undefined
      ? value
      : choice(value.origin, [{ guard: template.conditions.named(condition).yes, value }]);
  }

  /** `written` is the resource for which it is made. */
  #resource(
    made: Omit<MadeResource, 'words'> & Partial<Pick<MadeResource, 'words'>>,
    written?: WrittenResource,
  ): Resource {
    const { source } = this;
    // What a transform makes beside a resource has attributes that are not known.
    const own = written && made.family === written.name ? written : undefined;
    return new CloudFormationResource({
      address: `${this.#prefix}${made.address}`,
      family: `${this.#prefix}${made.family}`,
      type: made.type,
      exists: made.exists,
      parts: made.parts,
      pair: made.pair,
      properties: made.properties,
      ...(made.words ? { words: made.words } : NOTHING),
      format: source.format,
      tree: source.tree,
      generated: source.generated || this.isMadeByCdk,
      internal: written?.internal ?? false,
      looped: written !== undefined && written.template !== this.template,
      attribute: (name) => own && attributeOf(own, name),
      openAttributes: !own || isMadeByMacro(own.body),
      relate: this.#relate,
      carriers: source.carriers.get(made.type) ?? NO_CARRIERS,
    });
  }

  #nestedIn(stack: string): TemplateReading | undefined {
    // While it is being read there is nothing in it yet: stacks that need each other are refused by CloudFormation.
    if (this.#nested.has(stack)) return this.#nested.get(stack);
    this.#nested.set(stack, undefined);
    const source = this.source.nested?.get(stack);
    const pair = source && this.template.section('Resources').pairs.find((one) => one.name === stack);
    const written = pair && readResource(pair, this.within, this.isMadeByCdk);
    if (!source || !written) return undefined;
    const nested = new TemplateReading(source, this.#relate, {
      prefix: `${this.#prefix}${stack}/`,
      exists: written.exists,
      template: this.template,
      ...(source.inputs ? { inputs: source.inputs } : {}),
      passed: (parameter) => memberAt(this.#properties(written), ['Parameters', parameter]),
    });
    this.#nested.set(stack, nested);
    return nested;
  }

  #properties({ body, template, part }: WrittenResource): Value {
    const properties = mergedPair(body, 'Properties')?.pair.value;
    return properties
      ? template.evaluate(properties)
      : { state: 'absent', open: false, origin: { use: part.nameAt, steps: [], edit: 'none' } };
  }

  /** Whether a stack whose template is not seen is told of resources here, to which it may add something. */
  #mayUse(written: WrittenResource): boolean {
    if (!isStackType(written.type) || this.source.nested?.has(written.name)) return false;
    return (
      valueOf(written.body, 'Properties') !== undefined &&
      refsOf(memberAt(this.#properties(written), ['Parameters'])).length > 0
    );
  }
}
