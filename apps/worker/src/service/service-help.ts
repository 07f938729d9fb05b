/** What stands below the options in `--help`; no line is longer than 79 characters. */
export const SERVE_HELP = `
Runs that are submitted (see: submit) wait in a queue; workers do them, task by
task. Everything is kept in the state folder: kill any part at any moment, and
what is finished is not lost, what is not goes on from its last epoch.

The API is described by the server itself, at /openapi.json; every answer of it
is JSON unless its name says otherwise, every refusal application/problem+json.
/healthz, /readyz and /metrics are for what watches over servers.

Only this machine reaches it unless --host says otherwise; then requests must
bring a token (Authorization: Bearer ...): make one with openssl rand -hex 32,
and name its file with --token-file. For other names of this machine, and behind
a proxy, name them with --allow-host.

Where Fashion-MNIST is not here yet, serve fetches it first (workers start when
that has ended). Ctrl-C stops all; the same command goes on.

Examples:
  npm run gambeson -- serve
  npm run gambeson -- serve --port 9000 --workers 2 --data-dir ~/data
  npm run gambeson -- serve --host 0.0.0.0 --token-file token.txt \\
      --allow-host lab.example --log gambeson.log`;

export const WORK_HELP = `
serve starts workers by itself; this is for one more, or for serve --workers 0.
It shares the state folder with the server, and reads data sets, but reaches no
network.

All that work on one run must compute alike: it must be the same Gambeson, with
the same --threads and --kernels as the others (serve --workers 2 shares the
cores among its own). One that differs leaves the others' runs to them.`;

export const GC_HELP = `
Removes artefacts, records and checkpoints of tasks that no run in the state
folder has, what was left half-written, and the progress lines of runs that
have ended. What gambeson run has finished there belongs to no run: it is made
again when it is wanted. Nothing is removed while a task is being done.`;
