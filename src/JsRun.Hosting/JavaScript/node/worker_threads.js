import { allNotImplemented } from './lib/not-implemented.js';

const absent = allNotImplemented('worker_threads', 'Worker getEnvironmentData setEnvironmentData markAsUntransferable moveMessagePortToContext receiveMessageOnPort postMessageToThread', 'a function has no threads');

export const { Worker, getEnvironmentData, setEnvironmentData, markAsUntransferable, moveMessagePortToContext, receiveMessageOnPort, postMessageToThread } = absent;
const values = { isMainThread: true, parentPort: null, workerData: null, threadId: 0, resourceLimits: {}, SHARE_ENV: Symbol.for("nodejs.worker_threads.SHARE_ENV"), MessageChannel: globalThis.MessageChannel, MessagePort: globalThis.MessagePort, BroadcastChannel: globalThis.BroadcastChannel };
export const { isMainThread, parentPort, workerData, threadId, resourceLimits, SHARE_ENV, MessageChannel, MessagePort, BroadcastChannel } = values;
export default { ...absent, ...values };
