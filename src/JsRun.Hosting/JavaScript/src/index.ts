import './kernel/enter.ts';
import './web/install.ts';
import './bridge/handler.ts';
import './linker/index.ts';
