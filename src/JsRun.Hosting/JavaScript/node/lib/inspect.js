// util.inspect and util.format: Node's own, extracted.
import util from 'node-inspect-extracted';

export const { inspect, format, formatWithOptions, stripVTControlCharacters } = util;
