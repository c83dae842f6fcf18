import { runAsProcess } from '../demo/process-main';
import { generateCommand } from './generate-command';

/** The entry of `npm run generate`. */
void runAsProcess(generateCommand, process.env);
