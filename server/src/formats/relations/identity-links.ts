/** The properties that connect identities and their policies. */
import type { Connection } from '../../model/relation.ts';
import { names, type Link } from './link.ts';

const ROLE = 'AWS::IAM::Role';
const MANAGED_POLICY = 'AWS::IAM::ManagedPolicy';

/** A part of `LINKS`, which documents the source of the names. */
export const IDENTITY_LINKS = {
  'role-policies': [
    names(MANAGED_POLICY, { 'AWS::IAM::Role': ['ManagedPolicyArns[]'] }),
    names(
      ROLE,
      { 'AWS::IAM::Policy': ['Roles[]'], 'AWS::IAM::ManagedPolicy': ['Roles[]'], 'AWS::IAM::RolePolicy': ['RoleName'] },
      { reversed: true },
    ),
  ],
  'user-policies': [
    names(MANAGED_POLICY, { 'AWS::IAM::User': ['ManagedPolicyArns[]'] }),
    names(
      'AWS::IAM::User',
      { 'AWS::IAM::Policy': ['Users[]'], 'AWS::IAM::ManagedPolicy': ['Users[]'], 'AWS::IAM::UserPolicy': ['UserName'] },
      { reversed: true },
    ),
  ],
  'group-policies': [
    names(MANAGED_POLICY, { 'AWS::IAM::Group': ['ManagedPolicyArns[]'] }),
    names(
      'AWS::IAM::Group',
      {
        'AWS::IAM::Policy': ['Groups[]'],
        'AWS::IAM::ManagedPolicy': ['Groups[]'],
        'AWS::IAM::GroupPolicy': ['GroupName'],
      },
      { reversed: true },
    ),
  ],
  'permission-set-policies': [
    names(MANAGED_POLICY, { 'AWS::SSO::PermissionSet': ['CustomerManagedPolicyReferences[].Name'] }),
  ],
  'user-groups': [names('AWS::IAM::Group', { 'AWS::IAM::User': ['Groups[]'] })],
  'addition-group': [names('AWS::IAM::Group', { 'AWS::IAM::UserToGroupAddition': ['GroupName'] })],
  'addition-users': [names('AWS::IAM::User', { 'AWS::IAM::UserToGroupAddition': ['Users[]'] })],
  'permissions-boundary': [
    names(MANAGED_POLICY, {
      'AWS::IAM::Role': ['PermissionsBoundary'],
      'AWS::IAM::User': ['PermissionsBoundary'],
      'AWS::SSO::PermissionSet': ['PermissionsBoundary.CustomerManagedPolicyReference.Name'],
    }),
  ],
  'instance-profile': [
    names('AWS::IAM::InstanceProfile', {
      'AWS::AutoScaling::LaunchConfiguration': ['IamInstanceProfile'],
      'AWS::Batch::ComputeEnvironment': ['ComputeResources.InstanceRole'],
      'AWS::EC2::Instance': ['IamInstanceProfile'],
      'AWS::EC2::LaunchTemplate': [
        'LaunchTemplateData.IamInstanceProfile.Arn',
        'LaunchTemplateData.IamInstanceProfile.Name',
      ],
      'AWS::EC2::SpotFleet': ['SpotFleetRequestConfigData.LaunchSpecifications[].IamInstanceProfile.Arn'],
      'AWS::ECS::CapacityProvider': ['ManagedInstancesProvider.InstanceLaunchTemplate.Ec2InstanceProfileArn'],
      'AWS::EMR::Cluster': ['JobFlowRole'],
      'AWS::ImageBuilder::InfrastructureConfiguration': ['InstanceProfileName'],
      'AWS::OpsWorks::Layer': ['CustomInstanceProfileArn'],
      'AWS::OpsWorks::Stack': ['DefaultInstanceProfileArn'],
      'AWS::RDS::DBInstance': ['CustomIAMInstanceProfile'],
    }),
  ],
} as const satisfies Partial<Record<Connection, readonly Link[]>>;
