import './kernel/enter.ts';
