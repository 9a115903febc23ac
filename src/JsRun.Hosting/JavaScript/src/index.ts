import './kernel/enter.ts';
import './late.ts';
import './web/install.ts';
import './web/async-context/async-context.ts';
import './bridge/handler.ts';
import './linker/index.ts';
import './linker/host-import.ts';
import './image/build.ts';
