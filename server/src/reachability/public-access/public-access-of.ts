/** Whether a resource is public, and why, by its type. */
import { ownEntry, table, type Table } from '../../base/table.ts';
import { accountSetting } from '../../model/account-setting.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { accessPointAccess, bucketAccess } from './bucket.ts';
import { accessByPolicy } from './by-policy.ts';
import { busAccess } from './event-bus.ts';
import { functionAccess, layerAccess, urlAccess } from './functions.ts';
import type { AccountSettings, PublicAccess } from './public-access.ts';
import { BY_SHARE, clusterAccess, galleryAccess, objectAccess } from './shares.ts';

type Evaluation = (resource: Resource, account: AccountSettings) => PublicAccess;

/** The types whose public access does not follow from their policies alone. */
const EVALUATIONS: Table<Evaluation> = table<Evaluation>({
  ...BY_SHARE,
  'AWS::ECR::PublicRepository': galleryAccess,
  'AWS::EKS::Cluster': clusterAccess,
  'AWS::Events::EventBus': busAccess,
  'AWS::Lambda::Function': functionAccess,
  'AWS::Lambda::LayerVersionPermission': layerAccess,
  'AWS::Lambda::Url': urlAccess,
  'AWS::S3::AccessPoint': accessPointAccess,
  'AWS::S3::Bucket': bucketAccess,
  aws_s3_bucket_object: objectAccess,
  aws_s3_object: objectAccess,
  aws_s3_object_copy: objectAccess,
});

/**
 * The public access to a resource, apart from paths through networks. A resource without policies and settings about it
 * is not public.
 */
export function publicAccessOf(resource: Resource, stack: Stack): PublicAccess {
  return (ownEntry(EVALUATIONS, resource.type) ?? accessByPolicy)(resource, accountSettingsOf(stack));
}

/** Without a statement about the account, its Block Public Access is not assumed. */
function accountSettingsOf(stack: Stack): AccountSettings {
  return { s3Block: accountSetting(stack, 's3.accountBlock', false) };
}
