// DOMException: a real Error (own stack, [[ErrorData]]) whose name, message and code are getters on the prototype.
import { construct, deleteProperty, NativeError, setPrototypeOf } from '../../kernel/intrinsics.ts';
import { defineInterface } from './interface.ts';

/** The names that have a legacy code, which is their index. */
const legacyNames = [
  'IndexSizeError', '', 'HierarchyRequestError', 'WrongDocumentError', 'InvalidCharacterError', '', 'NoModificationAllowedError', 'NotFoundError', 'NotSupportedError',
  'InUseAttributeError', 'InvalidStateError', 'SyntaxError', 'InvalidModificationError', 'NamespaceError', 'InvalidAccessError', '', 'TypeMismatchError', 'SecurityError',
  'NetworkError', 'AbortError', 'URLMismatchError', 'QuotaExceededError', 'TimeoutError', 'InvalidNodeTypeError', 'DataCloneError',
];
const constants = [
  'INDEX_SIZE_ERR', 'DOMSTRING_SIZE_ERR', 'HIERARCHY_REQUEST_ERR', 'WRONG_DOCUMENT_ERR', 'INVALID_CHARACTER_ERR', 'NO_DATA_ALLOWED_ERR', 'NO_MODIFICATION_ALLOWED_ERR',
  'NOT_FOUND_ERR', 'NOT_SUPPORTED_ERR', 'INUSE_ATTRIBUTE_ERR', 'INVALID_STATE_ERR', 'SYNTAX_ERR', 'INVALID_MODIFICATION_ERR', 'NAMESPACE_ERR', 'INVALID_ACCESS_ERR',
  'VALIDATION_ERR', 'TYPE_MISMATCH_ERR', 'SECURITY_ERR', 'NETWORK_ERR', 'ABORT_ERR', 'URL_MISMATCH_ERR', 'QUOTA_EXCEEDED_ERR', 'TIMEOUT_ERR', 'INVALID_NODE_TYPE_ERR', 'DATA_CLONE_ERR',
];

/** Stamps private fields on an error that already exists. */
const Stamp = function (target: object) { return target; } as unknown as new (target: object) => object;

class State extends Stamp {
  #name: string;
  #message: string;

  constructor(target: object, name: string, message: string) {
    super(target);
    this.#name = name;
    this.#message = message;
  }

  static nameOf(target: object): string { return (target as State).#name; }
  static messageOf(target: object): string { return (target as State).#message; }
  static is(value: unknown): boolean { return typeof value === 'object' && value !== null && #name in value; }
}

export const isDOMException = State.is;

export class DOMException {
  declare readonly stack: string;

  constructor(message: unknown = '', name: unknown = 'Error') {
    const text = `${message as string}`;
    // The message is passed to Error's constructor only for the first line of the stack: the error must have no own property `message`, because it is a getter.
    const error = construct(NativeError, [text], new.target) as DOMException;
    deleteProperty(error, 'message');
    new State(error, `${name as string}`, text);
    return error;
  }

  get name(): string { return State.nameOf(this); }
  get message(): string { return State.messageOf(this); }
  get code(): number { return legacyNames.indexOf(State.nameOf(this) || '-') + 1; }
}

const codes = { __proto__: null } as unknown as Record<string, number>;
for (let i = 0; i < constants.length; i++) codes[constants[i]!] = i + 1;
setPrototypeOf(DOMException.prototype, NativeError.prototype);
defineInterface(DOMException, 'DOMException', codes);
