// Web Crypto: HKDF and PBKDF2.
import { byteLengthOf, ours } from '../../kernel/intrinsics.ts';
import { type Bytes, run } from './call.ts';
import { allowOnly, pick } from './convert.ts';
import { KeyAlgorithm, type KeyUsage } from './crypto-key.ts';
import { fail, unsupportedFormat } from './errors.ts';
import { type Family, make, numberOf, slots, WEIGHT } from './family.ts';
import { MOST_BITS } from './hmac.ts';
import { CryptoAlgorithm, CryptoOperation } from './numbers.ts';

const usagesOfKeys: KeyUsage[] = ['deriveKey', 'deriveBits'];

export const derivation: Family = {
  async import(format, data, { name }, extractable, usages) {
    if (format !== 'raw') unsupportedFormat(format, name);
    allowOnly(usages, usagesOfKeys);
    if (extractable) fail('SyntaxError', `A key for ${name} cannot be extractable`);
    const { handle } = await ours(make(CryptoOperation.Import, { algorithm: CryptoAlgorithm.Hkdf }, [data as Bytes]));
    return slots(handle, 'secret', false, new KeyAlgorithm(name), pick(usages, usagesOfKeys), WEIGHT.secret + byteLengthOf(data as Bytes));
  },

  async deriveBits({ name, hash, salt, info, iterations }, key, length) {
    if (length === null || length % 8 !== 0) fail('OperationError', `${name}: the length must be given, and be a multiple of 8`);
    if (length! > MOST_BITS) fail('OperationError', `${name}: ${length!} bits are too many`);
    if (name === 'HKDF') return run(CryptoOperation.DeriveBits, { algorithm: CryptoAlgorithm.Hkdf, key, hash: numberOf(hash), number: length! }, salt!, info!);
    if (iterations === 0) fail('OperationError', 'PBKDF2: iterations is 0');
    return run(CryptoOperation.DeriveBits, { algorithm: CryptoAlgorithm.Pbkdf2, key, hash: numberOf(hash), number: length!, iterations: iterations! }, salt!);
  },

  keyLength: () => null,
};
