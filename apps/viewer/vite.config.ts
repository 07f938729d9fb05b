import { defineConfig } from "vite";

export default defineConfig({
  root: "src",
  worker: { format: "es" },
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    target: "es2022",
    // A data: address would be one more thing that the server's content policy must allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
