import { allNotImplemented } from './lib/not-implemented.js';

const absent = allNotImplemented('wasi', 'WASI');

export const { WASI } = absent;
export default { ...absent };
