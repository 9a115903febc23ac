// Web Crypto: keys on curves, which ECDSA, ECDH and those of RFC 8032 and 7748 import and export alike.
import { byteLengthOf, ceil, list, NativeUint8Array, ours } from '../../kernel/intrinsics.ts';
import { type Bytes, readList, run, shield } from './call.ts';
import { allowOnly, type Format, pick, requireUsage } from './convert.ts';
import { KeyAlgorithm, type KeySlots, type KeyUsage } from './crypto-key.ts';
import { fail } from './errors.ts';
import { type KeyPair, make, pair, slots, WEIGHT } from './family.ts';
import { checkJwk, createJwk, decode, encode, type Jwk } from './jwk.ts';
import type { Params } from './normalize.ts';
import { type CryptoAlgorithm, CryptoKeyFormat, CryptoOperation } from './numbers.ts';

/** The algorithm, with the curve if it has more than one. */
export interface Curve {
  name: string;
  number: CryptoAlgorithm;
  bits: number;
  namedCurve: string | undefined;
  publicUsages: KeyUsage[];
  privateUsages: KeyUsage[];
  /** What a JSON Web Key has. */
  jwk: { kty: string; use: string; crv: string; members: readonly ('x' | 'y' | 'd')[]; algs: readonly string[]; exportedAlg?: string };
}

const formats = { raw: CryptoKeyFormat.Raw, spki: CryptoKeyFormat.Spki, pkcs8: CryptoKeyFormat.Pkcs8 } as const;

function describe({ name, namedCurve }: Curve): KeyAlgorithm {
  const algorithm = new KeyAlgorithm(name);
  algorithm.namedCurve = namedCurve;
  return algorithm;
}

const weightOf = (curve: Curve): number => (curve.namedCurve === undefined ? WEIGHT.okp : WEIGHT.ec);

/** `curveOf` fails if the curve is not known; it is called after the usages have been checked. */
export async function generatePair(params: Params, allowed: Curve, curveOf: (params: Params) => Curve, extractable: boolean, usages: KeyUsage[]): Promise<KeyPair> {
  allowOnly(usages, allowed.publicUsages, allowed.privateUsages);
  const curve = curveOf(params);
  const privateUsages = pick(usages, curve.privateUsages);
  requireUsage(privateUsages);
  const made = await ours(make(CryptoOperation.Generate, { algorithm: curve.number, number: curve.bits }, list()));
  return pair(made, describe(curve), extractable, pick(usages, curve.publicUsages), privateUsages, weightOf(curve));
}

export async function importCurveKey(format: Format, data: Bytes | Jwk, curve: Curve, extractable: boolean, usages: KeyUsage[]): Promise<KeySlots> {
  const isPrivate = format === 'pkcs8' || format === 'jwk' && (data as Jwk).d !== undefined;
  const allowed = isPrivate ? curve.privateUsages : curve.publicUsages;
  allowOnly(usages, allowed);
  const sections = format === 'jwk' ? readMembers(data as Jwk, curve, isPrivate, extractable, usages) : [data as Bytes];
  const call = { algorithm: curve.number, number: curve.bits, format: format === 'jwk' ? CryptoKeyFormat.Jwk : formats[format] };
  const { handle } = await ours(make(CryptoOperation.Import, call, sections));
  return slots(handle, isPrivate ? 'private' : 'public', extractable, describe(curve), pick(usages, allowed), weightOf(curve));
}

function readMembers(jwk: Jwk, curve: Curve, isPrivate: boolean, extractable: boolean, usages: KeyUsage[]): Bytes[] {
  const { kty, use, crv, members, algs } = curve.jwk;
  checkJwk(jwk, kty, use, usages, extractable);
  if (jwk.crv !== crv) fail('DataError', `The JSON Web Key's crv is not "${crv}"`);
  let known = jwk.alg === undefined || algs.length === 0;
  for (let i = 0; i < algs.length; i++) known ||= algs[i] === jwk.alg;
  if (!known) fail('DataError', `The JSON Web Key's alg is not "${algs[0]!}"`);
  const bytes = list<Bytes>();
  for (let i = 0; i < members.length; i++) if (isPrivate || members[i] !== 'd') bytes[bytes.length] = decode(jwk, members[i]!);
  return bytes;
}

export async function exportCurveKey(format: Format, key: KeySlots, curve: Curve): Promise<Bytes | Jwk> {
  if (format === 'jwk') {
    const parts = readList(await run(CryptoOperation.Export, { key, format: CryptoKeyFormat.Jwk }));
    const jwk = createJwk();
    jwk.kty = curve.jwk.kty;
    jwk.crv = curve.jwk.crv;
    if (curve.jwk.exportedAlg !== undefined) jwk.alg = curve.jwk.exportedAlg;
    for (let i = 0; i < parts.length; i++) jwk[curve.jwk.members[i]!] = encode(parts[i]!);
    return jwk;
  }
  if ((format === 'pkcs8') !== (key.type === 'private')) fail('InvalidAccessError', `A ${key.type} key cannot be exported as ${format}`);
  return run(CryptoOperation.Export, { key, format: formats[format] });
}

/** The requested bits of an agreed secret: all of them, or the first `length`. */
export function firstBits(secret: Bytes, length: number | null, name: string): Bytes {
  if (length === null) return secret;
  const most = byteLengthOf(secret) * 8;
  if (length > most) fail('OperationError', `${name}: ${length} bits were asked for, and there are ${most}`);
  const size = ceil(length / 8);
  const bytes = new NativeUint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = secret[i]!;
  if (length % 8 !== 0) bytes[size - 1]! &= 0xff << 8 - length % 8;
  return shield(bytes);
}
