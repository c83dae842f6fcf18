import { Refusal } from '../refusal';
import { REASONS, reason, requireReason } from './index';

describe('the reason catalogue', () => {
  it('has 48 codes, each once', () => {
    expect(REASONS).toHaveLength(48);
    expect(new Set(REASONS.map((r) => r.code)).size).toBe(48);
  });

  it('gives each entry a class that its code tells, a party, a use and a message', () => {
    for (const r of REASONS) {
      expect(r.code).toMatch(r.class === 'BUSINESS' ? /^BIZ_[A-Z0-9_]+$/ : /^TECH_[A-Z0-9_]+$/);
      expect(['CUSTOMER', 'AGENT', 'PLATFORM', 'SOURCE']).toContain(r.party);
      expect(r.allowedFor.length).toBeGreaterThan(0);
      expect(new Set(r.allowedFor).size).toBe(r.allowedFor.length);
      expect(r.maxAttempts).toBeGreaterThanOrEqual(0);
      expect(r.cooldownMinutes).toBeGreaterThanOrEqual(0);
      expect(r.customerMessageKey).toMatch(/^[a-z_]+$/);
      expect(r.label).not.toBe('');
    }
  });

  it.each([
    ['name mismatch in PAN and Aadhaar', 'BIZ_NAME_MISMATCH_PAN_AADHAAR', 'BUSINESS'],
    ['insufficient lighting', 'BIZ_INSUFFICIENT_LIGHTING', 'BUSINESS'],
    ['call dropped from user', 'TECH_CALL_DROPPED_CUSTOMER', 'TECHNICAL'],
    ['audio not working for user', 'TECH_CUSTOMER_AUDIO_NOT_WORKING', 'TECHNICAL'],
  ])('takes %s for a UTV', (_text, code, reasonClass) => {
    expect(requireReason(code, 'UTV').class).toBe(reasonClass);
  });

  it.each([
    [undefined, 'REASON_REQUIRED'],
    ['', 'REASON_REQUIRED'],
    ['SOMETHING_ELSE', 'REASON_NOT_ALLOWED'],
    ['BIZ_MINOR_PAN', 'REASON_NOT_ALLOWED'], // for a rejection only
  ])('refuses %p for a UTV', (code, refusal) => {
    expect(() => requireReason(code, 'UTV')).toThrow(Refusal);
    expect(() => requireReason(code, 'UTV')).toThrow(refusal);
  });

  it('has no entry for a code of our own that is not in it', () => {
    expect(() => reason('NOT_THERE')).toThrow('no such reason');
  });
});
