// Compiles assembly/ to WebAssembly, once with relaxed SIMD and once without, and writes src/generated/: both programs as text, so
// that they load wherever a script does, and the layout of every structure they share with TypeScript. `--check` writes nothing and
// fails where the files are not what would be written.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const COMPILER = join(
  dirname(createRequire(import.meta.url).resolve("assemblyscript/package.json")),
  "bin/asc.js",
);

/** Most memory a program may grow to: all that 32 bits can address. */
const MAXIMUM_PAGES = 65536;
const OPTIONS = [
  "--runtime stub --noAssert -O3 --converge",
  `--importMemory --sharedMemory --initialMemory 1 --maximumMemory ${MAXIMUM_PAGES}`,
  // "Conversion from usize to i32": addresses have 32 bits here.
  "--disableWarning 201",
].join(" ");
const FEATURES = { "relaxed-simd": "simd,relaxed-simd,threads", simd: "simd,threads" };
const BYTES = { i32: 4, u32: 4, f32: 4, usize: 4, f64: 8 };

const files = { "programs.ts": programs(), "layout.ts": layout() };
let differs = false;
for (const [name, text] of Object.entries(files)) {
  const path = join(HERE, "src/generated", name);
  if (!process.argv.includes("--check")) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    console.error(`${path} is not what assembly/ gives: run the package's build script`);
    differs = true;
  }
}
process.exit(differs ? 1 : 0);

function programs() {
  const texts = Object.entries(FEATURES).map(
    ([name, features]) => `  "${name}":\n    "${compile(features).toString("base64")}",\n`,
  );
  return `// Made by build.mjs from assembly/.\n\n/** The programs, base64, fastest first. */\nexport const PROGRAMS = {\n${texts.join("")}} as const;\n`;
}

function compile(features) {
  const folder = mkdtempSync(join(tmpdir(), "gambeson-kernels-"));
  try {
    const out = join(folder, "out.wasm");
    const args = [
      COMPILER,
      join(HERE, "assembly/index.ts"),
      "-o",
      out,
      "--enable",
      features,
      ...OPTIONS.split(" "),
    ];
    const { status, error } = spawnSync(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
    if (error) throw error;
    if (status !== 0) process.exit(status ?? 1);
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every unmanaged class of assembly/, field by field; and the operations. */
function layout() {
  let text = "// Made by build.mjs from assembly/.\n\n";
  for (const file of readdirSync(join(HERE, "assembly")).sort()) {
    const source = readFileSync(join(HERE, "assembly", file), "utf8");
    for (const [, name, body] of source.matchAll(/@unmanaged\nexport class (\w+) \{\n([\s\S]*?)\n\}/g)) {
      const fields = [...body.matchAll(/^ {2}(\w+): (\w+);$/gm)].map(([, field, type]) => [field, type]);
      text += structure(name, fields);
    }
  }
  const index = readFileSync(join(HERE, "assembly/index.ts"), "utf8");
  const operations = [...index.matchAll(/^const (\w+) = (\d+);$/gm)].map(
    ([, name, value]) => `  ${name}: ${value},\n`,
  );
  return `${text}export const OPERATIONS = {\n${operations.join("")}} as const;\n`;
}

function structure(name, fields) {
  let offset = 0;
  let text = "";
  for (const [field, type] of fields) {
    // A field that is a class itself holds its address.
    const kind = type in BYTES ? (type === "usize" ? "u32" : type) : "u32";
    offset = Math.ceil(offset / BYTES[kind]) * BYTES[kind];
    text += `    ${field}: { offset: ${offset}, kind: "${kind}" },\n`;
    offset += BYTES[kind];
  }
  return `export const ${constantName(name)} = {\n  bytes: ${offset},\n  fields: {\n${text}  },\n} as const;\n\n`;
}

function constantName(name) {
  return name.replace(/(?<!^)([A-Z])/g, "_$1").toUpperCase();
}
