// node:os: of the host it tells nothing.
import { numbers } from './lib/system-errors.js';

export const EOL = '\n';
export const devNull = '/dev/null';
export const arch = () => 'x64';
export const platform = () => 'linux';
export const type = () => 'Linux';
export const release = () => '';
export const version = () => '';
export const machine = () => 'x86_64';
export const hostname = () => 'localhost';
export const homedir = () => '/';
export const tmpdir = () => '/tmp';
export const endianness = () => 'LE';
export const uptime = () => 0;
export const loadavg = () => [0, 0, 0];
export const totalmem = () => 0;
export const freemem = () => 0;
export const cpus = () => [];
export const availableParallelism = () => 1;
export const networkInterfaces = () => ({});
export const userInfo = () => ({ uid: 1000, gid: 1000, username: 'function', homedir: '/', shell: null });
export const getPriority = () => 0;
export const setPriority = () => { /* there is none to set */ };
export const constants = {
  UV_UDP_REUSEADDR: 4, errno: numbers, priority: { PRIORITY_LOW: 19, PRIORITY_BELOW_NORMAL: 10, PRIORITY_NORMAL: 0, PRIORITY_ABOVE_NORMAL: -7, PRIORITY_HIGH: -14, PRIORITY_HIGHEST: -20 }, dlopen: {},
  signals: { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGBUS: 7, SIGFPE: 8, SIGKILL: 9, SIGUSR1: 10, SIGSEGV: 11, SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15, SIGCHLD: 17, SIGCONT: 18, SIGSTOP: 19, SIGTSTP: 20 },
};
export default {
  EOL, devNull, arch, platform, type, release, version, machine, hostname, homedir, tmpdir, endianness, uptime, loadavg, totalmem, freemem, cpus, availableParallelism, networkInterfaces, userInfo, getPriority, setPriority, constants,
};
