import './kernel/enter.ts';
import './kernel/evaluate.ts';
import './linker/index.ts';
