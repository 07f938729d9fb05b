// Holds a worker's lock in a process of its own, without an end:   <folder> <worker>
import { holdWorkerLock } from "../worker-lock.ts";

const [folder, worker] = Deno.args as [string, string];
await holdWorkerLock(folder, worker);
console.log("held");
setInterval(() => undefined, 1000);
