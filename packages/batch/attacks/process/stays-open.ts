// instead of hello-client.ts: loses 4, timeout
// Open handles keep it running for ever.

setInterval(() => {}, 1000)
