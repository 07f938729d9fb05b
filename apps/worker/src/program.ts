import { GEOMETRIES, OVERSHOOT_CONVENTIONS } from "@gambeson/contract";
import { Command, Option } from "commander";
import type { AttackOptions } from "./commands/attack-command.ts";
import { ATTACK_DEFAULTS } from "./commands/chosen-attack.ts";
import type { CommandHost } from "./commands/command-host.ts";
import { VERSION } from "./version.ts";
import { MAIN_HELP, RUN_HELP, ATTACK_HELP } from "./commands/help-texts.ts";
import type { PlaceOptions } from "./commands/places.ts";
import { presetsCommand, presetsShowCommand } from "./commands/presets-command.ts";
import { readPath } from "./commands/read-path.ts";
import type { RunOptions } from "./commands/run-command.ts";
import { addRemoteCommands } from "./remote/add-remote-commands.ts";
import { addServiceCommands } from "./service/service-commands.ts";
import { collect, dataDir, kernels, stateDir, threads } from "./commands/shared-options.ts";

/**
 * The command line: every command, option and default. Throws commander's errors instead of ending the program. What computes is
 * loaded when it is called: the others start at once.
 */
export function createProgram(host: CommandHost): Command {
  const program = new Command("gambeson")
    .description("Trains image classifiers that are hard to fool, attacks them, and measures how hard.")
    .version(VERSION, "-V, --version", "Show the version")
    .helpOption("-h, --help", "Show help")
    .helpCommand(false)
    .usage("<command> [options]")
    .addHelpText("after", MAIN_HELP)
    .exitOverride()
    .configureOutput({
      writeOut: host.stdout.write,
      writeErr: host.stderr.write,
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(host.stdout.columns(), 110),
      getErrHelpWidth: () => Math.min(host.stderr.columns(), 110),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  addRun(program, host);
  addAttack(program, host);
  addDatasets(program, host);
  addPresets(program, host);
  addServiceCommands(program, host);
  addRemoteCommands(program, host);
  return program;
}

function addRun(program: Command, host: CommandHost): void {
  program
    .command("run")
    .description(
      "Run an experiment: train, attack, measure, and write tables, figures, a report and the weights",
    )
    .argument("<experiment>", "a preset's name (see: presets) or the path of a config file (.json)")
    .option(
      "--dataset <name>",
      "auto, fashion-mnist, mnist, synthetic, or a folder's path (default: the config's)",
    )
    .addOption(dataDir())
    .option("--seed <n>", "run with this seed (default: the config's seeds)")
    .option("--seeds <n>", "run with seeds 1 to n, and give mean ± standard deviation")
    .addOption(threads())
    .addOption(kernels())
    .option(
      "--set <path=value>",
      "change the config, for example regimes.0.epochs=2; may be repeated",
      collect,
    )
    .option("--out <dir>", "folder for the outputs (default: out/<name>-<date>-<time>)", readPath("--out"))
    .addOption(stateDir("folder for finished work"))
    .option("--fresh", "do everything again, even what is finished already")
    .option("--json", "write events as lines of JSON; the last one says what came out")
    .addHelpText("after", RUN_HELP)
    .action(async (experiment: string, options: RunOptions) => {
      const { runCommand } = await import("./commands/run-command.ts");
      await runCommand(experiment, options, host);
    });
}

function addAttack(program: Command, host: CommandHost): void {
  const { epsilon, maxSteps, overshoot, margin, convention, geometry } = ATTACK_DEFAULTS;
  program
    .command("attack")
    .description("Attack one model (weights from a safetensors file) and write what became of each image")
    .requiredOption("--weights <file>", "an MLP's weights, .safetensors", readPath("--weights"))
    .addOption(new Option("--attack <kind>", "the attack").choices(["deepfool", "fgs"]).makeOptionMandatory())
    .option("--epsilon <e>", `fgs: length of the step, pixels being in [0, 1] (default: ${epsilon})`)
    .option("--max-steps <n>", `deepfool: most steps for an image (default: ${maxSteps})`)
    .option("--overshoot <share>", `deepfool: how far past the boundary (default: ${overshoot})`)
    .option("--margin <length>", `deepfool: length added to every step (default: ${margin}; Foolbox: 1e-4)`)
    .option("--convention <name>", `deepfool: ${OVERSHOOT_CONVENTIONS.join(", ")} (default: ${convention})`)
    .option("--geometry <name>", `deepfool: ${GEOMETRIES.join(", ")} (default: ${geometry})`)
    .option("--target <class>", "deepfool: lead every image to this class (default: away from its own)")
    .option("--clip", "keep the images in [0, 1]")
    .option("--dataset <name>", "auto, fashion-mnist, mnist, synthetic, or a folder's path", "auto")
    .addOption(dataDir())
    .addOption(new Option("--split <name>", "which images").choices(["test", "train"]).default("test"))
    .option("--first <n>", "only the first n images (default: all)")
    .addOption(
      new Option("--format <name>", "(default: csv where --output ends so, else json)").choices([
        "json",
        "csv",
      ]),
    )
    .option("--output <file>", "where to write (default: standard output)", readPath("--output"))
    .addOption(threads())
    .addHelpText("after", ATTACK_HELP)
    .action(async (options: AttackOptions) => {
      const { attackCommand } = await import("./commands/attack-command.ts");
      await attackCommand(options, host);
    });
}

function addDatasets(program: Command, host: CommandHost): void {
  const datasets = program
    .command("datasets")
    .description("List the data sets, and where each is or would come from")
    .addOption(dataDir())
    .action(async (options: PlaceOptions) => {
      const { datasetsCommand } = await import("./commands/datasets-command.ts");
      await datasetsCommand(options, host);
    });
  datasets
    .command("fetch")
    .description("Download a data set, unless it is here already")
    .argument("<name>", "fashion-mnist or mnist")
    .action(async (name: string) => {
      const { datasetsFetchCommand } = await import("./commands/datasets-fetch-command.ts");
      await datasetsFetchCommand(name, datasets.opts<PlaceOptions>(), host);
    });
}

function addPresets(program: Command, host: CommandHost): void {
  const presets = program.command("presets").description("List the presets that `run` knows");
  presets.allowExcessArguments().action(() => {
    presetsCommand(presets.args, host);
  });
  presets
    .command("show")
    .description("Show a preset's config with every default written out")
    .argument("<name>", "the preset")
    .action((name: string) => {
      presetsShowCommand(name, host);
    });
}
