import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobKeyError } from '../ports/blob-store';
import { FileBlobStore } from './file-blob-store';
import { ProfileKeys, type MasterKey } from './profile-keys';
import { MAX_JSON_BYTES, ProfileVault } from './profile-vault';
import { type VaultErrorCode } from './vault-error';

const OUID = 'demo-bank';
const PROFILE = '11111111-2222-5333-8444-555555555555';
const OTHER = '99999999-2222-5333-8444-555555555555';
const DETAILS = { name: 'Asha Rao', panNumber: 'ABCPE1234F' };
const OLD: MasterKey = { id: 'm1', key: randomBytes(32) };
const NEW: MasterKey = { id: 'm2', key: randomBytes(32) };

let root: string;
let vault: ProfileVault;
const vaultWith = async (...keys: [MasterKey, ...MasterKey[]]) =>
  new ProfileVault(await FileBlobStore.open(root), keys);
const failsWith = (code: VaultErrorCode): unknown =>
  expect.objectContaining({ name: 'VaultError', code });
const file = (name: string, profile = PROFILE) => join(root, OUID, profile, name);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'vault-'));
  vault = await vaultWith(OLD);
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('values', () => {
  it('come back, and lie on disk unreadable, under names without personal data', async () => {
    await vault.putJson(OUID, PROFILE, 'remarks/1', DETAILS);
    expect(await vault.getJson(OUID, PROFILE, 'remarks/1')).toEqual(DETAILS);
    const names = await readdir(root, { recursive: true });
    expect(names.join()).not.toMatch(/asha|ABCPE/i);
    const bytes = await readFile(file('remarks/1'));
    expect(bytes.includes('Asha') || bytes.includes('ABCPE')).toBe(false);
  });

  it('are replaced by putJson and kept by putOnceJson', async () => {
    await vault.putJson(OUID, PROFILE, 'a', 1);
    await vault.putJson(OUID, PROFILE, 'a', 2);
    expect(await vault.getJson(OUID, PROFILE, 'a')).toBe(2);
    expect(await vault.putOnceJson(OUID, PROFILE, 'details/h', DETAILS)).toBe(true);
    expect(await vault.putOnceJson(OUID, PROFILE, 'details/h', DETAILS)).toBe(false);
    expect(await vault.getJson(OUID, PROFILE, 'details/h')).toEqual(DETAILS);
  });

  it('have a limit, and must be JSON', async () => {
    const text = 'x'.repeat(MAX_JSON_BYTES);
    await expect(vault.putJson(OUID, PROFILE, 'a', text)).rejects.toEqual(failsWith('TOO_LARGE'));
    await vault.putJson(OUID, PROFILE, 'a', text.slice(2));
    expect(await vault.getJson(OUID, PROFILE, 'a')).toHaveLength(MAX_JSON_BYTES - 2);
    await expect(vault.putJson(OUID, PROFILE, 'b', undefined)).rejects.toThrow(TypeError);
  });

  it('that are missing are told from keys that are missing', async () => {
    await expect(vault.getJson(OUID, PROFILE, 'a')).rejects.toEqual(failsWith('KEY_MISSING'));
    await vault.putJson(OUID, PROFILE, 'a', 1);
    await expect(vault.getJson(OUID, PROFILE, 'b')).rejects.toEqual(failsWith('BLOB_MISSING'));
    await expect(vault.getJson(OUID, PROFILE, '../a')).rejects.toThrow(BlobKeyError);
  });

  it('swapped between names or profiles are refused, key file and all', async () => {
    await vault.putJson(OUID, PROFILE, 'a', 1);
    await vault.putJson(OUID, PROFILE, 'b', 2);
    await vault.putJson(OUID, OTHER, 'a', 3);
    await writeFile(file('a'), await readFile(file('b')));
    await expect(vault.getJson(OUID, PROFILE, 'a')).rejects.toEqual(failsWith('TAMPERED'));
    await writeFile(file('b'), await readFile(file('a', OTHER)));
    await expect(vault.getJson(OUID, PROFILE, 'b')).rejects.toEqual(failsWith('TAMPERED'));
    await writeFile(file('data-key'), await readFile(file('data-key', OTHER)));
    await expect(vault.getJson(OUID, PROFILE, 'a')).rejects.toEqual(failsWith('TAMPERED'));
  });
});

