import { runAsProcess } from '../demo/process-main';
import { simulateCommand } from './run-simulate';

/** The entry of `npm run simulate`. */
void runAsProcess(simulateCommand, process.env);
