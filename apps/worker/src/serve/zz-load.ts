import { serve } from "/work/main/apps/worker/src/serve/serve.ts";
import { createApp } from "/work/main/apps/worker/src/serve/create-app.ts";
import { testServer } from "/work/main/apps/worker/src/serve/testing/test-server.ts";
import { connect } from "node:net";
const hosts = new Set<string>();
const { context, state, lines } = testServer({ hosts });
const stop = new AbortController();
const { address, finished } = await serve(context, { host: "127.0.0.1", port: 0, signal: stop.signal });
hosts.add(new URL(address).host);
const cpu = () => { const s = Deno.readTextFileSync("/proc/self/stat").split(") ")[1].split(" "); return (Number(s[11]) + Number(s[12])) * 10; };
const open = async () => Number(/open (\d+)/m.exec(await (await fetch(address + "/metrics")).text().then(t => t.split("\n").filter(l=>l.startsWith("gambeson_event_streams"))[0]))?.[1]);
// raw socket clients in this process count their bytes (costs are then client + server)
const run = "r0000000000000000001";
const counts = new Array(200).fill(0);
const socks = Array.from({ length: 200 }, (_, i) => { const s = connect(Number(new URL(address).port), "127.0.0.1"); s.write(`GET /api/v1/events HTTP/1.1\r\nhost: ${new URL(address).host}\r\n\r\n`); s.on("data", (d) => { counts[i] += d.toString("latin1").split("\nevent:").length - 1; }); s.on("error", () => {}); return s; });
await new Promise(r => setTimeout(r, 1000));
console.log("open", await open());
console.log((await fetch(address+"/api/v1/runs",{method:"POST",headers:{"content-type":"application/json"},body:"{}"})).status); let c0=0;
c0 = cpu(); const t0 = performance.now();
for (let k = 0; k < 5; k++) { state.tell(run); await new Promise(r => setTimeout(r, 100)); }
await new Promise(r => setTimeout(r, 500));
console.log("10 events/s x 200: cpu ms/s (client too)", (cpu() - c0) / ((performance.now() - t0) / 1000), "min/max", Math.min(...counts), Math.max(...counts));
for (const s of socks) s.destroy();
const t1 = performance.now(); while (await open() > 0) await new Promise(r => setTimeout(r, 20)); console.log("gone after ms", performance.now() - t1);
console.log(lines.filter(l => !l.includes('"info"')).slice(0, 5));
stop.abort(); await finished;
// slow reader
{
  const hosts = new Set<string>(); const { context, state, lines } = testServer({ hosts });
  const app = createApp(context, { pollMs: 10, stalledMs: 1500 });
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {}, onError(e) { console.log("onError", e); return new Response(null, { status: 500 }); } }, (r) => app.fetch(r));
  const port = server.addr.port; hosts.add(`127.0.0.1:${port}`);
  const open = async () => (await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).split("\n").filter(l => l.startsWith("gambeson_event_streams"))[0];
  for (let i = 0; i < 3000; i++) state.tell(run);
  const s = connect(port, "127.0.0.1"); s.pause(); s.on("error", (e) => console.log("client", e.message)); s.on("close", () => console.log("closed"));
  s.write(`GET /api/v1/events?after=0 HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`);
  const m0 = Deno.memoryUsage().rss;
  for (let k = 0; k < 1; k++) { await new Promise(r => setTimeout(r, 500)); console.log(await open(), "rss +MB", Math.round((Deno.memoryUsage().rss - m0) / 1e6), "reads", state.reads.count); }
  s.destroy(); console.log(lines.filter(l => !l.includes('"info"')).slice(0, 5));
  Deno.exit(0);
}
