import { allNotImplemented } from './lib/not-implemented.js';

const absent = allNotImplemented('cluster', 'fork setupPrimary setupMaster disconnect Worker', 'a function cannot start processes');

export const { fork, setupPrimary, setupMaster, disconnect, Worker } = absent;
const values = { isMaster: true, isPrimary: true, isWorker: false, workers: {}, settings: {} };
export const { isMaster, isPrimary, isWorker, workers, settings } = values;
export default { ...absent, ...values };
