import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

const BROWSER_ONLY = ["document", "window", "localStorage"];
const RUNTIME_OWN = ["Deno", "Bun", "Buffer", "process"];

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/",
      "**/.turbo/",
      "**/.vitest/",
      "**/.venv/",
      "**/dist/",
      "out/",
      "packages/kernels/assembly/",
      "packages/kernels/src/generated/",
    ],
  },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["vitest.config.ts"] } } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // `for (let i = 0; i < array.length; i++) array[i]!` is the one place where `!` is right: style says counted loops.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/prefer-for-of": "off",
      // Interfaces here are implemented by closures, which know no `this`.
      "@typescript-eslint/unbound-method": "off",
      // An ambient module's declaration travels with the file that needs it.
      "@typescript-eslint/triple-slash-reference": ["error", { path: "always" }],
      // TensorFlow.js' classes are used by their shape.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
    },
  },
  {
    files: ["packages/*/src/**/*.ts"],
    ignores: ["**/*.test.ts", "**/testing/**"],
    rules: {
      "no-restricted-globals": ["error", ...RUNTIME_OWN, ...BROWSER_ONLY],
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["node:*", "fs", "path"], message: "File access is passed in." }] },
      ],
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "Randomness is an argument." },
        { object: "Date", property: "now", message: "Clocks are arguments." },
        { object: "performance", property: "now", message: "Clocks are arguments." },
      ],
    },
  },
  {
    // Elements are for pages, but know neither their address nor their storage.
    files: ["packages/elements/src/**/*.ts"],
    rules: {
      "no-restricted-globals": ["error", ...RUNTIME_OWN, "location", "history", "localStorage", "fetch"],
    },
  },
  {
    files: ["packages/runtime/src/host.ts", "packages/kernels/src/thread.ts"],
    rules: { "no-restricted-globals": "off" },
  },
  {
    files: ["**/*.mjs", "**/*.js"],
    languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } },
  },
  prettier,
);
