import { allNotImplemented } from './lib/not-implemented.js';

const absent = allNotImplemented('v8', 'getHeapStatistics getHeapSpaceStatistics getHeapCodeStatistics getHeapSnapshot writeHeapSnapshot setFlagsFromString serialize deserialize cachedDataVersionTag takeCoverage stopCoverage Serializer Deserializer DefaultSerializer DefaultDeserializer');

export const { getHeapStatistics, getHeapSpaceStatistics, getHeapCodeStatistics, getHeapSnapshot, writeHeapSnapshot, setFlagsFromString, serialize, deserialize, cachedDataVersionTag, takeCoverage, stopCoverage, Serializer, Deserializer, DefaultSerializer, DefaultDeserializer } = absent;
export default { ...absent };
