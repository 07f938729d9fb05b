import { RUN_SORTS, RUN_STATES } from "@gambeson/contract";
import { Option, type Command } from "commander";
import type { CommandHost } from "../commands/command-host.ts";
import { readPath } from "../commands/read-path.ts";
import { collect, stateDir } from "../commands/shared-options.ts";
import type { ExportOptions } from "./export-command.ts";
import type { ServerOptions } from "./find-server.ts";
import type { ListOptions } from "./list-command.ts";
import { EXPORT_HELP, LIST_HELP, RUN_COMMAND_HELP, SUBMIT_HELP, WATCH_HELP } from "./remote-help.ts";
import type { ShowOptions } from "./show-command.ts";
import type { SubmitOptions } from "./submit-command.ts";
import type { WatchOptions } from "./watch-command.ts";

/** The commands that talk to a running server. What each needs is loaded when it is called. */
export function addRemoteCommands(program: Command, host: CommandHost): void {
  addSubmit(program, host);
  addList(program, host);
  addShow(program, host);
  addWatch(program, host);
  addChanges(program, host);
  addExport(program, host);
}

function addSubmit(program: Command, host: CommandHost): void {
  const submit = program
    .command("submit")
    .description("Have a running server run an experiment")
    .argument("<experiment>", "a preset's name (see: presets) or the path of a config file (.json)")
    .option("--dataset <name>", "auto, fashion-mnist, mnist, synthetic, or an uploaded one's name")
    .option("--seed <n>", "run with this seed (default: the config's seeds)")
    .option("--seeds <n>", "run with seeds 1 to n, and give mean ± standard deviation")
    .option(
      "--set <path=value>",
      "change the config, for example regimes.0.epochs=2; may be repeated",
      collect,
    )
    .option("--name <text>", "what to call the run (default: the config's title)")
    .option("--tag <text>", "a word to find it by; may be repeated", collect)
    .option("--notes <text>", "anything worth remembering")
    .option("--fresh", "do everything again, even what is finished already")
    .option("--unless-finished", "not where a run of this title has finished already")
    .option("--watch", "show how it goes on, until it ends")
    .option("--json", "write what comes of it as lines of JSON");
  withServerOptions(submit)
    .addHelpText("after", SUBMIT_HELP)
    .action(async (experiment: string, options: SubmitOptions) => {
      const { submitCommand } = await import("./submit-command.ts");
      await submitCommand(experiment, options, host);
    });
}

function addList(program: Command, host: CommandHost): void {
  const list = program
    .command("list")
    .description("List a server's runs, the newest first")
    .option("--state <names>", `only these, separated by commas: ${RUN_STATES.join(", ")}`)
    .option("--tag <text>", "only runs with this tag")
    .option("--search <text>", "only runs with this in their name, notes, tags or data set")
    .addOption(new Option("--sort <key>", "what comes first").choices(RUN_SORTS).default(RUN_SORTS[0]))
    .option("--limit <n>", "at most so many, 1 to 200", "50")
    .option("--json", "write it as JSON");
  withServerOptions(list)
    .addHelpText("after", LIST_HELP)
    .action(async (options: ListOptions) => {
      const { listCommand } = await import("./list-command.ts");
      await listCommand(options, host);
    });
}

function addShow(program: Command, host: CommandHost): void {
  const show = program
    .command("show")
    .description("Show a run: its state, its tasks, its numbers")
    .argument("<run>", "which run")
    .option("--json", "write all of it as JSON");
  withServerOptions(show)
    .addHelpText("after", RUN_COMMAND_HELP)
    .action(async (run: string, options: ShowOptions) => {
      const { showCommand } = await import("./show-command.ts");
      await showCommand(run, options, host);
    });
}

function addWatch(program: Command, host: CommandHost): void {
  const watch = program
    .command("watch")
    .description("Show how a run goes on, until it ends")
    .argument("[run]", "which run")
    .option("--json", "write the server's events as lines of JSON");
  withServerOptions(watch)
    .addHelpText("after", WATCH_HELP)
    .action(async (run: string | undefined, options: WatchOptions) => {
      const { watchCommand } = await import("./watch-command.ts");
      await watchCommand(run, options, host);
    });
}

function addChanges(program: Command, host: CommandHost): void {
  const commands = {
    cancel: "Stop a queued or running run; what it has finished is kept",
    retry: "Queue again what a failed or cancelled run has not finished",
    delete: "Forget a run that has ended",
  } as const;
  for (const [name, description] of Object.entries(commands)) {
    withServerOptions(program.command(name).description(description).argument("<run>", "which run"))
      .addHelpText("after", RUN_COMMAND_HELP)
      .action(async (run: string, options: ServerOptions) => {
        const { changeCommands } = await import("./change-commands.ts");
        await changeCommands[name as keyof typeof commands](run, options, host);
      });
  }
}

function addExport(program: Command, host: CommandHost): void {
  const toFolder = program
    .command("export")
    .description("Write a finished run's result, tables, figures, report and weights to a folder")
    .argument("<run>", "which run")
    .option("--out <dir>", "folder for the outputs (default: out/<id>)", readPath("--out"));
  withServerOptions(toFolder)
    .addHelpText("after", EXPORT_HELP)
    .action(async (run: string, options: ExportOptions) => {
      const { exportCommand } = await import("./export-command.ts");
      await exportCommand(run, options, host);
    });
}

function withServerOptions(command: Command): Command {
  return command
    .option("--server <address>", "the server, such as http://127.0.0.1:8787")
    .option("--token-file <file>", "file with the server's token", readPath("--token-file"))
    .addOption(stateDir("where the server keeps its state"));
}
