import { entry, type Reason } from './reason';

/**
 * What is wrong with the customer, his documents or his surroundings.
 * Columns: code, label, party, allowed for, disposition, attempts, cooldown (min), customer message.
 */
// prettier-ignore
export const BUSINESS_REASONS: readonly Reason[] = [
  entry('BUSINESS', 'BIZ_NAME_MISMATCH_PAN_AADHAAR', 'Name differs between PAN and Aadhaar', 'CUSTOMER', ['UTV', 'REJECT'], 'END', 1, 0, 'details_differ'),
  entry('BUSINESS', 'BIZ_DOB_MISMATCH', 'Date of birth differs', 'CUSTOMER', ['UTV', 'REJECT'], 'END', 1, 0, 'details_differ'),
  entry('BUSINESS', 'BIZ_PAN_NUMBER_MISMATCH', 'PAN differs from the one given', 'CUSTOMER', ['UTV', 'REJECT'], 'END', 1, 0, 'details_differ'),
  entry('BUSINESS', 'BIZ_PAN_NOT_AVAILABLE', 'PAN card not with the customer', 'CUSTOMER', ['UTV'], 'RESCHEDULE', 3, 0, 'bring_pan'),
  entry('BUSINESS', 'BIZ_PAN_NOT_ORIGINAL', 'Print or copy of the PAN shown', 'CUSTOMER', ['UTV', 'REJECT'], 'RESCHEDULE', 3, 0, 'bring_original_pan'),
  entry('BUSINESS', 'BIZ_PAN_IMAGE_NOT_CLEAR', 'PAN not readable', 'CUSTOMER', ['UTV', 'SEND_BACK'], 'RECAPTURE', 3, 0, 'capture_again'),
  entry('BUSINESS', 'BIZ_MINOR_PAN', 'PAN of a minor', 'CUSTOMER', ['REJECT'], 'END', 0, 0, 'not_possible'),
  entry('BUSINESS', 'BIZ_DOC_TAMPERED', 'Document tampered with or forged', 'CUSTOMER', ['REJECT'], 'END', 0, 0, 'not_possible'),
  entry('BUSINESS', 'BIZ_DOC_EXPIRED', 'Document expired', 'CUSTOMER', ['UTV', 'REJECT'], 'RECAPTURE', 3, 0, 'document_expired'),
  entry('BUSINESS', 'BIZ_AADHAAR_EXPIRED_3D', 'Aadhaar XML or QR older than the limit', 'CUSTOMER', ['UTV', 'SEND_BACK'], 'RECAPTURE', 3, 0, 'fetch_aadhaar_again'),
  entry('BUSINESS', 'BIZ_AADHAAR_SIGNATURE_INVALID', 'Aadhaar signature does not verify', 'CUSTOMER', ['REJECT'], 'END', 0, 0, 'not_possible'),
  entry('BUSINESS', 'BIZ_FACE_MISMATCH', 'Face does not match the documents', 'CUSTOMER', ['UTV', 'REJECT', 'SEND_BACK'], 'RECAPTURE', 2, 0, 'capture_again'),
  entry('BUSINESS', 'BIZ_DOC_PHOTO_TOO_OLD', 'Photo on the document too old', 'CUSTOMER', ['UTV'], 'RECAPTURE', 3, 0, 'other_document'),
  entry('BUSINESS', 'BIZ_FACE_NOT_VISIBLE', 'Face covered or not visible', 'CUSTOMER', ['UTV', 'SEND_BACK'], 'REQUEUE', 3, 0, 'show_face'),
  entry('BUSINESS', 'BIZ_INSUFFICIENT_LIGHTING', 'Not enough light', 'CUSTOMER', ['UTV', 'SEND_BACK'], 'REQUEUE', 3, 0, 'find_light'),
  entry('BUSINESS', 'BIZ_CUSTOMER_IMAGE_NOT_CLEAR', 'Photo of the customer not clear', 'CUSTOMER', ['UTV', 'SEND_BACK'], 'RECAPTURE', 3, 0, 'capture_again'),
  entry('BUSINESS', 'BIZ_LIVENESS_FAILED', 'Liveness check failed', 'CUSTOMER', ['UTV', 'REJECT'], 'REQUEUE', 1, 0, 'try_again'),
  entry('BUSINESS', 'BIZ_SPOOF_SUSPECTED', 'Replay, deep fake or virtual camera suspected', 'CUSTOMER', ['REJECT'], 'END', 0, 0, 'not_possible'),
  entry('BUSINESS', 'BIZ_SECURITY_QUESTION_FAILED', 'Security question answered wrongly', 'CUSTOMER', ['UTV', 'REJECT'], 'END', 1, 0, 'not_possible'),
  entry('BUSINESS', 'BIZ_PROMPTING_OBSERVED', 'Customer was prompted by another person', 'CUSTOMER', ['REJECT'], 'END', 0, 0, 'not_possible'),
  entry('BUSINESS', 'BIZ_THIRD_PARTY_PRESENT', 'Other people around the customer', 'CUSTOMER', ['UTV', 'SEND_BACK'], 'REQUEUE', 3, 0, 'be_alone'),
  entry('BUSINESS', 'BIZ_LOCATION_OUTSIDE_INDIA', 'Customer is outside India', 'CUSTOMER', ['UTV'], 'RESCHEDULE', 3, 0, 'be_in_country'),
  entry('BUSINESS', 'BIZ_LOCATION_MISMATCH_UNEXPLAINED', 'Far from the given address without a reason', 'CUSTOMER', ['UTV', 'REJECT'], 'END', 1, 0, 'not_possible'),
  entry('BUSINESS', 'BIZ_SIGNATURE_NOT_CLEAR', 'Signature not clear', 'CUSTOMER', ['UTV', 'SEND_BACK'], 'RECAPTURE', 3, 0, 'capture_again'),
  entry('BUSINESS', 'BIZ_CONSENT_REFUSED', 'Consent refused or withdrawn', 'CUSTOMER', ['UTV'], 'END', 0, 0, 'consent_needed'),
  entry('BUSINESS', 'BIZ_LANGUAGE_MISMATCH', 'No common language with the agent', 'PLATFORM', ['UTV'], 'REQUEUE_HEAD', 3, 0, 'finding_language'),
  entry('BUSINESS', 'BIZ_CUSTOMER_BUSY_CALL_LATER', 'Customer asked to be called later', 'CUSTOMER', ['UTV'], 'RESCHEDULE', 3, 0, 'choose_time'),
  entry('BUSINESS', 'BIZ_NEGATIVE_LIST_HIT', 'Negative list hit', 'CUSTOMER', ['UTV', 'REJECT'], 'HOLD', 0, 0, 'under_review'),
  entry('BUSINESS', 'BIZ_DUPLICATE_CUSTOMER', 'Duplicate or earlier rejected case', 'CUSTOMER', ['UTV', 'REJECT'], 'HOLD', 0, 0, 'under_review'),
  entry('BUSINESS', 'BIZ_ABUSIVE_OR_SUSPICIOUS_CONDUCT', 'Suspicious or abusive conduct', 'CUSTOMER', ['REJECT'], 'END', 0, 0, 'not_possible'),
  entry('BUSINESS', 'BIZ_IP_OUTSIDE_INDIA', 'IP address outside India', 'CUSTOMER', ['UTV'], 'RESCHEDULE', 3, 0, 'be_in_country'),
];
