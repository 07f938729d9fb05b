import { describeStore } from "./describe-store.ts";
import { memoryStore } from "./memory-store.ts";

describeStore("memoryStore()", () => Promise.resolve(memoryStore()));
