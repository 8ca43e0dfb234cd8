/** The types in several relations. */
export const FUNCTION = 'AWS::Lambda::Function';
export const ALIAS = 'AWS::Lambda::Alias';
export const INSTANCE = 'AWS::EC2::Instance';
export const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
export const CLASSIC_BALANCER = 'AWS::ElasticLoadBalancing::LoadBalancer';
export const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
export const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
export const REST_API = 'AWS::ApiGateway::RestApi';
export const BUCKET = 'AWS::S3::Bucket';
export const LOG_GROUP = 'AWS::Logs::LogGroup';
export const HTTP_API = 'AWS::ApiGatewayV2::Api';
export const REGISTRY = 'AWS::ServiceDiscovery::Service';
