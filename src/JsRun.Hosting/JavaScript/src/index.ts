import './kernel/enter.ts';
import './kernel/evaluate.ts';
import './web/install.ts';
import './bridge/handler.ts';
import './linker/index.ts';
import './linker/host-import.ts';
import './image/build.ts';
