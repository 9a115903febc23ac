import { allNotImplemented } from './lib/not-implemented.js';

const absent = allNotImplemented('child_process', 'ChildProcess exec execFile execFileSync execSync fork spawn spawnSync', 'a function cannot start processes');

export const { ChildProcess, exec, execFile, execFileSync, execSync, fork, spawn, spawnSync } = absent;
export default { ...absent };
