import { Agent } from './lib/agent.js';
import { allNotImplemented } from './lib/not-implemented.js';

export const globalAgent = new Agent({ keepAlive: true });
const absent = allNotImplemented('https', 'Server createServer get request', 'use fetch, and export default { fetch }');
export const { Server, createServer, get, request } = absent;
export { Agent };
export default { globalAgent, Agent, ...absent };
