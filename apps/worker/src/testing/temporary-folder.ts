import { onTestFinished } from "vitest";

/** A new folder that is gone when the test has ended. */
export function temporaryFolder(): string {
  const folder = Deno.makeTempDirSync({ prefix: "gambeson-test-" });
  onTestFinished(() => {
    Deno.removeSync(folder, { recursive: true });
  });
  return folder;
}

/** Every file below a folder, by its path in there, sorted. */
export function filesBelow(folder: string, prefix = ""): string[] {
  return Array.from(Deno.readDirSync(folder))
    .flatMap(({ name, isDirectory }) =>
      isDirectory ? filesBelow(`${folder}/${name}`, `${prefix}${name}/`) : [`${prefix}${name}`],
    )
    .sort();
}
