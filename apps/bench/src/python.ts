import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const VENV = join(ROOT, ".venv");
const REQUIREMENTS = join(ROOT, "peers", "requirements.txt");
/** A copy of the requirements that were installed: the last thing written. */
const STAMP = join(VENV, "installed-requirements.txt");

let found: Promise<string> | null = null;

/**
 * Python with the peers' libraries, from the bench's own virtual environment, which is made where it is missing or older
 * than its requirements.
 *
 * @param signal Ends the installation.
 * @throws {Error} If there is no Python, or the libraries cannot be installed.
 */
export function pythonPath(signal: AbortSignal): Promise<string> {
  return (found ??= findPython(signal));
}

async function findPython(signal: AbortSignal): Promise<string> {
  const python =
    process.platform === "win32" ? join(VENV, "Scripts", "python.exe") : join(VENV, "bin", "python");
  const wanted = await readFile(REQUIREMENTS, "utf8");
  if (existsSync(STAMP) && (await readFile(STAMP, "utf8")) === wanted) return python;
  console.error(
    "bench: installing the Python peers into apps/bench/.venv (the first time takes a minute or more)",
  );
  await run("python3", ["--version"], signal);
  await rm(VENV, { recursive: true, force: true });
  await run("python3", ["-m", "venv", VENV], signal);
  await run(python, ["-m", "pip", "install", "--disable-pip-version-check", "-r", REQUIREMENTS], signal);
  await writeFile(STAMP, wanted);
  return python;
}

/** Shows what the program says on standard error. */
async function run(program: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  const child = spawn(program, [...args], { stdio: ["ignore", "pipe", "pipe"], signal });
  let said = "";
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-2000);
      process.stderr.write(text);
    });
  }
  const end = await new Promise<string>((resolve) => {
    child.on("error", (error) => {
      resolve(error.message);
    });
    child.on("close", (code) => {
      resolve(code === 0 ? "" : `exit status ${code ?? "none"}: ${said.trim().split("\n").at(-1) ?? ""}`);
    });
  });
  if (end !== "")
    throw new Error(
      `Cannot set up the Python peers as ${program} ${args.slice(0, 3).join(" ")} must succeed: current value is ${end}`,
    );
}
