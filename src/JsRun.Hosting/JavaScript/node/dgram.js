import { allNotImplemented } from './lib/not-implemented.js';

const absent = allNotImplemented('dgram', 'createSocket Socket', 'a function has no sockets');

export const { createSocket, Socket } = absent;
export default { ...absent };
