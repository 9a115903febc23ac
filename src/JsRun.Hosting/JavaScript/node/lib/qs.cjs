// The package `url` asks qs for what node:url does with node:querystring.
const querystring = require('../querystring.js');
module.exports = { parse: querystring.parse, stringify: querystring.stringify };
