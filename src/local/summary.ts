import { type DemoContext, type DemoJourney, type DemoOrganization } from './demo/types';

/** The page of one workflow in the Temporal UI. */
export function workflowPage(uiUrl: string, namespace: string, workflowId: string): string {
  return `${uiUrl}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}`;
}

/** What `npm start` prints of the demo journey: its id, its statuses with times, its page. */
export function journeyLines(context: DemoContext, journey: DemoJourney): string[] {
  const begin = journey.statuses[0]?.at.getTime() ?? 0;
  return [
    '',
    `A journey from creation to ${journey.statuses.at(-1)?.status ?? 'nowhere'}: ProfileID ${journey.profileId}`,
    ...journey.statuses.map(({ status, at }) => {
      const seconds = ((at.getTime() - begin) / 1_000).toFixed(1).padStart(6);
      return `  ${at.toISOString()} ${seconds} s  ${status}`;
    }),
    ...(context.temporalUiUrl === ''
      ? []
      : [`  ${workflowPage(context.temporalUiUrl, context.namespace, journey.workflowId)}`]),
  ];
}

/** What `npm start` prints at the end: where to go, and as whom. */
export function welcomeLines(
  context: DemoContext,
  docsUrl: string,
  organization: DemoOrganization,
): string[] {
  const rows: readonly (readonly [string, string])[] = [
    ['API', context.apiUrl],
    ['API docs', docsUrl],
    ...(context.temporalUiUrl === '' ? [] : [['Temporal UI', context.temporalUiUrl] as const]),
    ['organization', organization.ouid],
    ...organization.credentials.map(({ label, value }) => [label, value] as const),
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return [
    '',
    ...rows.map(([label, value]) => `${label.padEnd(width)}  ${value}`),
    '',
    'Ctrl-C stops everything; the data stay for the next start (--fresh begins anew).',
  ];
}
