/**
 * What the condition keys of all services hold, in words of our own, by name in lower case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import { withPlaceholders } from '../base/placeholders.ts';
import { table, type Table } from '../base/table.ts';
const WORDS: Table<string> = table({
  'aws:assumedroot': 'whether the request is made in a session that takes root tasks of a member account',
  'aws:calledvia': 'the services through which somebody asks, each on behalf of the same principal',
  'aws:calledviafirst': 'the first service through which somebody asks',
  'aws:calledvialast': 'the last service through which somebody asks',
  'aws:currenttime': 'the time of the request',
  'aws:ec2instancesourceprivateipv4': 'the private address of the instance that the credentials were given to',
  'aws:ec2instancesourcevpc': 'the VPC of the instance that the credentials were given to',
  'aws:epochtime': 'the time of the request, in seconds since 1970',
  'aws:federatedprovider': 'the identity provider by which the principal signed in',
  'aws:multifactorauthage': 'how many seconds ago the principal signed in with MFA; missing without MFA',
  'aws:multifactorauthpresent':
    'whether the temporary credentials were got with MFA; missing for long-term credentials',
  'aws:principalaccount': 'the account of the principal',
  'aws:principalarn': 'the ARN of the principal; of a session, that of its role',
  'aws:principalisawsservice': 'whether an AWS service asks by itself, with its service principal',
  'aws:principalorgid': 'the organisation that the account of the principal belongs to',
  'aws:principalorgpaths': 'the path in its organisation of the account of the principal',
  'aws:principalservicename': 'the service principal that asks',
  'aws:principalservicenameslist': 'all names of the service principal that asks',
  'aws:principaltag/tag-key': 'a tag of the principal',
  'aws:principaltype': 'what kind of principal asks: Account, User, AssumedRole, FederatedUser, Anonymous',
  'aws:referer': 'the referer that the client sends, which any caller can choose',
  'aws:requestedregion': 'the Region that the request goes to',
  'aws:requesttag/tag-key': 'a tag that the request gives to a resource',
  'aws:resourceaccount': 'the account that owns the resource',
  'aws:resourceorgid': 'the organisation of the account that owns the resource',
  'aws:resourceorgpaths': 'the path in its organisation of the account that owns the resource',
  'aws:resourcetag/tag-key': 'a tag of the resource',
  'aws:securetransport': 'whether the request is encrypted with TLS',
  'aws:signinsessionarn': 'the session of AWS Sign-In that the credentials come from; missing for others',
  'aws:sourceaccount': 'the account of the resource for which a service asks',
  'aws:sourcearn': 'the ARN of the resource for which a service asks',
  'aws:sourceidentity': 'the identity that was set when the role was assumed',
  'aws:sourceip': 'the public address that the request comes from; missing through a VPC endpoint',
  'aws:sourceorgid': 'the organisation of the resource for which a service asks',
  'aws:sourceorgpaths': 'the path in its organisation of the resource for which a service asks',
  'aws:sourceowner': 'the account of the resource for which a service asks, an older key of SNS',
  'aws:sourcevpc': 'the VPC that the request comes from; missing without a VPC endpoint',
  'aws:sourcevpcarn':
    'the ARN of the VPC that the request comes from; missing without a VPC endpoint, and for services that do not send it',
  'aws:sourcevpce': 'the VPC endpoint that the request comes through; missing without one',
  'aws:tagkeys': 'the keys of the tags in the request',
  'aws:tokenissuetime': 'when the temporary credentials were issued; missing for long-term credentials',
  'aws:useragent': 'the program that the client says it is, which any caller can choose',
  'aws:userid': 'the unique id of the principal; of a session, with its name behind a colon',
  'aws:username': 'the name of the IAM user; missing for roles',
  'aws:viaawsservice': 'whether a service makes the request on behalf of a principal',
  'aws:vpceaccount': 'the account that owns the VPC endpoint',
  'aws:vpceorgid': 'the organisation of the account that owns the VPC endpoint',
  'aws:vpceorgpaths': 'the path in its organisation of the account that owns the VPC endpoint',
  'aws:vpcsourceip': 'the private address in the VPC that the request comes from; missing without a VPC endpoint',
});

/** What a global key holds; undefined where nothing is said of it. `name` is the one of the data: `aws:RequestTag/tag-key`. */
export function globalKeyWords(name: string): string | undefined {
  return WORDS[withPlaceholders(name.toLowerCase(), () => 'tag-key')];
}