describe('keys', () => {
  it('are one per profile, whoever makes it: 12 racing makers read each other', async () => {
    const makers = await Promise.all(Array.from({ length: 12 }, () => vaultWith(OLD)));
    await Promise.all(makers.map((maker, i) => maker.putJson(OUID, PROFILE, `v${i}`, i)));
    const values = await Promise.all(makers.map((_, i) => vault.getJson(OUID, PROFILE, `v${i}`)));
    expect(values).toEqual(makers.map((_, i) => i));
  });

  it('are wrapped by the first master key and unwrapped by any', async () => {
    await vault.putJson(OUID, PROFILE, 'a', 1);
    const rotated = await vaultWith(NEW, OLD);
    expect(await rotated.getJson(OUID, PROFILE, 'a')).toBe(1);
    await rotated.putJson(OUID, OTHER, 'a', 2);
    await expect(vault.getJson(OUID, OTHER, 'a')).rejects.toEqual(failsWith('MASTER_KEY_UNKNOWN'));
    expect(await (await vaultWith(NEW)).getJson(OUID, OTHER, 'a')).toBe(2);
    const impostor = await vaultWith({ id: 'm1', key: randomBytes(32) });
    await expect(impostor.getJson(OUID, PROFILE, 'a')).rejects.toEqual(failsWith('TAMPERED'));
  });

  it('with any bit flipped, cut or grown, are refused', async () => {
    await vault.putJson(OUID, PROFILE, 'a', 1);
    const whole = await readFile(file('data-key'));
    for (let bit = 0; bit < whole.length * 8; bit += 3) {
      const bad = Buffer.from(whole);
      bad[bit >> 3] = (bad[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await writeFile(file('data-key'), bad);
      const code: unknown = expect.stringMatching(/^(TAMPERED|MASTER_KEY_UNKNOWN)$/);
      await expect(vault.getJson(OUID, PROFILE, 'a')).rejects.toMatchObject({ code });
    }
    const sizes = [
      Buffer.alloc(0),
      whole.subarray(0, 4),
      whole.subarray(0, -1),
      Buffer.alloc(5000),
    ];
    for (const bad of [...sizes, Buffer.concat([whole, Buffer.from('x')])]) {
      await writeFile(file('data-key'), bad);
      await expect(vault.getJson(OUID, PROFILE, 'a')).rejects.toEqual(failsWith('TAMPERED'));
    }
  });

  it('destroyed, erase the profile at once, for ever and for other processes too', async () => {
    const elsewhere = await vaultWith(OLD);
    await vault.putJson(OUID, PROFILE, 'a', 1);
    await vault.putJson(OUID, OTHER, 'a', 2);
    await elsewhere.getJson(OUID, PROFILE, 'a');
    await vault.destroyKey(OUID, PROFILE);
    await vault.destroyKey(OUID, PROFILE);
    const gone = failsWith('KEY_DESTROYED');
    await expect(elsewhere.getJson(OUID, PROFILE, 'a')).rejects.toEqual(gone);
    await expect(elsewhere.putJson(OUID, PROFILE, 'b', 1)).rejects.toEqual(gone);
    await expect(elsewhere.putOnceJson(OUID, PROFILE, 'b', 1)).rejects.toEqual(gone);
    expect(await vault.getJson(OUID, OTHER, 'a')).toBe(2);
  });

  it('racing with the erasure never come back', async () => {
    const writes = Array.from({ length: 10 }, (_, i) => vault.putJson(OUID, PROFILE, `v${i}`, i));
    await Promise.all([Promise.allSettled(writes), vault.destroyKey(OUID, PROFILE)]);
    await expect(vault.getJson(OUID, PROFILE, 'v0')).rejects.toEqual(failsWith('KEY_DESTROYED'));
  });

  it('need proper master keys', async () => {
    const store = await FileBlobStore.open(root);
    expect(() => new ProfileKeys(store, [{ id: 'm1', key: randomBytes(16) }])).toThrow(TypeError);
    expect(() => new ProfileKeys(store, [{ id: 'M 1', key: OLD.key }])).toThrow(TypeError);
    expect(() => new ProfileKeys(store, [OLD, { ...NEW, id: 'm1' }])).toThrow(TypeError);
  });
});
