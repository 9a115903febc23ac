// Stack traces as their author knows them: without the frames of the embedded scripts, which Engine/ScriptStack.cs leaves out of exceptions the same way.
const OWN = /^\s*at (?:(?:.*\(|async )?jsrun:|FastHostFunction\.)/;
/** The builtin by which a script is evaluated. */
const EVAL = /^\s*at eval \(<anonymous>\)$/;
/** Beneath it is the frame of a script that the kernel made of the author's: the piece's own frame has the author's position. */
const PIECE = /^\s*at runPiece \(jsrun:/;

export function withoutOwnFrames(stack: string): string {
  const lines = stack.split('\n');
  const own = (line: string | undefined) => line !== undefined && OWN.test(line);
  return lines.filter((line, i) => !own(line) && !(EVAL.test(line) && own(lines[i + 1])) && !(i > 0 && PIECE.test(lines[i - 1]!))).join('\n');
}
