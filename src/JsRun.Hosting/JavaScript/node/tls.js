import { allNotImplemented } from './lib/not-implemented.js';

const absent = allNotImplemented('tls', 'connect createServer createSecureContext getCiphers checkServerIdentity Server TLSSocket SecureContext', 'a function has no sockets. Use fetch');

export const { connect, createServer, createSecureContext, getCiphers, checkServerIdentity, Server, TLSSocket, SecureContext } = absent;
const values = { rootCertificates: [], DEFAULT_MIN_VERSION: 'TLSv1.2', DEFAULT_MAX_VERSION: 'TLSv1.3', DEFAULT_ECDH_CURVE: 'auto' };
export const { rootCertificates, DEFAULT_MIN_VERSION, DEFAULT_MAX_VERSION, DEFAULT_ECDH_CURVE } = values;
export default { ...absent, ...values };
