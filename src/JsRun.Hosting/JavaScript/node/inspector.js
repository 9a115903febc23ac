import { allNotImplemented } from './lib/not-implemented.js';

const absent = allNotImplemented('inspector', 'open close url waitForDebugger Session');

export const { open, close, url, waitForDebugger, Session } = absent;
const values = { console: globalThis.console };
export const { console } = values;
export default { ...absent, ...values };
