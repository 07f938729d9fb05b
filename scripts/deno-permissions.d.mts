/** Types of deno-permissions.mjs for the tests that hold it against the command line. */
export const DOWNLOAD_HOSTS: readonly string[];
export const VALUE_OPTIONS: Readonly<Record<string, string>>;
export function cacheFolder(env: Readonly<Record<string, string | undefined>>, platform?: string): string;
export function stateFolder(env: Readonly<Record<string, string | undefined>>, platform?: string): string;
export function hasDataset(folder: string, name: string): boolean;
export function denoPermissions(
  args: readonly string[],
  where: {
    readonly root: string;
    readonly cwd: string;
    readonly env: Readonly<Record<string, string | undefined>>;
  },
): string[];
export function isPath(text: string): boolean;
export function environmentOf(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined>;
