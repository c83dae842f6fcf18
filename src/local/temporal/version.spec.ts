import { compareVersions, isNewEnough, parseTemporalVersion } from './version';

describe('the version of a Temporal CLI', () => {
  it.each([
    ['temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)', true],
    ['temporal version 1.10.0 (Server 1.33.0, UI 2.50.0)', true],
    ['temporal version 1.5.0 (Server 1.29.1, UI 2.42.1)', false],
    ['temporal version 1.5.1-rc.1 (Server 1.29.0, UI 2.42.1)', false],
    ['temporal version 0.13.2 (Server 1.24.2) (UI 2.27.2)', false],
    // built by its user with `go install`: only the server's version says anything
    ['temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)', true],
    ['temporal version 0.0.0-DEV (Server 1.28.0, UI 2.39.0)', false],
    ['temporal version 0.0.0-DEV', false],
  ])('%s: new enough %s', (output, expected) => {
    const version = parseTemporalVersion(output);
    expect(version && isNewEnough(version)).toBe(expected);
  });

  it('is unknown for another program of that name', () => {
    expect(parseTemporalVersion('temporal 0.4 - a calendar')).toBeUndefined();
  });

  it('compares by number, not by letter', () => {
    expect(compareVersions('1.10.0', '1.9.9')).toBeGreaterThan(0);
    expect(compareVersions('1.25', '1.25.0')).toBe(0);
    expect(compareVersions('v20.19.0', '20.19')).toBe(0);
    expect(compareVersions('1.9.1', '2.0')).toBeLessThan(0);
  });
});
