// node:fs: an empty file system that cannot be written.
import { Readable, Writable } from './stream.js';
import { requireFunction } from './lib/errors.js';
import { notImplemented } from './lib/not-implemented.js';
import { process } from './lib/process.js';
import { systemError } from './lib/system-errors.js';

const READS = 'access readFile readdir readlink realpath stat lstat open opendir statfs';
const WRITES = 'appendFile writeFile mkdir mkdtemp rm rmdir unlink rename copyFile cp chmod chown lchown lutimes utimes link symlink truncate';
const pathOf = (path) => path instanceof URL ? decodeURIComponent(path.pathname) : `${path}`;

const failure = (name, path) => systemError(READS.split(' ').includes(name) ? 'ENOENT' : 'EROFS', name === 'readFile' ? 'open' : name === 'writeFile' || name === 'appendFile' ? 'open' : name, pathOf(path));

const fs = {};
export const promises = {};
for (const name of `${READS} ${WRITES}`.split(' ')) {
  const make = (path) => failure(name, path);
  fs[name] = function (path, ...rest) {
    const callback = rest.at(-1);
    requireFunction(callback, 'cb');
    process.nextTick(callback, make(path));
  };
  fs[`${name}Sync`] = function (path, options) {
    if ((name === 'stat' || name === 'lstat') && options?.throwIfNoEntry === false) return undefined;
    throw make(path);
  };
  promises[name] = (path) => Promise.reject(make(path));
  Object.defineProperty(fs[name], 'name', { value: name, configurable: true });
}
Object.assign(fs.realpath, { native: fs.realpath });
Object.assign(fs.realpathSync, { native: fs.realpathSync });
fs.existsSync = () => false;
fs.exists = (_path, callback) => { process.nextTick(callback, false); };
export class ReadStream extends Readable {
  constructor(path, options) {
    super(options);
    this.path = path;
    process.nextTick(() => { this.destroy(systemError('ENOENT', 'open', pathOf(path))); });
  }

  _read() { /* it fails before */ }
}
export class WriteStream extends Writable {
  constructor(path, options) {
    super(options);
    this.path = path;
    process.nextTick(() => { this.destroy(systemError('EROFS', 'open', pathOf(path))); });
  }

  _write() { /* it fails before */ }
}
fs.createReadStream = (path, options) => new ReadStream(path, typeof options === 'string' ? { encoding: options } : options);
fs.createWriteStream = (path, options) => new WriteStream(path, typeof options === 'string' ? { defaultEncoding: options } : options);
for (const name of 'watch watchFile unwatchFile close closeSync read readSync readv readvSync write writeSync writev writevSync fstat fstatSync fsync fsyncSync fdatasync fdatasyncSync ftruncate ftruncateSync futimes futimesSync fchmod fchmodSync fchown fchownSync openAsBlob glob globSync'.split(' ')) {
  fs[name] = notImplemented('fs', name, 'the file system of a function is empty');
}
promises.watch = notImplemented('fs.promises', 'watch');
export class Stats {}
export class Dirent {}
export class Dir {}
export const constants = {
  F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, COPYFILE_EXCL: 1, COPYFILE_FICLONE: 2, COPYFILE_FICLONE_FORCE: 4, O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, O_CREAT: 64, O_EXCL: 128, O_TRUNC: 512, O_APPEND: 1024, O_SYNC: 1_052_672, S_IFMT: 61_440, S_IFREG: 32_768,
  S_IFDIR: 16_384, S_IFLNK: 40_960,
};
promises.constants = constants;
Object.assign(fs, { promises, constants, ReadStream, WriteStream, Stats, Dirent, Dir, F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 });

export const {
  access, accessSync, readFile, readFileSync, readdir, readdirSync, readlink, readlinkSync, realpath, realpathSync, stat, statSync, lstat, lstatSync, open, openSync, opendir, opendirSync, statfs,
  statfsSync, appendFile, appendFileSync, writeFile, writeFileSync, mkdir, mkdirSync, mkdtemp, mkdtempSync, rm, rmSync, rmdir, rmdirSync, unlink, unlinkSync, rename, renameSync, copyFile, copyFileSync,
  cp, cpSync, chmod, chmodSync, chown, chownSync, lchown, lchownSync, lutimes, lutimesSync, utimes, utimesSync, link, linkSync, symlink, symlinkSync, truncate, truncateSync, existsSync, exists,
  createReadStream, createWriteStream, watch, watchFile, unwatchFile, close, closeSync, read, readSync, readv, readvSync, write, writeSync, writev, writevSync, fstat, fstatSync, fsync, fsyncSync,
  fdatasync, fdatasyncSync, ftruncate, ftruncateSync, futimes, futimesSync, fchmod, fchmodSync, fchown, fchownSync, openAsBlob, glob, globSync, F_OK, R_OK, W_OK, X_OK,
} = fs;
export default fs;
