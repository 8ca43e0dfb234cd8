import type { Fix } from '../../model/edit.ts';
import { all, is, isAbsent, not, NO, isPresent, UNKNOWABLE } from '../../model/judgement.ts';
import { oneOfIgnoringCase } from '../../model/predicate.ts';
import type { Resource } from '../../model/resource.ts';
import { NOT_SET } from '../../model/shown.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'ec2-imdsv2-required',
  on: 'resource',
  reads: {
    'AWS::EC2::Instance': ['MetadataOptions.HttpTokens', 'MetadataOptions.HttpEndpoint', 'LaunchTemplate'],
    'AWS::EC2::LaunchTemplate': ['LaunchTemplateData.MetadataOptions.HttpTokens', 'LaunchTemplateData.MetadataOptions.HttpEndpoint'],
    'AWS::AutoScaling::LaunchConfiguration': ['MetadataOptions.HttpTokens', 'MetadataOptions.HttpEndpoint'],
  },
  topic: 'identity', severity: 'high', profile: 'recommended', since: '0.1', judged: '2026-11-24',
  title: 'EC2 instance answers metadata requests only with a token (IMDSv2)',
  why: 'Version 1 of the metadata service hands the credentials of the instance role to any simple request, so a flaw that makes a server fetch an address of the attacker\'s choice gives the role away. Version 2 asks for a token first, which such flaws hardly ever can get.',
  remedy: 'Set HttpTokens to required. Software on the instance has to use version 2, as the AWS SDKs have done for years; the metric MetadataNoToken shows what still uses version 1.',
  sources: [
    { url: 'https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ec2/aws.sdk.kotlin.services.ec2.model/-instance-metadata-options-request/http-tokens.html', claim: 'optional allows version 1, required does not. What is not stated follows from the default of the account and from ImdsSupport of the image.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ec2/aws.sdk.kotlin.services.ec2.model/-launch-template-instance-metadata-options-request/http-tokens.html', claim: 'The same of a launch template: without a value, required where the image says v2.0.', seen: '2026-11-24' },
    { url: 'https://aws.amazon.com/about-aws/whats-new/2024/03/set-imdsv2-default-new-instance-launches', claim: 'An account can make version 2 the default of new instances, region by region; options that are stated at launch override it.', seen: '2026-11-24' },
    { url: 'https://noise.getoto.net/2023/11/06/amazon-ec2-instance-metadata-service-imdsv2-by-default/', claim: 'Amazon Linux 2023 requires version 2; instance types that are new since mid-2024 were to use version 2 only.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/config/latest/developerguide/ec2-imdsv2-check.html', claim: 'ec2-imdsv2-check: an instance whose HttpTokens is optional does not comply.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/en_us/config/latest/developerguide/ec2-launch-template-imdsv2-check.html', claim: 'ec2-launch-template-imdsv2-check: a launch template whose default version does not ask for version 2 does not comply.', seen: '2026-11-24' },
    { url: 'https://www.emnode.com/learn/control/autoscaling-3/', claim: 'AutoScaling.3 fails when a launch configuration does not set HttpTokens to required; EC2.8 says so of instances.', seen: '2026-11-24' },
  ],
  aliases: { checkov: ['CKV_AWS_79'], trivy: ['AWS-0028', 'AWS-0130'] },
  controls: { securityHub: ['AutoScaling.3', 'EC2.8'] },
  fix: 'suggestion',
  *check(resource, context) {
    const options = resource.type === 'AWS::EC2::LaunchTemplate' ? 'LaunchTemplateData.MetadataOptions' : 'MetadataOptions';
    const properties: Resource = resource;
    const path = `${options}.HttpTokens`;
    const value = properties.get(path);
    const name = properties.nativePath(path);
    const answers = not(is(properties.get(`${options}.HttpEndpoint`), oneOfIgnoringCase('disabled')));
    // An instance from a launch template takes from it what it does not state; the template has a finding of its own.
    const inherits = resource.type === 'AWS::EC2::Instance' ? isPresent(resource.get('LaunchTemplate')) : NO;
    const fixes = (): readonly Fix[] => [{
      title: `Set ${name} to required (software that uses version 1 of the metadata service stops working)`, safe: false,
      edits: [{ op: 'set', resource, path, value: 'required' }],
    }];
    const what = `${WHAT[resource.type]} ${resource.displayName}`;
    const message = (shown: string): string => shown === NOT_SET
      ? `The ${what} does not set ${name}, so the account and the image decide whether metadata requests need a token; set it to required.`
      : `The ${what} has ${name} set to ${shown}, so whoever tricks a server there into fetching an address gets the credentials of its role; set it to required.`;
    yield {
      // Even if the account's default is version 1, the image may require version 2.
      faults: [{ wrong: all(isAbsent(value), answers, not(inherits), not(context.assume('ec2.imdsv2Default', false)), UNKNOWABLE), at: value }],
      severity: 'medium', profile: 'strict', message, fixes,
    };
    yield { faults: [{ wrong: all(is(value, oneOfIgnoringCase('optional')), answers), at: value }], message, fixes };
  },
});

const WHAT = {
  'AWS::EC2::Instance': 'instance',
  'AWS::EC2::LaunchTemplate': 'launch template',
  'AWS::AutoScaling::LaunchConfiguration': 'launch configuration',
} as const;
