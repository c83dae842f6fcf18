import { runDemoJourney } from './demo/journey';
import { loadDemoOrganization } from './demo/organization';
import { runLauncher } from './main';
import { PRODUCT_PARTS } from './product-parts';

/** The entry of `npm start`: the real parts, everything else is in launch.ts. */
const parts = { ...PRODUCT_PARTS, loadDemoOrganization, runDemoJourney };

runLauncher(process.argv.slice(2), process.env, parts).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
