import { IframeSocket } from './iframe-socket.mjs';
import { play } from './story.mjs';
import { over } from './with-sockjs.mjs';

const inFrame = (transport) =>
	class extends over(transport, (wanted) => new IframeSocket(wanted)) {
		static client = `the page in a frame, ${transport}`;
	};
await play(inFrame('xhr-polling'), inFrame('eventsource'));
