import { allNotImplemented } from './lib/not-implemented.js';

const absent = allNotImplemented('trace_events', 'createTracing getEnabledCategories');

export const { createTracing, getEnabledCategories } = absent;
export default { ...absent };
