/** What stands below the options in `--help`; no line is longer than 79 characters. */
export const MAIN_HELP = `
Start it with: npm run gambeson -- <command> [options]
Each command has a --help of its own.

Examples:
  npm start
      a page that shows the report's table and figures, on Fashion-MNIST
  npm run gambeson -- run quick
      the same path on a small share of the data, in under a minute
  npm run gambeson -- run report --seeds 5
      five seeds: mean and standard deviation in every cell
  npm run gambeson -- run report --set regimes.2.lambda=2
      one setting changed; what it does not touch is not done again
  npm run -s gambeson -- presets show report > my.json
      a config of your own: change it, then: run ./my.json
  npm run gambeson -- attack --weights my.safetensors --attack deepfool
      what DeepFool does to each image
  npm run gambeson -- submit report --watch
      the same as run, done by a server that runs (see: serve)

Environment:
  GAMBESON_DATA_DIR    folder with fashion-mnist/ and mnist/ that you have
  GAMBESON_STATE_DIR   folder for runs and finished work, never done again
                       (default: gambeson in the system's folder for data)
  GAMBESON_CACHE_DIR   folder for downloads
                       (default: gambeson in the system's cache folder)
  GAMBESON_SERVER      address of the server that submit, list, show, watch,
                       cancel, retry, delete and export talk to
                       (default: the one on the state folder)
  GAMBESON_TOKEN       its token, where it wants one
  GAMBESON_DEBUG=1     show where an error came from
  NO_COLOR             no colours

Exit codes: 0 done, 1 failed, 2 used wrongly, 130 stopped with Ctrl-C.`;

export const RUN_HELP = `
What it writes to --out:
  report.html             everything on one page, beside the published numbers
  result.json             every number and curve, with config, seeds,
                          checksums, versions and timings
  config.json             the config with every default; run takes it back
  *.csv, *.tex, *.svg     tables and figures
  weights/*.safetensors   the trained models
A folder that is there already is written over only when it holds an earlier
result. Paths, those in config files too, start from the folder you are in.

Who computes (--kernels): ours know MLPs with one hidden layer. Clipped
attacks, DeepFool in pixels, frozen perturbations and all other models are
computed by TensorFlow.js either way; the result says by whom.

Stopping and going on:
  Press Ctrl-C at any time. Finished tasks and the last epoch are kept; the
  same command goes on from there, and the result is the same as without the
  stop. --fresh does everything again. What run keeps in the state folder
  (--state-dir) only saves time; but a server keeps its runs there, too, so
  make room with gc rather than by deleting it.

Examples:
  npm run gambeson -- run quick --dataset synthetic
  npm run gambeson -- run report --data-dir ~/data --seed 7 --out results/7
  npm run gambeson -- run ./my.json --set dataset.train=10000
  npm run gambeson -- run quick --set title='Two epochs' \\
      --set regimes.0.epochs=2 --set regimes.1.epochs=2
  npm run -s gambeson -- run quick --json | tail -n 1`;

export const ATTACK_HELP = `
What it writes for each image:
  index, label     position in the set, and true class
  before, after    predicted class before and after the attack
  target           the class it was to be led to, if any
  fooled           whether the attack reached its goal
  steps            steps taken
  norm, maxNorm    Euclidean length of the perturbation, and its largest change
                   of a pixel; pixels run from 0 to 1
  rho              norm divided by the image's own length

The weights file holds dense0.weight [inputs, outputs], dense0.bias [outputs],
dense1.weight, and so on, as float32: what run writes, or any other program.

Examples:
  npm run gambeson -- attack --weights my.safetensors --attack deepfool \\
      --first 64 --output deepfool.csv
  npm run gambeson -- attack --weights my.safetensors --attack fgs \\
      --epsilon 0.1 --dataset mnist --output fgs.json`;
