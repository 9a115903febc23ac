import { allNotImplemented } from './lib/not-implemented.js';

export const { performance, Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList } = globalThis;
export const constants = { NODE_PERFORMANCE_GC_MAJOR: 4, NODE_PERFORMANCE_GC_MINOR: 1, NODE_PERFORMANCE_GC_INCREMENTAL: 8, NODE_PERFORMANCE_GC_WEAKCB: 16 };
export class PerformanceResourceTiming {}
export const { createHistogram, monitorEventLoopDelay } = allNotImplemented('perf_hooks', 'createHistogram monitorEventLoopDelay');
export default { performance, Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList, PerformanceResourceTiming, constants, createHistogram, monitorEventLoopDelay };
