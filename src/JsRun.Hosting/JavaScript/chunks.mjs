// Makes modules of a bundle lazy. esbuild puts all modules into one scope; `divide` moves the modules of each chunk into a function, which runs when code outside of the chunk first uses one of
// its names, and not when the bundle is evaluated: there `name` becomes `(ready1 || chunk1(), name)`. A function that has never run costs a context one closure, however large it is. The sources
// import as usual. Uses that cannot be lazy fail the build: a lazy name that is used while the bundle is evaluated, and assignments across chunks.
import { parse } from 'acorn';

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
const NAMES = new Set(['LabeledStatement', 'BreakStatement', 'ContinueStatement', 'MetaProperty']);

/**
 * @param code the output of esbuild: not minified, all in one function, each module's statements after a comment with its path
 * @param paths the paths of all modules
 * @param chunkOf returns the chunk of a path; undefined for modules that are evaluated with the bundle
 */
export function divide(code, paths, chunkOf) {
  const { body, statements } = read(code, new Set(paths));
  const chunks = new Map();
  const owners = new Map();
  for (const statement of statements) {
    const name = chunkOf(statement.path);
    if (name !== undefined && !chunks.has(name)) chunks.set(name, { name, at: chunks.size + 1, statements: [], shared: new Set() });
    statement.chunk = chunks.get(name);
    statement.chunk?.statements.push(statement);
    for (const declared of namesOf(statement.node)) owners.set(declared, statement);
  }

  const wrong = new Set();
  for (const statement of statements) {
    walk(statement.node, undefined, false, 'read', (node, parent, late, mode) => {
      const owner = owners.get(node.name);
      if (owner === undefined) return;
      if (mode === 'bind') {
        if (late) wrong.add(`${statement.path}: a local '${node.name}' hides the one of ${owner.path}`);
        return;
      }
      if (owner.chunk === undefined || owner.chunk === statement.chunk) return;
      if (mode === 'write') wrong.add(`${statement.path} assigns '${node.name}' of ${owner.path}`);
      if (statement.chunk === undefined && !late) wrong.add(`${statement.path} uses '${node.name}' of ${owner.path} while the bundle is evaluated: that chunk is lazy`);
      owner.chunk.shared.add(node.name);
      const guarded = `(ready${owner.chunk.at} || chunk${owner.chunk.at}(), ${node.name})`;
      statement.edits.push({ start: node.start, end: node.end, text: parent.type === 'Property' && parent.shorthand ? `${node.name}: ${guarded}` : guarded });
    });
  }
  if (wrong.size > 0) throw new Error([...wrong].join('\n'));

  const lines = [code.slice(0, body.start + 1)];
  const outer = [...chunks.values()].flatMap(({ at, shared }) => [`ready${at}`, ...shared]);
  if (outer.length > 0) lines.push(`var ${outer.join(', ')};`);
  for (const statement of statements) if (statement.chunk === undefined) lines.push(render(code, statement, statement.node));
  for (const chunk of chunks.values()) lines.push(`function chunk${chunk.at}() {`, ...contents(code, chunk), '}');
  lines.push(code.slice(body.end - 1));
  return lines.join('\n');
}

/** The statements of the bundle's function, each with its module. */
function read(code, paths) {
  const headers = [];
  const program = parse(code, {
    ecmaVersion: 'latest',
    onComment(isBlock, text, start) { if (!isBlock && paths.has(text.trim())) headers.push({ start, path: text.trim() }); },
  });
  const { body } = program.body.find(({ expression }) => expression?.type === 'CallExpression').expression.callee;
  let path = '';
  let next = 0;
  const statements = body.body.map((node) => {
    for (; next < headers.length && headers[next].start < node.start; next++) ({ path } = headers[next]);
    return { node, path, chunk: undefined, edits: [] };
  });
  return { body, statements };
}

