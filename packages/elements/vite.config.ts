import { defineConfig } from "vite";

/** All elements as one file that a plain page can load: dist/gambeson-elements.js. */
export default defineConfig({
  build: {
    target: "es2022",
    lib: { entry: "src/index.ts", formats: ["es"], fileName: () => "gambeson-elements.js" },
    rolldownOptions: { output: { minify: true } },
  },
});
