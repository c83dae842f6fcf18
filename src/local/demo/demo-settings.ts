import { hkdfSync } from 'node:crypto';
import { DEFAULT_TIMERS } from '../../domain/policy';
import type { OrganizationSettings } from '../../domain/organization/settings';
import { hashApiKey, parseApiKey } from '../../tokens/api-key';

export const DEMO_OUID = 'demo-bank';
export const DEMO_AGENTS = ['agent-1', 'agent-2'] as const;
export const DEMO_REVIEWERS = ['reviewer-1', 'reviewer-2'] as const;
export const DEMO_SUPERVISORS = ['supervisor-1'] as const;

/** The demo client's API key: derived from the installation's token key, so a second start has the same. */
export function demoApiKey(tokenKey: Uint8Array): string {
  const bits = Buffer.from(hkdfSync('sha256', tokenKey, '', 'video-kyc demo api key', 38));
  return `vk_${DEMO_OUID}_${bits.subarray(0, 6).toString('hex')}_${bits.subarray(6).toString('hex')}`;
}

/** A small bank: two queues, two agents, two reviewers, three tasks. */
export function demoSettings(apiKey: string): OrganizationSettings {
  const keyId = parseApiKey(apiKey)?.keyId ?? '';
  return {
    name: 'Demo Bank',
    policy: {
      timers: DEFAULT_TIMERS,
      queues: [
        {
          queueId: 'english',
          queueName: 'English',
          languages: ['en'],
          skills: ['savings', 'credit-card'],
          priority: 1,
        },
        {
          queueId: 'hindi',
          queueName: 'Hindi',
          languages: ['hi'],
          skills: ['savings'],
          priority: 1,
        },
      ],
      consentVersions: ['2026-01'],
      requiredDocuments: ['PAN_CARD', 'AADHAAR_MASKED', 'CUSTOMER_PHOTO'],
      taskPlans: [
        {
          templates: [
            {
              templateId: 'pan-name',
              title: 'Name on the PAN card is the name given',
              mandatory: true,
              check: { kind: 'DETAIL', field: 'name' },
            },
            {
              templateId: 'pan-original',
              title: 'PAN card shown is the original',
              mandatory: true,
              check: { kind: 'DOCUMENT', document: 'PAN_CARD' },
            },
          ],
        },
        {
          pick: 1,
          templates: ['favourite-branch', 'account-purpose', 'city-of-birth'].map((questionId) => ({
            templateId: `ask-${questionId}`,
            title: `Ask: ${questionId}`,
            mandatory: false,
            check: { kind: 'QUESTION' as const, questionId },
          })),
        },
      ],
      maxAttempts: 3,
      maxSystemAttempts: 5,
      blindReviewPercent: 0,
      maxDocuments: 40,
      maxTasks: 40,
    },
    agents: [
      { agentId: DEMO_AGENTS[0], languages: ['en', 'hi'], skills: ['savings', 'credit-card'] },
      { agentId: DEMO_AGENTS[1], languages: ['en'], skills: ['savings', 'credit-card'] },
    ],
    reviewers: [...DEMO_REVIEWERS],
    supervisors: [...DEMO_SUPERVISORS],
    apiKeys: [{ keyId, hash: hashApiKey(apiKey) }],
  };
}
