import { allNotImplemented } from './lib/not-implemented.js';

const absent = allNotImplemented('http2', 'connect createServer createSecureServer getDefaultSettings getPackedSettings getUnpackedSettings performServerHandshake Http2ServerRequest Http2ServerResponse', 'use fetch');

export const { connect, createServer, createSecureServer, getDefaultSettings, getPackedSettings, getUnpackedSettings, performServerHandshake, Http2ServerRequest, Http2ServerResponse } = absent;
const values = { constants: {}, sensitiveHeaders: Symbol("sensitiveHeaders") };
export const { constants, sensitiveHeaders } = values;
export default { ...absent, ...values };
