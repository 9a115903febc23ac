// Numbers of system errors, as on Linux.
const errors = {
  E2BIG: [7, 'argument list too long'], EACCES: [13, 'permission denied'], EADDRINUSE: [98, 'address already in use'], EADDRNOTAVAIL: [99, 'address not available'], EAGAIN: [11, 'resource temporarily unavailable'],
  EBADF: [9, 'bad file descriptor'], EBUSY: [16, 'resource busy or locked'], ECANCELED: [125, 'operation canceled'], ECONNABORTED: [103, 'software caused connection abort'], ECONNREFUSED: [111, 'connection refused'],
  ECONNRESET: [104, 'connection reset by peer'], EEXIST: [17, 'file already exists'], EHOSTUNREACH: [113, 'host is unreachable'], EINVAL: [22, 'invalid argument'], EIO: [5, 'i/o error'], EISDIR: [21, 'illegal operation on a directory'],
  EMFILE: [24, 'too many open files'], ENETUNREACH: [101, 'network is unreachable'], ENOENT: [2, 'no such file or directory'], ENOMEM: [12, 'not enough memory'], ENOTCONN: [107, 'socket is not connected'], ENOTDIR: [20, 'not a directory'],
  ENOTEMPTY: [39, 'directory not empty'], ENOTSUP: [95, 'operation not supported on socket'], EPERM: [1, 'operation not permitted'], EPIPE: [32, 'broken pipe'], EROFS: [30, 'read-only file system'], ETIMEDOUT: [110, 'connection timed out'], EXDEV: [18, 'cross-device link not permitted'],
};

export const numbers = Object.fromEntries(Object.entries(errors).map(([name, [number]]) => [name, number]));
export const systemErrorMap = () => new Map(Object.entries(errors).map(([name, [number, message]]) => [-number, [name, message]]));
export const systemErrorName = (number) => systemErrorMap().get(number)?.[0] ?? `Unknown system error ${number}`;
export const systemErrorMessage = (number) => systemErrorMap().get(number)?.[1] ?? `Unknown system error ${number}`;

/** The error of a system call. */
export function systemError(name, syscall, path, more) {
  const [number, message] = errors[name];
  const error = new Error(`${name}: ${message}, ${syscall}${path === undefined ? '' : ` '${path}'`}`);
  return Object.assign(error, { errno: -number, code: name, syscall, ...(path !== undefined && { path }) }, more);
}
