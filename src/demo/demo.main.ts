import { runAsProcess } from './process-main';
import { demoCommand } from './run-command';

/** The entry of `npm run demo`. */
void runAsProcess(demoCommand, process.env);
