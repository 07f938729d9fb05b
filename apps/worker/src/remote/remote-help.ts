/** What stands below the options in `--help`; no line is longer than 79 characters. */
const WHERE = `
The server is --server, else $GAMBESON_SERVER, else the one that runs on the
state folder of this machine. Where it wants a token: --token-file, else
$GAMBESON_TOKEN.`;

const WHICH = `
<run> is a run's id, the beginning of one, or "last" for the newest run.`;

export const SUBMIT_HELP = `
What it takes is what run takes, but that data sets are the server's own
(see: datasets) or uploaded ones. The same config by the same code is not done
twice: the run that there is answers, unless --fresh is given.
${WHERE}

Examples:
  npm run gambeson -- submit quick --watch
  npm run gambeson -- submit report --seeds 5 --tag nightly
  npm run gambeson -- submit ./my.json --set regimes.2.lambda=2 \\
      --name 'Half as strong'
  npm run -s gambeson -- submit quick --watch --json | tail -n 1`;

export const LIST_HELP = `${WHERE}

Examples:
  npm run gambeson -- list --state queued,running
  npm run gambeson -- list --search fashion --sort name --limit 200`;

export const RUN_COMMAND_HELP = `${WHICH}
${WHERE}`;

export const WATCH_HELP = `${WHICH}
Without one it is the newest.
${WHERE}

Ctrl-C stops the watching; the run goes on. Exit codes: 0 the run has finished,
1 it has failed or was cancelled, 130 stopped with Ctrl-C.`;

export const EXPORT_HELP = `
What it writes is what run writes: report.html, result.json, config.json,
tables, figures and weights/*.safetensors. A folder that is there already is
written over only when it holds an earlier result.
${WHICH}
${WHERE}

Example:
  npm run gambeson -- export last --out results`;
