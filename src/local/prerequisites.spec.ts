import { tmpdir } from 'node:os';
import {
  type MachineFacts,
  machineFacts,
  missingPrerequisites,
  requirePrerequisites,
} from './prerequisites';

const enough: MachineFacts = {
  platform: 'linux',
  arch: 'x64',
  glibc: '2.36',
  node: '20.19.0',
  memoryMb: 4_000,
  diskMb: 50_000,
};

describe('the prerequisites', () => {
  it.each([
    ['Linux on x64', {}],
    ['macOS on arm64', { platform: 'darwin', arch: 'arm64', glibc: undefined }],
    ['a later Node', { node: '24.1.0' }],
  ])('are met by %s', (_name, facts) => {
    expect(missingPrerequisites({ ...enough, ...facts })).toEqual([]);
  });

  it.each([
    [{ platform: 'win32' }, 'Linux or macOS (this is win32)'],
    [{ glibc: undefined }, 'a Linux with glibc (the embedded ClickHouse has no build for Alpine)'],
    [{ arch: 'ia32' }, 'an x64 or arm64 processor (this is ia32)'],
    [{ node: '20.18.3' }, 'Node 20.19.0 or later (this is 20.18.3)'],
    [{ memoryMb: 512 }, '2000 MB of memory (there are 512)'],
    [{ diskMb: 10 }, '1000 MB of free disk (there are 10)'],
  ])('%j is named', (facts, missing) => {
    expect(missingPrerequisites({ ...enough, ...facts })).toEqual([missing]);
  });

  it('are all named in one sentence', () => {
    expect(() => {
      requirePrerequisites({ ...enough, arch: 'ppc64', memoryMb: 1 });
    }).toThrow(
      'This machine lacks an x64 or arm64 processor (this is ppc64), 2000 MB of memory (there are 1).',
    );
  });

  it('are read from this machine', () => {
    const facts = machineFacts(tmpdir());
    expect(facts.node).toBe(process.versions.node);
    expect(facts.memoryMb).toBeGreaterThan(100);
    expect(Number.isInteger(facts.diskMb)).toBe(true);
  });
});
