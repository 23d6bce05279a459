import { play } from './story.mjs';
import { over } from './with-sockjs.mjs';

const transport = process.argv[2] ?? 'xhr-streaming';
await play(over(transport), over(transport));
