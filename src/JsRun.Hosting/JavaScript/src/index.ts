import './kernel/enter.ts';
import './linker/index.ts';
