import { Client, Connection } from '@temporalio/client';
import { loadConfig } from '../../config';
import { Tokens } from '../../tokens/tokens';
import { declareOrganization } from './declare-organization';
import type { StaffRole } from '../../tokens/claims';
import {
  DEMO_AGENTS,
  DEMO_OUID,
  DEMO_REVIEWERS,
  DEMO_SUPERVISORS,
  demoApiKey,
  demoSettings,
} from './demo-settings';
import type { DemoCredential, LoadDemoOrganization } from './types';

const TOKEN_SECONDS = 8 * 60 * 60;

/** Declares the demo organization and issues its people's development tokens. */
export const loadDemoOrganization: LoadDemoOrganization = async ({ env }) => {
  const config = loadConfig(env);
  const connection = await Connection.connect({ address: config.temporal.address });
  try {
    const client = new Client({
      connection,
      namespace: config.temporal.namespace,
      identity: 'video-kyc-start',
    });
    const apiKey = demoApiKey(config.tokenKey);
    await declareOrganization(client, DEMO_OUID, demoSettings(apiKey));
    const tokens = new Tokens(config.tokenKey);
    const exp = Math.floor(Date.now() / 1_000) + TOKEN_SECONDS;
    const staff = async (role: StaffRole, sub: string): Promise<DemoCredential> => ({
      label: sub,
      value: await tokens.issue('development-staff', { ouid: DEMO_OUID, sub, role, exp }),
    });
    return {
      ouid: DEMO_OUID,
      credentials: [
        { label: 'client', value: apiKey },
        await staff('AGENT', DEMO_AGENTS[0]),
        await staff('REVIEWER', DEMO_REVIEWERS[0]),
        await staff('SUPERVISOR', DEMO_SUPERVISORS[0]),
      ],
    };
  } finally {
    await connection.close();
  }
};
