import assert from 'node:assert/strict';
import { pageName } from '../../server/src/hover/markdown.ts';

const AWS = 'https://docs.aws.amazon.com';

const NAMES: readonly (readonly [url: string, name: string])[] = [
  [`${AWS}/AmazonRDS/latest/UserGuide/Overview.Encryption.html`, 'Overview.Encryption'],
  [`${AWS}/lambda/latest/dg/lambda-runtimes.html#runtime-support`, 'lambda runtimes'],
  [`${AWS}/service-authorization/latest/reference/list_amazons3.html`, 'Service Authorization Reference'],
  [
    `${AWS}/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html`,
    'CloudFormation: rds dbinstance',
  ],
  // The first page of a guide is called the same in all guides.
  [`${AWS}/AmazonRDS/latest/UserGuide/Welcome.html`, 'AmazonRDS User Guide'],
  [`${AWS}/ram/latest/APIReference/Welcome.html`, 'ram API Reference'],
  [`${AWS}/opensearch-service/latest/ServerlessAPIReference/Welcome.html`, 'opensearch-service ServerlessAPIReference'],
  [`${AWS}/transfer/index.html`, 'transfer'],
  [`${AWS}/cli/latest/index.html`, 'cli'],
  ['https://docs.example/index.html', 'index'],
];

describe('the name of a page', () => {
  for (const [url, name] of NAMES) it(`of ${url} is ${name}`, () => assert.equal(pageName(url), name));
});
