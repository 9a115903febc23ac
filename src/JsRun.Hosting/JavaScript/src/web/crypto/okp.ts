// Web Crypto: Ed25519 and X25519.
import { run } from './call.ts';
import { type Curve, cut, exportCurveKey, generatePair, importCurveKey } from './curves.ts';
import { checkAgreement } from './ec.ts';
import { fail } from './errors.ts';
import type { Family } from './family.ts';
import { CryptoAlgorithm, CryptoOperation } from './numbers.ts';

const members = ['x', 'd'] as const;
const BITS = 256;

const curves: Record<string, Curve> = {
  Ed25519: {
    name: 'Ed25519', number: CryptoAlgorithm.Ed25519, bits: BITS, namedCurve: undefined, publicUsages: ['verify'], privateUsages: ['sign'],
    jwk: { kty: 'OKP', use: 'sig', crv: 'Ed25519', members, algs: ['Ed25519', 'EdDSA'], exportedAlg: 'Ed25519' },
  },
  X25519: {
    name: 'X25519', number: CryptoAlgorithm.X25519, bits: BITS, namedCurve: undefined, publicUsages: [], privateUsages: ['deriveKey', 'deriveBits'],
    jwk: { kty: 'OKP', use: 'enc', crv: 'X25519', members, algs: [] },
  },
};

const curveOf = ({ name }: { name: string }): Curve => curves[name]!;

export const okp: Family = {
  generate: (params, extractable, usages) => generatePair(params, curveOf(params), curveOf, extractable, usages),
  import: (format, data, params, extractable, usages) => importCurveKey(format, data, curveOf(params), extractable, usages),
  export: (format, key) => exportCurveKey(format, key, curveOf(key.algorithm)),

  async sign(_params, key, data) {
    if (key.type !== 'private') fail('InvalidAccessError', 'The key is not private');
    return run(CryptoOperation.Sign, { algorithm: CryptoAlgorithm.Ed25519, key }, data);
  },

  async verify(_params, key, signature, data) {
    if (key.type !== 'public') fail('InvalidAccessError', 'The key is not public');
    return (await run(CryptoOperation.Verify, { algorithm: CryptoAlgorithm.Ed25519, key }, data, signature))[0] === 1;
  },

  async deriveBits(params, key, length) {
    const other = checkAgreement(params, key);
    return cut(await run(CryptoOperation.DeriveBits, { algorithm: CryptoAlgorithm.X25519, key, other }), length, 'X25519');
  },
};
