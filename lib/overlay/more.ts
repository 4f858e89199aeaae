import { pickAdapter } from '../page/index.ts';
import { explain } from '../words/index.ts';
import { answer } from './answer.ts';
import { DetailView } from './detail-view.ts';
import { walkPages } from './page-walk.ts';
import { warningOf } from './report.ts';
import type { Supplement } from './supplement.ts';
import { WhyPopup } from './why.ts';

export { offerSupplement } from './supplement.ts';

/** Everything of the overlay that is loaded on demand. */
export function supplement(): Supplement {
  const why = new WhyPopup();
  return {
    pickAdapter,
    startDetail: (adapter, root, env, passed) => new DetailView(adapter, root, env, passed),
    openWhy(near, model, env) {
      const { table, rules } = env;
      why.open(near, model, explain(model.record, model.assessment, { table, rules, now: env.now() }), env);
    },
    closeWhy: () => why.close(),
    answer,
    warningOf,
    dispose: () => why.dispose(),
    walkPages,
  };
}
