import { allNotImplemented } from './lib/not-implemented.js';

const absent = allNotImplemented('dns', 'lookup lookupService resolve resolve4 resolve6 resolveAny resolveCaa resolveCname resolveMx resolveNaptr resolveNs resolvePtr resolveSoa resolveSrv resolveTxt reverse setServers getServers setDefaultResultOrder getDefaultResultOrder Resolver', 'the host looks names up itself');

export const { lookup, lookupService, resolve, resolve4, resolve6, resolveAny, resolveCaa, resolveCname, resolveMx, resolveNaptr, resolveNs, resolvePtr, resolveSoa, resolveSrv, resolveTxt, reverse, setServers, getServers, setDefaultResultOrder, getDefaultResultOrder, Resolver } = absent;
const values = { ADDRCONFIG: 32, V4MAPPED: 8, ALL: 16, NODATA: 'ENODATA', NOTFOUND: 'ENOTFOUND', SERVFAIL: 'ESERVFAIL', TIMEOUT: 'ETIMEOUT' };
export const { ADDRCONFIG, V4MAPPED, ALL, NODATA, NOTFOUND, SERVFAIL, TIMEOUT } = values;
export default { ...absent, ...values };
