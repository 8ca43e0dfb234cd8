/**
 * Descriptions of the global condition keys, by name in lower case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import { withPlaceholders } from '../../base/placeholders.ts';
import { table, type Table } from '../../base/table.ts';
const WORDS: Table<string> = table({
  'aws:assumedroot': 'whether the request is made in a root session for a privileged task in a member account',
  'aws:calledvia': 'the services in the call chain that make requests on behalf of the principal',
  'aws:calledviafirst': 'the first service in the call chain',
  'aws:calledvialast': 'the last service in the call chain',
  'aws:currenttime': 'the time of the request',
  'aws:ec2instancesourceprivateipv4': 'the private IP address of the instance that the credentials were issued to',
  'aws:ec2instancesourcevpc': 'the VPC of the instance that the credentials were issued to',
  'aws:epochtime': 'the time of the request, in seconds since 1970',
  'aws:federatedprovider': 'the identity provider with which the principal signed in',
  'aws:multifactorauthage': 'how many seconds ago the principal signed in with MFA; missing without MFA',
  'aws:multifactorauthpresent':
    'whether the temporary credentials were issued with MFA; missing for long-term credentials',
  'aws:principalaccount': 'the account of the principal',
  'aws:principalarn': 'the ARN of the principal; for a session, that of its role',
  'aws:principalisawsservice': 'whether an AWS service makes the request with its service principal',
  'aws:principalorgid': 'the organization of the account of the principal',
  'aws:principalorgpaths': 'the organization path of the account of the principal',
  'aws:principalservicename': 'the service principal that makes the request',
  'aws:principalservicenameslist': 'all names of the service principal that makes the request',
  'aws:principaltag/tag-key': 'a tag of the principal',
  'aws:principaltype': 'the type of the principal: Account, User, AssumedRole, FederatedUser, Anonymous',
  'aws:referer': 'the referer that the client sends, which any caller can forge',
  'aws:requestedregion': 'the Region that the request goes to',
  'aws:requesttag/tag-key': 'a tag in the request',
  'aws:resourceaccount': 'the account that owns the resource',
  'aws:resourceorgid': 'the organization of the account that owns the resource',
  'aws:resourceorgpaths': 'the organization path of the account that owns the resource',
  'aws:resourcetag/tag-key': 'a tag of the resource',
  'aws:securetransport': 'whether the request is encrypted with TLS',
  'aws:signinsessionarn': 'the AWS Sign-In session that issued the credentials; missing for other credentials',
  'aws:sourceaccount': 'the account of the resource on whose behalf a service makes the request',
  'aws:sourcearn': 'the ARN of the resource on whose behalf a service makes the request',
  'aws:sourceidentity': 'the identity that was set when the role was assumed',
  'aws:sourceip': 'the public IP address that the request comes from; missing through a VPC endpoint',
  'aws:sourceorgid': 'the organization of the resource on whose behalf a service makes the request',
  'aws:sourceorgpaths': 'the organization path of the resource on whose behalf a service makes the request',
  'aws:sourceowner':
    'the account of the resource on whose behalf a service makes the request; an older key of Amazon SNS',
  'aws:sourcevpc': 'the VPC that the request comes from; missing without a VPC endpoint',
  'aws:sourcevpcarn':
    'the ARN of the VPC that the request comes from; missing without a VPC endpoint, and for services that do not send it',
  'aws:sourcevpce': 'the VPC endpoint that the request comes through; missing without one',
  'aws:tagkeys': 'the keys of the tags in the request',
  'aws:tokenissuetime': 'when the temporary credentials were issued; missing for long-term credentials',
  'aws:useragent': 'the user agent that the client sends, which any caller can forge',
  'aws:userid': 'the unique ID of the principal; for a session, followed by a colon and its name',
  'aws:username': 'the name of the IAM user; missing for roles',
  'aws:viaawsservice': 'whether a service makes the request on behalf of a principal',
  'aws:vpceaccount': 'the account that owns the VPC endpoint',
  'aws:vpceorgid': 'the organization of the account that owns the VPC endpoint',
  'aws:vpceorgpaths': 'the organization path of the account that owns the VPC endpoint',
  'aws:vpcsourceip': 'the private IP address that the request comes from; missing without a VPC endpoint',
});

/**
 * The description of a global condition key; undefined if there is none. `name` is the name in the data:
 * `aws:RequestTag/tag-key`.
 */
export function globalKeyWords(name: string): string | undefined {
  return WORDS[withPlaceholders(name.toLowerCase(), () => 'tag-key')];
}
