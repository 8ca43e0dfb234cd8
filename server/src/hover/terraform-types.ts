/** What the types are that only Terraform has, or that no mapping leads to a type of CloudFormation. */
import { ownEntry } from '../base/table.ts';
import { kindOf, serviceOf, type ResourceKind, type ServiceOwnership } from './ownership.ts';

/** A type without a counterpart in CloudFormation. */
interface TerraformType {
  /** The file of its service in `schemas/ownership/`, which its name does not always have: `ec2` for `aws_ami`. */
  readonly service: string;
  readonly kind: ResourceKind;
  /** What a resource of the type is called, if its name does not say it: `AMI`. */
  readonly noun?: string;
}

/**
 * `schemas/terraform-types`: each type with its service and kind, or with the type of CloudFormation for the same
 * resource.
 */
export interface TerraformTypes {
  readonly types: Readonly<Record<string, string | TerraformType>>;
}

/** Where the facts about a type are. */
export interface TypeFacts {
  /** The type that the facts are about: the counterpart of a type of Terraform, or the type itself. */
  readonly type: string;
  readonly ownership: ServiceOwnership | null | undefined;
  readonly kind: ResourceKind;
  readonly noun?: string;
}

type DataOf = (name: string) => unknown;

/** Whether a type of Terraform is known, though no mapping has it. */
export function isTerraformType(type: string, data: DataOf): boolean {
  return entryOf(type, data) !== undefined;
}

/** The known types of Terraform that no mapping has. */
export function terraformTypes(data: DataOf): readonly string[] {
  return Object.keys(tableOf(data)?.types ?? {});
}

/** Where the facts about a type are, which for a type of Terraform can be those about a type of CloudFormation. */
export function factsAbout(type: string, data: DataOf): TypeFacts {
  const entry = entryOf(type, data);
  if (entry === undefined || typeof entry === 'string') {
    const facts = entry ?? type;
    const ownership = ownershipIn(serviceOf(facts), data);
    const isUnknown = facts.startsWith('aws_') && !ownEntry(ownership?.types, facts);
    return { type: facts, ownership, kind: isUnknown ? 'unknown' : kindOf(facts, ownership?.service) };
  }
  const { service, ...rest } = entry;
  return { type, ownership: ownershipIn(service, data), ...rest };
}

function ownershipIn(service: string, data: DataOf): ServiceOwnership | null | undefined {
  return data(`ownership/${service}`) as ServiceOwnership | null | undefined;
}

function entryOf(type: string, data: DataOf): string | TerraformType | undefined {
  return type.startsWith('aws_') ? ownEntry(tableOf(data)?.types, type) : undefined;
}

function tableOf(data: DataOf): TerraformTypes | null | undefined {
  return data('terraform-types') as TerraformTypes | null | undefined;
}
