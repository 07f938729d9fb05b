import { describe, expect, test } from "vitest";
import { SUPERSEDED } from "./latest-wins.ts";
import { createPlayClient, type PlayPort } from "./create-play-client.ts";
import type { PlayMessage, PlayReply } from "./protocol.ts";

function fakePort() {
  const sent: PlayMessage[] = [];
  const port: PlayPort & { ended: boolean } = {
    ended: false,
    postMessage: (message) => void sent.push(message),
    terminate: () => {
      port.ended = true;
    },
    onmessage: null,
    onerror: null,
  };
  const reply = (data: PlayReply) => port.onmessage?.({ data } as MessageEvent<PlayReply>);
  return { port, sent, reply, client: createPlayClient(port) };
}

const PIXELS = Float32Array.of(1);
const SIGHT = { probabilities: Float32Array.of(1), predicted: 0 };

describe("createPlayClient()", () => {
  test("gives each call the answer to its id, in whatever order they come", async () => {
    const { client, sent, reply } = fakePort();
    const see = client.see({ pixels: PIXELS });
    const fgs = client.fgs({ pixels: PIXELS, label: 0, epsilon: 0.1, clip: false });
    expect(sent.map(({ kind }) => kind)).toEqual(["see", "fgs"]);
    reply({ id: sent[1]!.id, answer: [{ ...SIGHT, pixels: PIXELS, rho: 0 }], ms: 3 });
    reply({ id: sent[0]!.id, answer: [SIGHT], ms: 1 });
    expect(await see).toEqual({ answer: [SIGHT], ms: 1 });
    expect(await fgs).toMatchObject({ ms: 3 });
  });

  test("asks for the latest only, while the worker is busy with one of its kind", async () => {
    const { client, sent, reply } = fakePort();
    const asked = [0.1, 0.2, 0.3].map((epsilon) =>
      client.fgs({ pixels: PIXELS, label: 0, epsilon, clip: false }),
    );
    expect(sent).toHaveLength(1);
    expect(await asked[1]).toBe(SUPERSEDED);
    reply({ id: sent[0]!.id, answer: [], ms: 1 });
    await asked[0];
    await new Promise((resolve) => setTimeout(resolve));
    expect(sent.slice(1)).toMatchObject([{ kind: "fgs", asked: { epsilon: 0.3 } }]);
    reply({ id: sent[1]!.id, answer: [], ms: 1 });
    expect(await asked[2]).toEqual({ answer: [], ms: 1 });
  });

  test("rejects with the worker's words", async () => {
    const { client, sent, reply } = fakePort();
    const see = client.see({ pixels: PIXELS });
    reply({ id: sent[0]!.id, failure: "Cannot see" });
    await expect(see).rejects.toThrow("Cannot see");
  });

  test("rejects what waits, and whatever comes after, when the worker breaks or is closed", async () => {
    const { client, port } = fakePort();
    const waits = client.load({ weights: [] });
    port.onerror?.({ message: "boom" } as ErrorEvent);
    await expect(waits).rejects.toThrow("stopped: boom");
    await expect(client.see({ pixels: PIXELS })).rejects.toThrow("stopped: boom");

    const closed = fakePort();
    const left = closed.client.load({ weights: [] });
    closed.client.close();
    await expect(left).rejects.toThrow("current value is closed");
    expect(closed.port.ended).toBe(true);
  });
});
