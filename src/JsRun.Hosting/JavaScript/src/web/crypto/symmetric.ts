// Web Crypto: secret keys, which AES and HMAC import and export alike.
import { byteLengthOf, list, ours } from '../../kernel/intrinsics.ts';
import { type Bytes, readList, run } from './call.ts';
import type { Format } from './convert.ts';
import { createKey, type CryptoKey, type KeyAlgorithm, type KeySlots, type KeyUsage } from './crypto-key.ts';
import { unsupportedFormat } from './errors.ts';
import { make, slots, WEIGHT } from './family.ts';
import { checkJwk, createJwk, decode, encode, type Jwk } from './jwk.ts';
import { CryptoAlgorithm, CryptoKeyFormat, CryptoOperation } from './numbers.ts';

export async function generateSecret(algorithm: KeyAlgorithm, bits: number, extractable: boolean, usages: KeyUsage[]): Promise<CryptoKey> {
  const { handle } = await ours(make(CryptoOperation.Generate, { algorithm: CryptoAlgorithm.Hmac, number: bits }, list()));
  return createKey(slots(handle, 'secret', extractable, algorithm, usages, WEIGHT.secret + bits / 8));
}

/** The bytes of a key in one of the two formats. */
export function readSecret(format: Format, data: Bytes | Jwk, name: string, use: string, usages: KeyUsage[], extractable: boolean): Bytes {
  if (format === 'raw') return data as Bytes;
  if (format !== 'jwk') return unsupportedFormat(format, name);
  const jwk = data as Jwk;
  checkJwk(jwk, 'oct', use, usages, extractable);
  return decode(jwk, 'k');
}

export async function importSecret(algorithm: KeyAlgorithm, bytes: Bytes, extractable: boolean, usages: KeyUsage[]): Promise<KeySlots> {
  const { handle } = await ours(make(CryptoOperation.Import, { algorithm: CryptoAlgorithm.Hmac }, [bytes]));
  return slots(handle, 'secret', extractable, algorithm, usages, WEIGHT.secret + byteLengthOf(bytes));
}

export async function exportSecret(format: Format, key: KeySlots, alg: (bytes: number) => string): Promise<Bytes | Jwk> {
  if (format === 'raw') return run(CryptoOperation.Export, { key, format: CryptoKeyFormat.Raw });
  if (format !== 'jwk') return unsupportedFormat(format, key.algorithm.name);
  const k = readList(await run(CryptoOperation.Export, { key, format: CryptoKeyFormat.Jwk }))[0]!;
  const jwk = createJwk();
  jwk.kty = 'oct';
  jwk.k = encode(k);
  jwk.alg = alg(byteLengthOf(k));
  return jwk;
}
