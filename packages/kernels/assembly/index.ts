/** The module's exports: `run` for the caller, `serve` for the other threads. */
import { gramTiles } from "./gram";
import { deriveB2, deriveW2, Mlp, transposeW1 } from "./mlp";
import { scratchOf } from "./scratch";
import { madd } from "./simd";
import { Survey, surveyDeepFool, surveyEpsilons, surveyFgs, surveyLogits } from "./survey";
import { announce, barrier, nextCall, Team } from "./team";
import { train, Training } from "./training";

export { peak, repeatProduct } from "./measure";

/** Operations. */
const STOP = 0;
const DERIVE = 1;
const TRAIN = 2;
const LOGITS = 3;
const DEEP_FOOL = 4;
const FGS = 5;
const EPSILONS = 6;

/** Runs an operation with the whole team; gives back when all threads are done. */
export function run(team: Team, operation: i32, argument: usize): void {
  announce(team, operation, argument);
  if (operation == STOP) return;
  perform(team, 0, operation, argument);
  barrier(team, 0);
}

/** A thread's life: takes part in every call until `STOP`. */
export function serve(team: Team, thread: i32): void {
  let ticket = 0;
  while (true) {
    ticket = nextCall(team, thread, ticket);
    if (team.operation == STOP) return;
    perform(team, thread, team.operation, team.argument);
    barrier(team, thread);
  }
}

function perform(team: Team, thread: i32, operation: i32, argument: usize): void {
  switch (operation) {
    case DERIVE:
      derive(team, thread, changetype<Mlp>(argument));
      break;
    case TRAIN:
      train(team, thread, changetype<Training>(argument));
      break;
    case LOGITS:
      surveyLogits(team, thread, changetype<Survey>(argument));
      break;
    case DEEP_FOOL:
      surveyDeepFool(team, thread, changetype<Survey>(argument));
      break;
    case FGS:
      surveyFgs(team, thread, changetype<Survey>(argument));
      break;
    case EPSILONS:
      surveyEpsilons(team, thread, changetype<Survey>(argument));
      break;
  }
}

/** What is made of the parameters: both weights transposed, and the Gram matrix. */
function derive(team: Team, thread: i32, mlp: Mlp): void {
  if (thread == 0) {
    deriveW2(mlp, 0, mlp.width);
    deriveB2(mlp);
  }
  for (let panel = thread; panel < mlp.pixelPanels; panel += team.threads) transposeW1(mlp, panel);
  gramTiles(mlp, scratchOf(team, thread).list, thread, team.threads);
}

/** Whether a multiply-add rounds once here: (1 + 2^-12)^2 - (1 + 2^-11) is then 2^-24, else 0. */
export function fusesMultiplyAdd(): bool {
  const x = f32x4.splat(1.000244140625);
  return f32x4.extract_lane(madd(x, x, f32x4.splat(-1.00048828125)), 0) != 0;
}
