import { createClient } from "@gambeson/client";

/** The server that the page came from. */
export const server = createClient({ address: location.origin });
