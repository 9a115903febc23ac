// util.parseArgs
import { typeError } from './errors.js';

export function parseArgs({ args = [], options = {}, strict = true, allowPositionals = !strict, allowNegative = false, tokens = false } = {}) {
  const values = Object.create(null);
  const positionals = [];
  const found = [];
  const rest = [...args];
  const optionOf = (name, shown) => {
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined && strict) throw typeError('ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${shown}'`);
    return option;
  };
  const store = (name, value, option) => {
    if (option?.multiple) (values[name] ??= []).push(value);
    else values[name] = value;
  };
  const take = (name, rawName, inline, index) => {
    const option = optionOf(name, rawName);
    const wants = option?.type === 'string';
    let value = inline;
    if (wants && value === undefined) value = rest.shift();
    if (strict && wants && value === undefined) throw typeError('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${rawName} <value>' argument missing`);
    if (strict && !wants && inline !== undefined) throw typeError('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${rawName}' does not take an argument`);
    found.push({ kind: 'option', name, rawName, index, value, inlineValue: value === undefined ? undefined : inline !== undefined });
    store(name, value ?? true, option);
  };
  for (let index = 0; rest.length > 0; index++) {
    const arg = rest.shift();
    if (arg === '--') {
      found.push({ kind: 'option-terminator', index });
      positionals.push(...rest.splice(0));
    } else if (arg.startsWith('--')) {
      const at = arg.indexOf('=');
      const name = at < 0 ? arg.slice(2) : arg.slice(2, at);
      if (allowNegative && name.startsWith('no-') && !Object.hasOwn(options, name)) store(name.slice(3), false, optionOf(name.slice(3), arg));
      else take(name, `--${name}`, at < 0 ? undefined : arg.slice(at + 1), index);
    } else if (arg.startsWith('-') && arg.length > 1) {
      for (let i = 1; i < arg.length; i++) {
        const short = arg[i];
        const name = Object.keys(options).find((key) => options[key].short === short) ?? short;
        const inline = options[name]?.type === 'string' && i + 1 < arg.length ? arg.slice(i + 1) : undefined;
        take(name, `-${short}`, inline, index);
        if (inline !== undefined) break;
      }
    } else {
      if (!allowPositionals) throw typeError('ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', `Unexpected argument '${arg}'. This command does not take positional arguments`);
      positionals.push(arg);
      found.push({ kind: 'positional', index, value: arg });
    }
  }
  for (const [name, option] of Object.entries(options)) if (option.default !== undefined && values[name] === undefined) values[name] = option.default;
  return { values, positionals, ...(tokens && { tokens: found }) };
}
