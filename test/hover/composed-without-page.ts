/** The services of which no page is cited yet. */
export const COMPOSED_WITHOUT_PAGE: readonly string[] = [
  'chatbot',
  'devicefarm',
  'mediaconnect',
  'mpa',
  'odb',
  'panorama',
  'robomaker',
  's3objectlambda',
  'serverless',
];
