import { promises } from '../fs.js';

export const { access, readFile, readdir, readlink, realpath, stat, lstat, open, opendir, statfs, appendFile, writeFile, mkdir, mkdtemp, rm, rmdir, unlink, rename, copyFile, cp, chmod, chown, lchown, lutimes, utimes, link, symlink, truncate, watch, constants } = promises;
export default promises;
