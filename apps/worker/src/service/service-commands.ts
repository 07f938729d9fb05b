import type { Command } from "commander";
import type { CommandHost } from "../commands/command-host.ts";
import { collect, dataDir, kernels, stateDir, threads } from "../commands/shared-options.ts";
import { readPath } from "../commands/read-path.ts";
import { GC_HELP, SERVE_HELP, WORK_HELP } from "./service-help.ts";
import type { GcOptions } from "./gc-command.ts";
import type { ServeOptions } from "./serve-command.ts";
import type { WorkOptions } from "./work-command.ts";

/** `serve`, `work` and `gc`. What each needs is loaded when it is called: the server never loads TensorFlow.js. */
export function addServiceCommands(program: Command, host: CommandHost): void {
  const serve = program
    .command("serve")
    .description("Serve runs, results and the viewer over HTTP, and start workers beside it")
    .option("--host <name>", "address to listen at; another than loopback needs a token", "127.0.0.1")
    .option("--port <n>", "port to listen at; 0 for any free one", "8787")
    .option("--workers <n>", "how many workers to start", "1")
    .option("--no-fetch", "do not download Fashion-MNIST where it is not here")
    .addOption(dataDir())
    .addOption(stateDir("folder that runs and results are kept in"))
    .option(
      "--token-file <file>",
      "file with the token that requests must bring (default: $GAMBESON_TOKEN)",
      readPath("--token-file"),
    )
    .option("--allow-host <name>", "another name that the server is asked by; may be repeated", collect)
    .option("--allow-origin <origin>", "a site whose pages may use the API; may be repeated", collect)
    .addHelpText("after", SERVE_HELP)
    .action(async (options: ServeOptions) => {
      const { serveCommand } = await import("./serve-command.ts");
      await serveCommand(options, host);
    });
  const work = program
    .command("work")
    .description("Take tasks from the queue of a state folder and do them; has no network")
    .addOption(dataDir())
    .addOption(stateDir("folder that runs and results are kept in"))
    .addHelpText("after", WORK_HELP)
    .action(async (options: WorkOptions) => {
      const { workCommand } = await import("./work-command.ts");
      await workCommand(options, host);
    });
  for (const command of [serve, work]) addWorkerOptions(command);
  program
    .command("gc")
    .description("Remove finished work that no run refers to any more")
    .addOption(stateDir("folder that runs and results are kept in"))
    .option("--older-than <hours>", "only what has lain there so long", "24")
    .option("--dry-run", "only say what would be removed")
    .addHelpText("after", GC_HELP)
    .action(async (options: GcOptions) => {
      const { gcCommand } = await import("./gc-command.ts");
      await gcCommand(options, host);
    });
}

/** What a worker is started with: the server hands these on. */
function addWorkerOptions(command: Command): void {
  command
    .addOption(threads())
    .addOption(kernels())
    .option("--checkpoint-every <epochs>", "epochs between two checkpoints of a training", "1")
    .option("--attempts <n>", "a task whose worker died so often has failed", "3")
    .option("--lease <seconds>", "a worker silent for so long loses its task", "15")
    .option("--log <file>", "file for log lines, as JSON (default: standard error)", readPath("--log"));
}
