// Web Crypto: Ed25519, Ed448, X25519 and X448.
import { byteLengthOf, NativeUint8Array } from '../../kernel/intrinsics.ts';
import { type Bytes, run } from './call.ts';
import { type Curve, exportCurveKey, firstBits, generatePair, importCurveKey } from './curves.ts';
import { checkAgreement } from './ec.ts';
import { fail } from './errors.ts';
import type { Family } from './family.ts';
import type { Params } from './normalize.ts';
import { CryptoAlgorithm, CryptoOperation } from './numbers.ts';

const members = ['x', 'd'] as const;
const nothing = new NativeUint8Array(0);
/** The longest context of a signature, in bytes. */
const MOST_CONTEXT = 255;

const signing = (name: string, number: CryptoAlgorithm): Curve => ({
  name, number, bits: 0, namedCurve: undefined, publicUsages: ['verify'], privateUsages: ['sign'], jwk: { kty: 'OKP', use: 'sig', crv: name, members, algs: [name, 'EdDSA'], exportedAlg: name },
});
const agreeing = (name: string, number: CryptoAlgorithm): Curve => ({
  name, number, bits: 0, namedCurve: undefined, publicUsages: [], privateUsages: ['deriveKey', 'deriveBits'], jwk: { kty: 'OKP', use: 'enc', crv: name, members, algs: [] },
});

const curves: Record<string, Curve> = {
  Ed25519: signing('Ed25519', CryptoAlgorithm.Ed25519),
  Ed448: signing('Ed448', CryptoAlgorithm.Ed448),
  X25519: agreeing('X25519', CryptoAlgorithm.X25519),
  X448: agreeing('X448', CryptoAlgorithm.X448),
};

const curveOf = ({ name }: { name: string }): Curve => curves[name]!;

function contextOf({ context = nothing }: Params): Bytes {
  if (byteLengthOf(context) > MOST_CONTEXT) fail('OperationError', `Ed448: context has ${byteLengthOf(context)} bytes, more than ${MOST_CONTEXT}`);
  return context;
}

export const okp: Family = {
  generate: (params, extractable, usages) => generatePair(params, curveOf(params), curveOf, extractable, usages),
  import: (format, data, params, extractable, usages) => importCurveKey(format, data, curveOf(params), extractable, usages),
  export: (format, key) => exportCurveKey(format, key, curveOf(key.algorithm)),

  async sign(params, key, data) {
    if (key.type !== 'private') fail('InvalidAccessError', 'The key is not private');
    return run(CryptoOperation.Sign, { algorithm: curveOf(params).number, key }, data, contextOf(params));
  },

  async verify(params, key, signature, data) {
    if (key.type !== 'public') fail('InvalidAccessError', 'The key is not public');
    return (await run(CryptoOperation.Verify, { algorithm: curveOf(params).number, key }, data, signature, contextOf(params)))[0] === 1;
  },

  async deriveBits(params, key, length) {
    const other = checkAgreement(params, key);
    return firstBits(await run(CryptoOperation.DeriveBits, { algorithm: curveOf(params).number, key, other }), length, params.name);
  },
};
