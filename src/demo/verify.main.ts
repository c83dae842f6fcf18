import { runAsProcess } from './process-main';
import { verifyCommand } from './verify-command';

/** The entry of `npm run verify`. */
void runAsProcess(verifyCommand, process.env);
