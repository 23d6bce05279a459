import { play } from './story.mjs';
import { WithDdpClient } from './with-ddp-client.mjs';
import { WithSdk } from './with-sdk.mjs';

await play(WithSdk, WithDdpClient);
