import manifest from "../package.json" with { type: "json" };

/** Gambeson's version. */
export const VERSION = manifest.version;
