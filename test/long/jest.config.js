// `npm run test:long`: what takes an hour, one file after the other. Their reports go to docs/reports.
const {
  projects: [base],
} = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  displayName: 'long',
  testMatch: ['<rootDir>/test/long/**/*.spec.ts'],
  maxWorkers: 1,
};