/** Functions come first, because declarations of functions are hoisted. The mark comes last: if an interrupt or the end of the stack stops the evaluation, the next use begins it again. */
function contents(code, chunk) {
  const lines = [];
  for (const statement of chunk.statements) if (statement.node.type === 'FunctionDeclaration') lines.push(share(code, statement, chunk.shared));
  for (const statement of chunk.statements) if (statement.node.type !== 'FunctionDeclaration') lines.push(share(code, statement, chunk.shared));
  lines.push(`ready${chunk.at} = 1;`);
  return lines;
}

/** A declaration as assignments, if other chunks use its names. */
function share(code, statement, shared) {
  const { node } = statement;
  if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') {
    return shared.has(node.id.name) ? `${node.id.name} = ${render(code, statement, node)};` : render(code, statement, node);
  }
  if (node.type !== 'VariableDeclaration') return render(code, statement, node);
  return node.declarations.map((declaration) => {
    const names = boundBy(declaration.id);
    if (!names.some((name) => shared.has(name))) return `var ${render(code, statement, declaration)};`;
    const own = names.filter((name) => !shared.has(name));
    return `${own.length > 0 ? `var ${own.join(', ')};` : ''}${declaration.init === null ? '' : `(${render(code, statement, declaration)});`}`;
  }).join('\n');
}

function render(code, { edits }, { start, end }) {
  let text = '';
  let at = start;
  for (const edit of edits.filter((e) => e.start >= start && e.end <= end).sort((a, b) => a.start - b.start)) {
    text += code.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return text + code.slice(at, end);
}

function namesOf(node) {
  if (node.type === 'VariableDeclaration') return node.declarations.flatMap(({ id }) => boundBy(id));
  return node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration' ? [node.id.name] : [];
}

function boundBy(pattern) {
  const names = [];
  walk(pattern, undefined, false, 'bind', (node, _parent, _late, mode) => { if (mode === 'bind') names.push(node.name); });
  return names;
}

/** Calls back for every name that is read, written or bound. `late` is set for code that does not run when its statement does. */
function walk(node, parent, late, mode, tell) {
  if (node === null || node === undefined) return;
  if (Array.isArray(node)) {
    for (const item of node) walk(item, parent, late, mode, tell);
    return;
  }
  const go = (child, how = 'read', later = late) => { walk(child, node, later, how, tell); };
  if (FUNCTIONS.has(node.type)) {
    if (node.type === 'FunctionExpression') go(node.id, 'bind', true);
    else go(node.id, 'bind');
    go(node.params, 'bind', true);
    go(node.body, 'read', true);
    return;
  }
  switch (node.type) {
    case 'Identifier': tell(node, parent, late, mode); return;
    case 'VariableDeclarator': go(node.id, 'bind'); go(node.init); return;
    case 'ClassDeclaration': case 'ClassExpression': go(node.id, 'bind', late || node.type === 'ClassExpression'); go(node.superClass); go(node.body); return;
    case 'CatchClause': go(node.param, 'bind', true); go(node.body); return;
    case 'AssignmentPattern': go(node.left, mode); go(node.right); return;
    case 'ArrayPattern': go(node.elements, mode); return;
    case 'ObjectPattern': go(node.properties, mode); return;
    case 'RestElement': go(node.argument, mode); return;
    case 'AssignmentExpression': go(node.left, 'write'); go(node.right); return;
    case 'ForInStatement': case 'ForOfStatement': go(node.left, 'write'); go(node.right); go(node.body); return;
    case 'UpdateExpression': go(node.argument, 'write'); return;
    case 'MemberExpression': go(node.object); if (node.computed) go(node.property); return;
    case 'Property': if (node.computed) go(node.key); go(node.value, parent.type === 'ObjectPattern' ? mode : 'read'); return;
    case 'MethodDefinition': if (node.computed) go(node.key); go(node.value); return;
    case 'PropertyDefinition': if (node.computed) go(node.key); go(node.value, 'read', late || !node.static); return;
    default:
      for (const key in node) {
        const child = node[key];
        if (child !== null && typeof child === 'object' && !(child instanceof RegExp) && (Array.isArray(child) || typeof child.type === 'string') && !(NAMES.has(node.type) && key !== 'body')) go(child);
      }
  }
}
