/** Puts templates of any size together from components, in YAML or JSON. */
import { groups } from './blocks/network.ts';
import { key } from './blocks/storage.ts';
import { Component, type Block } from './component.ts';
import { purposeOf } from './detail.ts';
import { COMMENT, ImportValue, isComment, Join, Ref, Sub, type Body, type Value } from './template-value.ts';
import { writeJson } from './write-json.ts';
import { writeYaml } from './write-yaml.ts';

/** Every component has these first, because the others refer to them. */
const BASE: readonly Block[] = [key, groups];

/** CloudFormation's limit for a template. */
const MOST_RESOURCES = 500;

interface Sections {
  readonly Parameters: Record<string, Value>;
  readonly Mappings: Record<string, Value>;
  readonly Conditions: Record<string, Value>;
  readonly Resources: Record<string, Value>;
  readonly Outputs: Record<string, Value>;
}

export type Syntax = 'yaml' | 'json';

export interface TemplateOptions {
  readonly seed?: number;
  /** How much each resource says; see {@link Component}. */
  readonly detail?: number;
  /** The most resources; without it CloudFormation's limit. */
  readonly mostResources?: number;
}

/** What templates of a format have. */
export interface Kind {
  /** What comes before the parameters. */
  readonly head: Body;
  /** The resources of each component besides those that every component has. */
  readonly blocks: readonly Block[];
  /** The block that all others of a component need. */
  readonly first?: Block;
  /** Whether its templates are short: with few Regions, and nothing that is only there for others. */
  readonly isSmall?: boolean;
}

const WRITERS: Readonly<Record<Syntax, (value: Value) => string>> = { yaml: writeYaml, json: writeJson };

/** The least that a component needs: what comes before its resources and after them. */
const ROOM = 6_000;

/** A template of at most so many characters, and not much less. */
export function assemble(
  kind: Kind,
  size: number,
  syntax: Syntax,
  { seed = 1, detail = 1, mostResources = MOST_RESOURCES }: TemplateOptions = {},
): string {
  const sections: Sections = { Parameters: {}, Mappings: {}, Conditions: {}, Resources: {}, Outputs: {} };
  let length = WRITERS[syntax](whole(kind, sections)).length;
  let count = 0;
  const fits = (members: Body): boolean =>
    length + lengthOf(members, syntax) <= size && count + countOf(members) <= mostResources;
  const add = (section: keyof Sections, members: Body): void => {
    Object.assign(sections[section], members);
    length += lengthOf(members, syntax);
    if (section === 'Resources') count += countOf(members);
  };
  for (let index = 0; index === 0 || (length < size - ROOM && count < mostResources - 8); index++) {
    const component = new Component(index, seed, { detail, regions: kind.isSmall ? 2 : 7 });
    add('Parameters', component.parameters());
    add('Mappings', component.mapping());
    add('Conditions', component.conditions());
    for (const block of [...(kind.isSmall ? [key] : BASE), ...(kind.first ? [kind.first] : [])])
      add('Resources', described(block(component), component));
    add('Outputs', outputs(component, kind));
    const empty = length;
    for (const block of blocksOf(kind, component, index)) {
      const resources = described(block(component), component);
      if (fits(resources)) add('Resources', resources);
    }
    if (length === empty) break;
  }
  return WRITERS[syntax](whole(kind, sections));
}

function countOf(resources: Body): number {
  return Object.keys(resources).filter((key) => !isComment(key)).length;
}

/** The length of members of a section. */
function lengthOf(members: Body, syntax: Syntax): number {
  if (syntax === 'yaml') return writeYaml(members, 2).length;
  return writeJson({ section: members }).length - writeJson({ section: {} }).length;
}

/** The first component has the blocks in the order of their list, so that short templates have the most usual ones. */
function blocksOf({ blocks }: Kind, { random }: Component, index: number): readonly Block[] {
  return index === 0 ? blocks : random.shuffled(blocks);
}

/** Resources of a topic with a comment, and in detailed templates each with what it is for. */
function described(resources: Body, component: Component): Body {
  const { name, random, detail } = component;
  const first = Object.keys(resources)[0]!;
  const comment = `${random.pick(['The', 'Part of the'])} ${name.toLowerCase()} workload: ${first}`;
  if (detail === 1) return { [COMMENT + first]: comment, ...resources };
  const documented = Object.entries(resources).map(([id, resource]): readonly [string, Value] => {
    const { Type, ...rest } = resource as Body;
    return [id, { Type: Type!, Metadata: documentation(id, component), ...rest }];
  });
  return { [COMMENT + first]: comment, ...Object.fromEntries(documented) };
}

function documentation(id: string, { name, random, detail }: Component): Value {
  return {
    Purpose: purposeOf(id, name.toLowerCase(), detail, random),
    ReviewedBy: random.pick(['platform', 'security', 'operations']),
    ReviewedOn: `2026-${String(random.int(10, 12))}-${String(random.int(10, 28))}`,
    RunBook: `https://docs.example.com/${name.toLowerCase()}/${id.toLowerCase()}`,
  };
}

function outputs({ name }: Component, { isSmall = false }: Kind): Body {
  return {
    [`${name}KeyArn`]: {
      Description: `The key of ${name.toLowerCase()}`,
      Value: { 'Fn::GetAtt': [`${name}Key`, 'Arn'] },
      Export: { Name: Sub(`\${AWS::StackName}-${name}KeyArn`) },
    },
    ...(isSmall
      ? {}
      : {
          [`${name}Group`]: {
            Value: Ref(`${name}AppGroup`),
            Export: { Name: Join('-', [Ref('AWS::StackName'), `${name}Group`]) },
          },
        }),
    [`${name}Shared`]: { Value: ImportValue(Sub('${AWS::Region}-shared-network')) },
  };
}

function whole({ head }: Kind, sections: Sections): Value {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    ...head,
    Metadata: {
      'AWS::CloudFormation::Interface': {
        ParameterGroups: [{ Label: { default: 'General' }, Parameters: Object.keys(sections.Parameters) }],
      },
    },
    ...(sections as unknown as Body),
  };
}
