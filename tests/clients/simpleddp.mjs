import { play } from './story.mjs';
import { WithSimpleddp } from './with-simpleddp.mjs';

await play(WithSimpleddp, WithSimpleddp);
