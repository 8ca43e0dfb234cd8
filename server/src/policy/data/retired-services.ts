/** Services that AWS has shut down, by their prefix. */

export interface RetiredService {
  readonly name: string;
  /** The date of its retirement, if AWS documents it. */
  readonly on?: string;
  /** The prefix of its successor. */
  readonly successor?: string;
  /** The source page. */
  readonly source: string;
}

const RETIRED: ReadonlyMap<string, RetiredService> = new Map<string, RetiredService>([
  [
    'elastic-inference',
    {
      name: 'Amazon Elastic Inference',
      source: 'https://docs.aws.amazon.com/cli/latest/reference/elastic-inference/index.html',
    },
  ],
  [
    'iot1click',
    {
      name: 'AWS IoT 1-Click',
      on: '2024-12-16',
      source: 'https://docs.aws.amazon.com/iot-1-click/latest/developerguide/doc-history.html',
    },
  ],
  [
    'iotevents',
    {
      name: 'AWS IoT Events',
      on: '2026-05-20',
      source: 'https://docs.aws.amazon.com/iotevents/latest/developerguide/iotevents-commands.html',
    },
  ],
  [
    'lookoutvision',
    {
      name: 'Amazon Lookout for Vision',
      on: '2025-10-31',
      source: 'https://docs.aws.amazon.com/lookout-for-vision/latest/developer-guide/su-awscli-sdk.html',
    },
  ],
  [
    'macie',
    {
      name: 'Amazon Macie Classic',
      successor: 'macie2',
      source: 'https://docs.aws.amazon.com/macie/1.0/APIReference/API_S3Resource.html',
    },
  ],
  [
    'opsworks',
    {
      name: 'AWS OpsWorks Stacks',
      on: '2024-05-26',
      source: 'https://docs.aws.amazon.com/opsworks/latest/APIReference/Welcome.html',
    },
  ],
  [
    'panorama',
    { name: 'AWS Panorama', on: '2026-05-31', source: 'https://docs.aws.amazon.com/panorama/latest/api/Welcome.html' },
  ],
  [
    'robomaker',
    {
      name: 'AWS RoboMaker',
      on: '2025-09-10',
      source: 'https://docs.aws.amazon.com/robomaker/latest/dg/chapter-security.html',
    },
  ],
]);

/** The retired service with a prefix; undefined for an active or unknown one. */
export function retiredService(prefix: string): RetiredService | undefined {
  return RETIRED.get(prefix.toLowerCase());
}

/** The service and its retirement, in words: `AWS IoT 1-Click, which was retired on 2024-12-16`. */
export function retiredWords({ name, on }: RetiredService): string {
  return on === undefined ? `${name}, which is retired` : `${name}, retired on ${on}`;
}
