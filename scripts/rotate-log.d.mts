/** Types of rotate-log.mjs for its test. */
export function rotateLog(path: string): void;
