/** Types of find-chromium.mjs for the tests in a browser. */
export const HOW_TO_GET_CHROMIUM: string;
export function findChromium(): string | null;
export function chromiumArgs(): string[];
