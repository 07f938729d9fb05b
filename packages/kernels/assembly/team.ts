/**
 * Threads that work on one call together. Thread 0 is the caller; the others `serve`. All run the same operation with their own
 * number and meet at barriers. Who waits spins for a while and then sleeps.
 */

/** One call's orders, and where the threads meet. */
@unmanaged
export class Team {
  threads: i32;
  /** 0 where thread 0 must not sleep: a page's main thread. */
  mayCallerSleep: i32;
  operation: i32;
  argument: usize;
  /** Goes up with every call. */
  ticket: i32;
  /** Threads that have come to the barrier, and how many barriers are behind us. */
  arrived: i32;
  passed: i32;
  /** Threads asleep. */
  sleepers: i32;
  /** The next piece of work that nobody has taken. */
  next: i32;
  /** Each thread's `Scratch`, u32 `[threads]`. */
  scratch: usize;
}

const SPINS = 20000;

/** Waits until every thread has come here. What one wrote before, the others see after. */
export function barrier(team: Team, thread: i32): void {
  if (team.threads == 1) {
    team.next = 0;
    return;
  }
  const passed = at(team, offsetof<Team>("passed"));
  const before = atomic.load<i32>(passed);
  if (atomic.add<i32>(at(team, offsetof<Team>("arrived")), 1) == team.threads - 1) {
    atomic.store<i32>(at(team, offsetof<Team>("arrived")), 0);
    atomic.store<i32>(at(team, offsetof<Team>("next")), 0);
    atomic.add<i32>(passed, 1);
    wake(team, passed);
  } else {
    waitWhile(team, thread, passed, before);
  }
}

/** A piece of work, each given out once; counted from 0 again after every barrier. */
export function take(team: Team): i32 {
  return atomic.add<i32>(at(team, offsetof<Team>("next")), 1);
}

/** Tells all threads of a new call. */
export function announce(team: Team, operation: i32, argument: usize): void {
  team.operation = operation;
  team.argument = argument;
  atomic.store<i32>(at(team, offsetof<Team>("next")), 0);
  const ticket = at(team, offsetof<Team>("ticket"));
  atomic.add<i32>(ticket, 1);
  wake(team, ticket);
}

/** Waits for a call after `ticket`; gives its ticket. */
export function nextCall(team: Team, thread: i32, ticket: i32): i32 {
  const address = at(team, offsetof<Team>("ticket"));
  waitWhile(team, thread, address, ticket);
  return atomic.load<i32>(address);
}

function waitWhile(team: Team, thread: i32, address: usize, value: i32): void {
  for (let spin = 0; spin < SPINS; spin++) {
    if (atomic.load<i32>(address) != value) return;
  }
  if (thread == 0 && team.mayCallerSleep == 0) {
    while (atomic.load<i32>(address) == value);
    return;
  }
  const sleepers = at(team, offsetof<Team>("sleepers"));
  atomic.add<i32>(sleepers, 1);
  while (atomic.load<i32>(address) == value) atomic.wait<i32>(address, value, -1);
  atomic.sub<i32>(sleepers, 1);
}

@inline
function wake(team: Team, address: usize): void {
  if (atomic.load<i32>(at(team, offsetof<Team>("sleepers"))) > 0) atomic.notify(address, -1);
}

@inline
function at(team: Team, offset: usize): usize {
  return changetype<usize>(team) + offset;
}
