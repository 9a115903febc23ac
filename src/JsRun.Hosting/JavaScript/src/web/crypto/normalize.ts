// Web Crypto, "normalizing an algorithm": which members of an algorithm's object are read, in which order, and how they are checked.
import { conceal, list, NativeTypeError, ownKeys, setPrototypeOf, typedArrayName } from '../../kernel/intrinsics.ts';
import { type BufferSource, bufferSource, viewOf } from '../webidl/buffer-source.ts';
import { type Bytes, copyOf } from './call.ts';
import { type AlgorithmIdentifier, isObject, toAlgorithm, toKey, toKeyName, toNumberWithin, toText } from './convert.ts';
import type { HashName, KeySlots } from './crypto-key.ts';
import { fail } from './errors.ts';

const OCTET = 0xff;
const SHORT = 0xffff;
const LONG = 0xffffffff;

/** A normalized algorithm. Own properties only. */
export class Params {
  readonly name: string;
  hash: HashName | undefined = undefined;
  length: number | undefined = undefined;
  iv: Bytes | undefined = undefined;
  counter: Bytes | undefined = undefined;
  additionalData: Bytes | undefined = undefined;
  label: Bytes | undefined = undefined;
  context: Bytes | undefined = undefined;
  salt: Bytes | undefined = undefined;
  info: Bytes | undefined = undefined;
  publicExponent: Bytes | undefined = undefined;
  tagLength: number | undefined = undefined;
  saltLength: number | undefined = undefined;
  iterations: number | undefined = undefined;
  modulusLength: number | undefined = undefined;
  namedCurve: string | undefined = undefined;
  public: KeySlots | undefined = undefined;

  constructor(name: string) { this.name = name; }
}
conceal(Params);

type BytesMember = 'additionalData' | 'context' | 'counter' | 'info' | 'iv' | 'label' | 'salt';
type NumberMember = 'iterations' | 'length' | 'modulusLength' | 'saltLength' | 'tagLength';
type Convert = (params: Params, value: unknown, later: (() => void)[]) => void;
interface Member { name: string; required: boolean; convert: Convert }

/** Bytes are copied and hashes normalized when all members have been converted. */
const bytes = (name: BytesMember, required = true): Member => ({
  name, required, convert(params, value, later) {
    const source: BufferSource = bufferSource(value, name);
    later[later.length] = () => { params[name] = copyOf(viewOf(source)); };
  },
});
const number = (name: NumberMember, most: number, required = true): Member => ({ name, required, convert(params, value) { params[name] = toNumberWithin(value, most, name); } });
const hash: Member = {
  name: 'hash', required: true, convert(params, value, later) {
    const identifier = toAlgorithm(value);
    later[later.length] = () => { params.hash = normalize(identifier, 'digest').name as HashName; };
  },
};
const namedCurve: Member = { name: 'namedCurve', required: true, convert(params, value) { params.namedCurve = toText(value); } };
const publicKey: Member = { name: 'public', required: true, convert(params, value) { params.public = toKey(value, 'public'); } };
const publicExponent: Member = {
  name: 'publicExponent', required: true, convert(params, value, later) {
    if (typedArrayName(value) !== 'Uint8Array') throw new NativeTypeError('publicExponent is not a Uint8Array');
    const source = bufferSource(value, 'publicExponent');
    later[later.length] = () => { params.publicExponent = copyOf(viewOf(source)); };
  },
};

type Dictionary = readonly Member[];

// Members in lexicographical order, those of inherited dictionaries first.
const none: Dictionary = [];
const hashed: Dictionary = [hash];
const rsaGenerate: Dictionary = [number('modulusLength', LONG), publicExponent, hash];
const curve: Dictionary = [namedCurve];
const aesLength: Dictionary = [number('length', SHORT)];
const hmac: Dictionary = [hash, number('length', LONG, false)];
const agreement: Dictionary = [publicKey];
const gcm: Dictionary = [bytes('additionalData', false), bytes('iv'), number('tagLength', OCTET, false)];
const ctr: Dictionary = [bytes('counter'), number('length', OCTET)];

