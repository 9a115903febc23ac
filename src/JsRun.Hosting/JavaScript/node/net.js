import { allNotImplemented } from './lib/not-implemented.js';

const V4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

export const isIPv4 = (text) => V4.test(`${text}`) && !/(?:^|\.)0\d/.test(`${text}`);
export function isIPv6(text) {
  const value = `${text}`.replace(/%[\w.-]+$/, '');
  if (!value.includes(':') || /[^\da-fA-F:.]/.test(value)) return false;
  try {
    return new URL(`http://[${value}]`).hostname !== '';
  } catch {
    return false;
  }
}
export const isIP = (text) => isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0;
const absent = allNotImplemented('net', 'Socket Stream Server connect createConnection createServer BlockList SocketAddress getDefaultAutoSelectFamily setDefaultAutoSelectFamily', 'a function has no sockets. Use fetch');
export const { Socket, Stream, Server, connect, createConnection, createServer, BlockList, SocketAddress, getDefaultAutoSelectFamily, setDefaultAutoSelectFamily } = absent;
export default { isIP, isIPv4, isIPv6, ...absent };
