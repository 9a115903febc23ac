import { process } from './lib/process.js';

export const {
  title, version, versions, release, arch, platform, argv, argv0, execArgv, execPath, pid, ppid, features, config, env, stdout, stderr, stdin, cwd, nextTick, hrtime, uptime, emitWarning, umask, getuid, geteuid, getgid, getegid,
  getgroups, exit, abort, kill, chdir, memoryUsage, cpuUsage, resourceUsage, on, once, off, emit, addListener, removeListener, removeAllListeners, listeners, listenerCount, setUncaughtExceptionCaptureCallback, hasUncaughtExceptionCaptureCallback,
  allowedNodeEnvironmentFlags, exitCode,
} = process;
export default process;
