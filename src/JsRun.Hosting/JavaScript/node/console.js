// node:console: the global one, and consoles over streams.
import { format } from './lib/inspect.js';
import { process } from './lib/process.js';

const global = globalThis.console;

class Over {
  constructor(options, stderr) {
    const { stdout, stderr: errors = stdout } = typeof options?.write === 'function' ? { stdout: options, stderr } : options;
    const groups = [];
    const counts = new Map();
    const times = new Map();
    const write = (to, args) => { to.write(`${groups.join('')}${format(...args).replaceAll('\n', `\n${groups.join('')}`)}\n`); };
    for (const name of ['log', 'info', 'debug', 'dirxml']) this[name] = (...args) => { write(stdout, args); };
    for (const name of ['error', 'warn', 'trace']) this[name] = (...args) => { write(errors, args); };
    this.assert = (value, ...args) => { if (!value) write(errors, [`Assertion failed${args.length > 0 ? `: ${format(...args)}` : ''}`]); };
    this.dir = (object) => { write(stdout, [object]); };
    this.table = (data) => { write(stdout, [data]); };
    this.group = (...args) => {
      if (args.length > 0) write(stdout, args);
      groups.push('  ');
    };
    this.groupCollapsed = this.group;
    this.groupEnd = () => { groups.pop(); };
    this.count = (label = 'default') => {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      write(stdout, [`${label}: ${counts.get(label)}`]);
    };
    this.countReset = (label = 'default') => { counts.delete(label); };
    this.time = (label = 'default') => { times.set(label, performance.now()); };
    this.timeLog = (label = 'default', ...args) => { write(stdout, [`${label}: ${(performance.now() - times.get(label)).toFixed(3)}ms`, ...args]); };
    this.timeEnd = (label = 'default') => {
      this.timeLog(label);
      times.delete(label);
    };
  }
}

/** A class that can be called without `new`. */
const Console = new Proxy(Over, { apply: (target, _self, args) => new target(...args) });
Object.defineProperty(Over, 'name', { value: 'Console', configurable: true });

export const { log, info, debug, error, warn, trace, dir, dirxml, table, group, groupCollapsed, groupEnd, count, countReset, time, timeLog, timeEnd, assert, clear } = global;
const nodeConsole = Object.create(global, { Console: { value: Console, writable: true, configurable: true }, _stdout: { get: () => process.stdout }, _stderr: { get: () => process.stderr } });
export { Console };
export default nodeConsole;
