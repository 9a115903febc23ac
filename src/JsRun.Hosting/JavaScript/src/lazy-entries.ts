// The handlers of rooms that are lazy (lazy.mjs): they register when the first of their entries, or of the references that they own, comes.
import { registerBindings } from './bindings/bind.ts';
import { ownBindings } from './bindings/references.ts';
import { registerLateBy } from './kernel/entries.ts';
import { registerEvaluate } from './scripts/evaluate-text.ts';
import { EntryOp } from './kernel/ops.ts';
import { registerEvaluateValue } from './scripts/evaluate-value.ts';
import { ownHostStreams } from './crossing-streams/host-streams.ts';
import './crossing-streams/script-streams.ts';
import { registerFunctions } from './values/functions.ts';
import { ownLateBy } from './values/references.ts';
import { registerRejections } from './web/html/rejections.ts';

registerLateBy((op) => {
  switch (op) {
    case EntryOp.Bind: case EntryOp.RegisterOp: registerBindings(); break;
    case EntryOp.CallFunction: case EntryOp.ReleaseFunction: registerFunctions(); break;
    case EntryOp.Evaluate: registerEvaluate(); break;
    case EntryOp.EvaluateValue: registerEvaluateValue(); break;
    case EntryOp.PromisesRejected: registerRejections(); break;
    default:
  }
});

ownLateBy((kind) => {
  switch (kind) {
    case 'H': case 'O': ownBindings(); break;
    case 'V': case 'Y': ownHostStreams(); break;
    default:
  }
});
