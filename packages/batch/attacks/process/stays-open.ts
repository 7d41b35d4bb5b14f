// instead of hello-client.ts: loses 3, graded
// Open handles keep it running for ever.

setInterval(() => {}, 1000)