export type Operation = 'encrypt' | 'decrypt' | 'sign' | 'verify' | 'digest' | 'generateKey' | 'importKey' | 'exportKey' | 'deriveBits' | 'getKeyLength' | 'wrapKey' | 'unwrapKey';
type Operations = Partial<Record<Operation, Dictionary>>;

const aes = (parameters: Dictionary): Operations => ({ encrypt: parameters, decrypt: parameters, generateKey: aesLength, importKey: none, exportKey: none, getKeyLength: aesLength });
const signing = (parameters: Dictionary, generateKey: Dictionary, importKey: Dictionary): Operations => ({ sign: parameters, verify: parameters, generateKey, importKey, exportKey: none });
const agreeing = (key: Dictionary): Operations => ({ generateKey: key, deriveBits: agreement, importKey: key, exportKey: none });
const deriving = (parameters: Dictionary): Operations => ({ deriveBits: parameters, importKey: none, getKeyLength: none });

const registered: Record<string, Operations> = {
  'SHA-1': { digest: none },
  'SHA-256': { digest: none },
  'SHA-384': { digest: none },
  'SHA-512': { digest: none },
  'AES-CBC': aes([bytes('iv')]),
  'AES-CTR': aes(ctr),
  'AES-GCM': aes(gcm),
  'AES-KW': { generateKey: aesLength, importKey: none, exportKey: none, getKeyLength: aesLength, wrapKey: none, unwrapKey: none },
  'HMAC': { sign: none, verify: none, generateKey: hmac, importKey: hmac, exportKey: none, getKeyLength: hmac },
  'RSASSA-PKCS1-v1_5': signing(none, rsaGenerate, hashed),
  'RSA-PSS': signing([number('saltLength', LONG)], rsaGenerate, hashed),
  'RSA-OAEP': { encrypt: [bytes('label', false)], decrypt: [bytes('label', false)], generateKey: rsaGenerate, importKey: hashed, exportKey: none },
  'ECDSA': signing(hashed, curve, curve),
  'ECDH': agreeing(curve),
  'Ed25519': signing(none, none, none),
  'Ed448': signing([bytes('context', false)], none, none),
  'X25519': agreeing(none),
  'X448': agreeing(none),
  'HKDF': deriving([hash, bytes('info'), bytes('salt')]),
  'PBKDF2': deriving([hash, number('iterations', LONG), bytes('salt')]),
};

/** By name in lower case. Without prototypes, so that an operation that an algorithm does not support is not found on one. */
const byName: Record<string, { name: string; operations: Operations } | undefined> = { __proto__: null } as never;
const names = ownKeys(registered) as string[];
// Evaluated with the first call, when user code may have replaced all built-ins: captured intrinsics only, and no iterators.
for (let i = 0; i < names.length; i++) {
  const name = names[i]!;
  setPrototypeOf(registered[name]!, null);
  byName[toKeyName(name)] = { name, operations: registered[name]! };
}

export function supports(name: string, operation: Operation): boolean { return byName[toKeyName(name)]?.operations[operation] !== undefined; }

function nameOf(source: Record<string, unknown>): string {
  const { name } = source;
  if (name === undefined) throw new NativeTypeError('The algorithm has no name');
  return toText(name);
}

export function normalize(algorithm: AlgorithmIdentifier, operation: Operation): Params {
  const source: Record<string, unknown> = isObject(algorithm) ? algorithm : { __proto__: null, name: algorithm };
  const name = nameOf(source);
  const found = byName[toKeyName(name)];
  const dictionary = found?.operations[operation];
  if (dictionary === undefined) fail('NotSupportedError', found === undefined ? `There is no algorithm "${name}"` : `${found.name} does not support ${operation}`);
  const params = new Params(found!.name);
  if (dictionary.length === 0) return params;
  // The object is converted anew, now that it is known to what.
  nameOf(source);
  const later = list<() => void>();
  for (let i = 0; i < dictionary.length; i++) {
    const member = dictionary[i]!;
    const value = source[member.name];
    if (value !== undefined) member.convert(params, value, later);
    else if (member.required) throw new NativeTypeError(`${params.name}: the algorithm has no ${member.name}`);
  }
  for (let i = 0; i < later.length; i++) later[i]!();
  return params;
}
