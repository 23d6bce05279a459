import { play } from './story.mjs';
import { WithDdpClient } from './with-ddp-client.mjs';

await play(WithDdpClient, WithDdpClient);
