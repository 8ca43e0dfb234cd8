export interface ResourcePaths {
  'AWS::S3::Bucket': 'PublicAccessBlockConfiguration' | 'PublicAccessBlockConfiguration.BlockPublicAcls';
}
export type ResourceType = keyof ResourcePaths;
