import { play } from './story.mjs';
import { WithSdk } from './with-sdk.mjs';

await play(WithSdk, WithSdk);
