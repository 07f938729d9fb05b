import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    exclude: ["**/*.browser.test.ts"],
    pool: "forks",
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // How long expect.poll() waits: machines that run tests are busy.
    expect: { poll: { timeout: 20_000 } },
    passWithNoTests: false,
  },
});
