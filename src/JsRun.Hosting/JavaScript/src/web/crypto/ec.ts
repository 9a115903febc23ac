// Web Crypto: ECDSA and ECDH on NIST's curves.
import { ours } from '../../kernel/intrinsics.ts';
import { type Bytes, run } from './call.ts';
import { type Curve, exportCurveKey, firstBits, generatePair, importCurveKey } from './curves.ts';
import type { KeySlots, KeyUsage } from './crypto-key.ts';
import { fail } from './errors.ts';
import { type Family, numberOf } from './family.ts';
import type { Params } from './normalize.ts';
import { CryptoAlgorithm, CryptoOperation } from './numbers.ts';

const members = ['x', 'y', 'd'] as const;
const verify: KeyUsage[] = ['verify'];
const sign: KeyUsage[] = ['sign'];
const derive: KeyUsage[] = ['deriveKey', 'deriveBits'];

const ecdsaOn = (namedCurve: string, bits: number, alg: string): Curve => ({
  name: 'ECDSA', number: CryptoAlgorithm.Ecdsa, bits, namedCurve, publicUsages: verify, privateUsages: sign, jwk: { kty: 'EC', use: 'sig', crv: namedCurve, members, algs: [alg] },
});
const ecdhOn = (namedCurve: string, bits: number): Curve => ({
  name: 'ECDH', number: CryptoAlgorithm.Ecdh, bits, namedCurve, publicUsages: [], privateUsages: derive, jwk: { kty: 'EC', use: 'enc', crv: namedCurve, members, algs: [] },
});

const signing: Record<string, Curve> = { __proto__: null, 'P-256': ecdsaOn('P-256', 256, 'ES256'), 'P-384': ecdsaOn('P-384', 384, 'ES384'), 'P-521': ecdsaOn('P-521', 521, 'ES512') } as never;
const agreeing: Record<string, Curve> = { __proto__: null, 'P-256': ecdhOn('P-256', 256), 'P-384': ecdhOn('P-384', 384), 'P-521': ecdhOn('P-521', 521) } as never;

function curveOf({ name, namedCurve }: { name: string; namedCurve: string | undefined }): Curve {
  return (name === 'ECDSA' ? signing : agreeing)[namedCurve!] ?? fail('NotSupportedError', `${name}: there is no curve "${namedCurve!}"`);
}

/** Checks the keys of both sides of a key agreement. */
export function checkAgreement(params: Params, key: KeySlots): KeySlots {
  const other = params.public!;
  if (key.type !== 'private') fail('InvalidAccessError', 'The key is not private');
  if (other.type !== 'public') fail('InvalidAccessError', `${params.name}: public is not a public key`);
  if (other.algorithm.name !== key.algorithm.name || other.algorithm.namedCurve !== key.algorithm.namedCurve) fail('InvalidAccessError', `${params.name}: the keys are not of one kind`);
  return other;
}

async function check(hash: Params['hash'], key: KeySlots, data: Uint8Array, signature: Uint8Array): Promise<Bytes> {
  if (key.type !== 'public') fail('InvalidAccessError', 'The key is not public');
  return run(CryptoOperation.Verify, { algorithm: CryptoAlgorithm.Ecdsa, key, hash: numberOf(hash) }, data, signature);
}

export const ec: Family = {
  generate: (params, extractable, usages) => generatePair(params, (params.name === 'ECDSA' ? signing : agreeing)['P-256']!, curveOf, extractable, usages),
  import: async (format, data, params, extractable, usages) => ours(importCurveKey(format, data, curveOf(params), extractable, usages)),
  export: (format, key) => exportCurveKey(format, key, curveOf(key.algorithm)),

  async sign({ hash }, key, data) {
    if (key.type !== 'private') fail('InvalidAccessError', 'The key is not private');
    return run(CryptoOperation.Sign, { algorithm: CryptoAlgorithm.Ecdsa, key, hash: numberOf(hash) }, data);
  },

  async verify({ hash }, key, signature, data) { return (await check(hash, key, data, signature))[0] === 1; },

  async deriveBits(params, key, length) {
    const other = checkAgreement(params, key);
    return firstBits(await run(CryptoOperation.DeriveBits, { algorithm: CryptoAlgorithm.Ecdh, key, other }), length, 'ECDH');
  },
};
