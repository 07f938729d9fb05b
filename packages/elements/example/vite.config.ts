import { defineConfig } from "vite";

/** Serves the example: index.html with the elements' sources, plain.html with the one file that was built of them. */
export default defineConfig({ root: "example", publicDir: "../dist" });
