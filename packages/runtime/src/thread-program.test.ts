import { expect, test } from "vitest";
import { workersLoading } from "./thread-program.ts";

test("workersLoading() names the program in the first message and passes the others on", () => {
  const sent: unknown[][] = [];
  class Recorder {
    readonly url: string;
    constructor(url: string) {
      this.url = url;
    }
    postMessage(...message: unknown[]): void {
      sent.push(message);
    }
  }
  const Threads = workersLoading("https://x.example/threads.js", Recorder as unknown as typeof Worker);
  const worker = new Threads("blob:program");
  const port = new ArrayBuffer(1);
  worker.postMessage({ cmd: "load", urlOrBlob: new Blob(["minified"]), handlers: [] });
  worker.postMessage({ cmd: "run", arg: 7 }, [port]);
  worker.postMessage("text");
  expect((worker as unknown as Recorder).url).toBe("blob:program");
  expect(sent).toEqual([
    [{ cmd: "load", urlOrBlob: "https://x.example/threads.js", handlers: [] }, []],
    [{ cmd: "run", arg: 7 }, [port]],
    ["text", []],
  ]);
});
