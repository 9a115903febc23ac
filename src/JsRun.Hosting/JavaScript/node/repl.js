import { allNotImplemented } from './lib/not-implemented.js';

const absent = allNotImplemented('repl', 'start REPLServer Recoverable');

export const { start, REPLServer, Recoverable } = absent;
export default { ...absent };
