import { entry, type Reason } from './reason';

/**
 * What is wrong with devices, networks and systems.
 * Columns: code, label, party, allowed for, disposition, attempts, cooldown (min), customer message.
 */
// prettier-ignore
export const TECHNICAL_REASONS: readonly Reason[] = [
  entry('TECHNICAL', 'TECH_CALL_DROPPED_CUSTOMER', 'Call dropped from the customer', 'CUSTOMER', ['UTV'], 'REQUEUE_HEAD', 3, 0, 'call_dropped'),
  entry('TECHNICAL', 'TECH_CALL_DROPPED_AGENT', 'Call dropped from the agent', 'AGENT', ['UTV'], 'REQUEUE_HEAD', 5, 0, 'call_dropped'),
  entry('TECHNICAL', 'TECH_CUSTOMER_AUDIO_NOT_WORKING', 'Audio not working for the customer', 'CUSTOMER', ['UTV'], 'REQUEUE', 3, 0, 'check_audio'),
  entry('TECHNICAL', 'TECH_CUSTOMER_VIDEO_NOT_WORKING', 'Camera not working for the customer', 'CUSTOMER', ['UTV'], 'REQUEUE', 3, 0, 'check_camera'),
  entry('TECHNICAL', 'TECH_AGENT_DEVICE_FAILURE', "Agent's audio or video failed", 'AGENT', ['UTV'], 'REQUEUE_HEAD', 5, 0, 'call_dropped'),
  entry('TECHNICAL', 'TECH_POOR_NETWORK_CUSTOMER', 'Network of the customer too weak', 'CUSTOMER', ['UTV'], 'REQUEUE', 3, 0, 'check_network'),
  entry('TECHNICAL', 'TECH_VPN_PROXY_DETECTED', 'VPN or proxy detected', 'CUSTOMER', ['UTV'], 'REQUEUE', 3, 0, 'switch_off_vpn'),
  entry('TECHNICAL', 'TECH_LOCATION_PERMISSION_DENIED', 'Location not granted', 'CUSTOMER', ['UTV'], 'REQUEUE', 3, 0, 'allow_location'),
  entry('TECHNICAL', 'TECH_LOCATION_UNAVAILABLE_OR_MOCK', 'Location unavailable or simulated', 'CUSTOMER', ['UTV'], 'REQUEUE', 3, 0, 'allow_location'),
  entry('TECHNICAL', 'TECH_MULTIPLE_SESSIONS', 'Customer joined twice', 'CUSTOMER', ['UTV'], 'REQUEUE', 3, 0, 'one_device'),
  entry('TECHNICAL', 'TECH_CUSTOMER_NO_SHOW', 'Customer did not join', 'CUSTOMER', ['UTV'], 'RESCHEDULE', 3, 0, 'missed_call'),
  entry('TECHNICAL', 'TECH_NO_AGENT_AVAILABLE', 'No agent was available', 'PLATFORM', ['UTV'], 'RESCHEDULE', 5, 0, 'choose_time'),
  entry('TECHNICAL', 'TECH_RECORDING_FAILED', 'Recording missing or broken', 'PLATFORM', ['UTV', 'SEND_BACK'], 'REQUEUE_HEAD', 5, 0, 'call_again'),
  entry('TECHNICAL', 'TECH_ISSUER_DB_UNAVAILABLE', 'Issuing authority cannot be reached', 'SOURCE', ['UTV'], 'HOLD', 5, 30, 'wait_for_source'),
  entry('TECHNICAL', 'TECH_BROWSER_UNSUPPORTED', 'Device or browser not supported', 'CUSTOMER', ['UTV'], 'RESCHEDULE', 3, 0, 'other_device'),
  entry('TECHNICAL', 'TECH_SERVER_ERROR', 'Error of the platform', 'PLATFORM', ['UTV'], 'REQUEUE_HEAD', 5, 0, 'call_again'),
  entry('TECHNICAL', 'TECH_LINK_EXPIRED', 'Capture link expired', 'CUSTOMER', ['UTV'], 'END', 0, 0, 'link_expired'),
];
