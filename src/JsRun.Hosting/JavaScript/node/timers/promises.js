import { promises } from '../lib/timers.js';

export const { setTimeout, setImmediate, setInterval, scheduler } = promises;
export default promises;
