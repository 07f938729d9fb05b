import { Option, type Command } from "commander";
import type { CommandHost } from "../commands/command-host.ts";
import { collect, dataDir, kernels, stateDir, threads } from "../commands/shared-options.ts";
import { readPath } from "../commands/read-path.ts";
import { GC_HELP, SERVE_HELP, WORK_HELP } from "./service-help.ts";
import type { GcOptions } from "./gc-command.ts";
import type { ServeOptions } from "./serve-command.ts";
import type { WorkOptions } from "./work-command.ts";

/** `serve`, `work` and `gc`. What each needs is loaded when it is called: the server never loads TensorFlow.js. */
export function addServiceCommands(program: Command, host: CommandHost): void {
  program
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
    .addOption(threads())
    .addOption(kernels())
    .addOption(checkpointEvery())
    .addOption(attempts())
    .addOption(lease())
    .addOption(log())
    .addHelpText("after", SERVE_HELP)
    .action(async (options: ServeOptions) => {
      const { serveCommand } = await import("./serve-command.ts");
      await serveCommand(options, host);
    });
  program
    .command("work")
    .description("Take tasks from the queue of a state folder and do them; has no network")
    .addOption(dataDir())
    .addOption(stateDir("folder that runs and results are kept in"))
    .addOption(threads())
    .addOption(kernels())
    .addOption(checkpointEvery())
    .addOption(attempts())
    .addOption(lease())
    .addOption(log())
    .addHelpText("after", WORK_HELP)
    .action(async (options: WorkOptions) => {
      const { workCommand } = await import("./work-command.ts");
      await workCommand(options, host);
    });
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

function checkpointEvery(): Option {
  return new Option("--checkpoint-every <epochs>", "epochs between two checkpoints of a training").default(
    "1",
  );
}

function attempts(): Option {
  return new Option("--attempts <n>", "a task whose worker died so often has failed").default("3");
}

function lease(): Option {
  return new Option("--lease <seconds>", "a worker silent for so long loses its task").default("15");
}

function log(): Option {
  return new Option("--log <file>", "file for log lines, as JSON (default: standard error)").argParser(
    readPath("--log"),
  );
}
