/**
 * Answers of the API by the name that their page has in the published documentation, with its fields and
 * with values of our own: what the emulator is held against where the published ones are not at hand.
 */
const [ID, PEER, AT] = [
  '65f0c0ffee65f0c0ffee65f0',
  'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
  '2026-01-02T03:04:05.6Z',
];
const asset = {
  id: ID,
  thumbnails: null,
  duration: 7,
  path: 's3://b/x',
  status: 'completed',
  created_at: AT,
};
const composite = {
  ...asset,
  type: 'room-composite',
  size: 9,
  metadata: { resolution: { width: 1, height: 1 } },
};
const ofJob = { job_id: ID, room_id: ID, session_id: ID };
const recording = {
  id: ID,
  room_id: ID,
  session_id: ID,
  created_at: AT,
  started_at: null,
  updated_at: AT,
  stopped_at: null,
  meeting_url: 'https://kyc.example/recorder',
  started_by: '',
  stopped_by: '',
  asset_types: ['room-composite'],
  recording_assets: null,
};
const room = {
  id: ID,
  name: 'room-1',
  enabled: true,
  description: 'one',
  customer_id: ID,
  recording_info: { enabled: false },
  template_id: ID,
  template: 'kyc',
  region: 'in',
  created_at: AT,
  updated_at: AT,
};
const filters = { start_time: AT, end_time: AT, room_id: '', event_types: ['peer.join.success'] };
const counts = { total: 2, completed: 1, failed: 1 };

export const OWN_SAMPLES: Readonly<Record<string, object>> = {
  'Rooms__create-via-api': { ...room, app_id: ID },
  'Rooms__retrieve-room': { ...room, recording_source_template: false },
  'Rooms__disable-or-enable': { ...room, enabled: false, recording: null, large_room: false },
  'Rooms__update-a-room': {
    ...room,
    max_duration_seconds: 120,
    polls: [ID],
    webhook: { url: 'https://x', headers: { a: 'b' } },
  },
  'active-rooms__retrieve-active-room': {
    id: ID,
    name: 'room-1',
    customer_id: ID,
    session: { id: ID, created_at: AT, peers: [PEER] },
  },
  'active-rooms__list-peers': {
    peers: {
      [PEER]: { id: PEER, name: '', user_id: 'u', metadata: '', role: 'agent', joined_at: AT },
    },
  },
  'active-rooms__end-active-room': { message: 'session is ending' },
  'Sessions__retrieve-a-session': {
    id: ID,
    room_id: ID,
    customer_id: ID,
    active: false,
    peers: {
      [PEER]: {
        id: PEER,
        session_id: ID,
        name: '',
        role: 'agent',
        user_id: 'u',
        joined_at: AT,
        left_at: AT,
      },
    },
    created_at: AT,
    updated_at: AT,
  },
  'recordings__start-recording-for-room': { ...recording, status: 'starting', destination: '' },
  'recordings__stop-recording-for-room': {
    limit: 1,
    data: [{ ...recording, status: 'stopping' }],
    last: ID,
  },
  'recordings__stop-recording-by-id': { ...recording, status: 'stopping' },
  'recordings__get-recording': { ...recording, status: 'completed', recording_assets: [composite] },
  'recording-assets__get-asset': { ...composite, ...ofJob },
  'recording-assets__list-all-assets': { limit: 10, data: [{ ...composite, ...ofJob }], last: ID },
  'recording-assets__get-presigned-url': { id: ID, path: 's3://b/x', url: 'https://x', expiry: 60 },
  'analytics__list-webhook-events': {
    events: [
      {
        event_id: PEER,
        event_name: 'reporter.webhook.delivery.failed',
        room_id: ID,
        event_timestamp: AT,
        payload: {
          event_data: { session_id: ID, peer_id: PEER, user_id: 'u' },
          webhook_url: 'https://x',
          original_event_name: 'peer.join.success',
          error_reason: 'timeout',
        },
      },
    ],
    pagination: {
      current_page: 1,
      page_size: 50,
      total_pages: 1,
      total_items: 1,
      has_next: false,
      has_prev: false,
    },
    summary: { total_events: 1 },
  },
  'analytics__replay-webhook-events.0': {
    workflow_id: 'w',
    status: 'started',
    message: 'queued',
    filters,
  },
  'analytics__replay-webhook-events.1': {
    workflow_id: 'w',
    status: 'completed_with_failures',
    started_at: AT,
    completed_at: AT,
    filters: { ...filters, limit: 50_000, offset: 0 },
    progress: counts,
    result: { ...counts, failed_events: [PEER] },
  },
  'policy__retrieve-a-template': {
    id: ID,
    _id: ID,
    name: 'kyc-sample',
    customerId: ID,
    customer: ID,
    roles: {
      agent: { name: 'agent', permissions: { endRoom: true }, priority: 1, maxPeerCount: 0 },
    },
    settings: {
      region: 'in',
      recording: null,
      roomState: { enabled: false, messageInterval: 5 },
      retry: {},
    },
    destinations: {},
    createdAt: AT,
    updatedAt: AT,
  },
  'policy__configure-recordings': [
    { name: 'default', role: 'host', compositeRecording: { browserComposite: { width: 1280 } } },
  ],
};
