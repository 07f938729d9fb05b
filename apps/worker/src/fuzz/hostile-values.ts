import { gzipSync } from "node:zlib";

const LONG = "a".repeat(8000);
const utf8 = (text: string) => new TextEncoder().encode(text);

/** What may stand in a path where a name should. */
export const SEGMENTS: readonly string[] = [
  ...["..", ".", "", "%2e%2e", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%5c..%5cgambeson.db", "..%252f..%252f"],
  ...[
    "%00",
    "%00.png",
    "%0d%0aX-Evil:%201",
    "%ff%fe",
    "%c0%ae%c0%ae",
    "%",
    "%zz",
    "%u002e",
    "%F0%9F%92%A3",
    "é",
    "%E2%80%AE",
  ],
  ...[
    "__proto__",
    "constructor",
    "toString",
    "null",
    "undefined",
    "NaN",
    "-1",
    "*",
    ";a=b",
    "a;b",
    "a,b",
    "~root",
    "C:%5c",
    "file:",
  ],
  ...[
    "0",
    "00000000000000000000",
    "99999999999.png",
    "-1.png",
    "1e3.png",
    "0.PNG",
    "0.png.png",
    "r0000000000000000000",
    "R0000000000000000000",
  ],
  ...[
    "r000000000000000000%0a",
    "0".repeat(64),
    "0".repeat(63),
    `${"0".repeat(64)}.safetensors`,
    "F".repeat(64),
    ".safetensors",
  ],
  ...["gambeson.db", "server.json", "artefacts", LONG, "%41".repeat(3000), "💣".repeat(500)],
];

/** What may come before a path. */
export const PREFIXES: readonly string[] = [
  ...[
    "/",
    "//",
    "///evil.example",
    "/.",
    "/..",
    "/%2f",
    "/\\",
    "/api/v1/../..",
    "/%2e%2e",
    "/;",
    "/API/V1",
    "/?",
  ],
  ...[
    "http://evil.example",
    "http://127.0.0.1",
    "https://evil.example:1",
    "ftp://a",
    "http://[::1",
    "http://user:word@evil.example",
  ],
];

/** What may be a value in a query, as it is sent. */
export const QUERY_VALUES: readonly string[] = [
  ...[
    "",
    "%00",
    "%0a",
    "-1",
    "0",
    "00",
    "1e308",
    "NaN",
    "Infinity",
    "9".repeat(400),
    "0.1e1",
    "+1",
    "%201",
    "1%20",
    "0x10",
    "null",
  ],
  ...[
    "true",
    "TRUE",
    "[]",
    "{}",
    "%ff",
    "%",
    "%zz",
    "'%20OR%201=1--",
    "%25",
    "_",
    "%22",
    "%5c",
    "%F0%9F%92%A3",
    "é",
    LONG,
    "a%26b=c",
  ],
  ...[
    "created,name",
    "finished,finished,finished",
    "queued,nonsense",
    ",",
    "__proto__",
    "constructor",
    "..%2f..",
    "999",
    "201",
    "65535",
  ],
];
export const QUERY_NAMES: readonly string[] = [
  ...[
    "__proto__",
    "__proto__[a]",
    "constructor",
    "limit[]",
    "limit",
    "run",
    "q",
    "",
    "%00",
    "a.b",
    "cursor",
    "kind",
    "name",
    LONG,
  ],
];

/** Header lines, by name, as they are sent. */
export const HEADERS: readonly (readonly [string, string])[] = [
  ...[
    "bytes=0-0",
    "bytes=-0",
    "bytes=-",
    "bytes=9-1",
    "bytes=0-99999999999999999999",
    "bytes=99999999999999999999-",
    "bytes=--1",
  ],
  ...[
    "bytes=0-1,3-4",
    `bytes=${"0-1,".repeat(1000)}0-1`,
    "bites=0-1",
    "bytes 0-1",
    "bytes=0x0-0x1",
    "bytes=-9007199254740993",
    "bytes=1e3-",
  ],
].map((value): [string, string] => ["range", value]);

const named = (name: string, ...values: readonly string[]) =>
  values.map((value): [string, string] => [name, value]);

/** The same, for all headers that mean something to the server. */
export const HOSTILE_HEADERS: readonly (readonly [string, string])[] = [
  ...HEADERS,
  ...named("if-range", '"', "*", 'W/"a"', LONG, "Thu, 99 Xxx 9999 99:99:99 GMT"),
  ...named(
    "if-none-match",
    "*",
    '"',
    '""',
    'W/"a"',
    '"a", *',
    `"${LONG}"`,
    '"a",'.repeat(1500),
    "\\",
    "'; DROP TABLE runs--",
  ),
  ...named("if-match", "*", '"nothing"'),
  ...named(
    "last-event-id",
    "-1",
    "0",
    "1e9",
    "999999999999999",
    "9999999999999999",
    " 1",
    "0x1",
    "NaN",
    "",
    "1,2",
    LONG,
    "💣",
    "\u00a0",
  ),
  ...named(
    "idempotency-key",
    "",
    " ",
    "k",
    LONG,
    "k\tk",
    "ké",
    "\u00ff",
    "../..",
    "'; --",
    "%00",
    "same",
    "same",
  ),
  ...named("accept", "", "*/*;q=NaN", "text/html", LONG, "application/json;q=0", "/", ",".repeat(5000)),
  ...named("accept-encoding", "gzip", "br, *;q=0", "identity;q=0", LONG),
  ...named("content-encoding", "gzip", "deflate", "br", "nonsense"),
  ...named(
    "content-type",
    "",
    "text/plain",
    "application/json; charset=utf-16",
    "APPLICATION/JSON",
    "application/json, text/plain",
    ";",
    LONG,
  ),
  ...named(
    "content-type",
    "multipart/form-data",
    "multipart/form-data; boundary=a",
    "application/x-www-form-urlencoded",
    "application/\u00ff",
  ),
  ...named(
    "cookie",
    "gambeson-session=",
    `gambeson-session=${LONG}`,
    "=;=;;",
    "__proto__=1",
    "a=b;".repeat(1500),
    "gambeson-session=%00",
  ),
  ...named(
    "authorization",
    "Bearer",
    "Bearer ",
    `Bearer ${LONG}`,
    "Basic YTpi",
    "Bearer a b",
    "Digest \u00e9",
  ),
  ...named(
    "host",
    "evil.example",
    "",
    "127.0.0.1",
    "127.0.0.1:1",
    "localhost",
    "a b",
    "[::1",
    "127.0.0.1:99999",
    "user@127.0.0.1",
    LONG,
    "\u00e9",
  ),
  ...named("origin", "null", "http://evil.example", "http://127.0.0.1", "", LONG, "javascript:0", "file://"),
  ...named("sec-fetch-site", "cross-site", "same-site", "none", "nonsense", ""),
  ...named("x-http-method-override", "DELETE", "TRACE"),
  ...named("x-forwarded-host", "evil.example"),
  ...named("x-forwarded-for", "127.0.0.1", LONG),
  ...named("x-request-id", "../../etc", LONG, "\u00ff", "{}"),
  ...named("forwarded", "host=evil.example;for=127.0.0.1"),
  ...named("x-original-url", "/api/v1/runs"),
  ...named("expect", "100-continue", "nonsense"),
  ...named("upgrade", "websocket", "h2c", "nonsense"),
  ...named("te", "trailers", "gzip"),
  ...named("referer", LONG, "http://evil.example"),
  ...named("__proto__", "a"),
  ...named("x-long", "b".repeat(60_000)),
];

export const METHODS: readonly string[] = [
  ...[
    "HEAD",
    "HEAD",
    "OPTIONS",
    "GET",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "QUERY",
  ],
  ...["get", "GETGETGET", "A".repeat(500), "!", "__proto__"],
];

/** A thousand times as much as it has bytes: 20 MB of zeros, alone and in an IDX file whose header tells the truth. */
const BOMB = gzipSync(new Uint8Array(20_000_000));
const IDX_BOMB = gzipSync(
  Uint8Array.from([
    ...[0, 0, 8, 3],
    ...[0, 0, 0x27, 0x10],
    ...[0, 0, 0, 28],
    ...[0, 0, 0, 28],
    ...new Uint8Array(100),
  ]),
);
const DEEP = 10_000;

/** Bodies that fit nothing. */
export const BODIES: readonly Uint8Array[] = [
  ...[
    ...[
      "",
      " ",
      "null",
      "0",
      '"text"',
      "[]",
      "{}",
      "true",
      "{",
      "}",
      '{"a"',
      "[[[",
      "//",
      "NaN",
      "1e999",
      "'a'",
      "\ufeff{}",
      "\0",
    ],
    ...[
      '{"__proto__":{"preset":"quick"}}',
      '{"constructor":{"prototype":{"fresh":true}}}',
      '{"preset":"quick","preset":"report"}',
    ],
    ...[`{"preset":${"[".repeat(DEEP)}`, "[".repeat(DEEP), `${"[".repeat(DEEP)}${"]".repeat(DEEP)}`],
    ...[
      `{"config":${'{"model":'.repeat(DEEP)}1${"}".repeat(DEEP)}}`,
      `{"config":${"[".repeat(DEEP)}1${"]".repeat(DEEP)}}`,
    ],
    ...[
      '{"config":{"seeds":[1e999]}}',
      '{"config":{"seeds":[-0]}}',
      `{"config":{"seeds":[${"9".repeat(5000)}]}}`,
    ],
    ...[`{"config":{"seeds":[${Array.from({ length: 30_000 }, (_, seed) => seed).join()}]}}`],
    ...[
      `{"config":{"evaluation":{"accuracyAt":[${'"a",'.repeat(50_000)}1]}}}`,
      `{"config":{"title":"${"t".repeat(200_000)}"}}`,
    ],
    ...[`{"config":{"model":{"hidden":[10000,10000,10000]}}}`, `{"config":{"dataset":{"name":"../../etc"}}}`],
    ...[
      `{"config":{"dataset":{"name":"/etc"}},"name":"\\u0000\\u202e=cmd|' /C calc'!A0"}`,
      '{"config":{"dataset":{"name":"auto\\u0000"}}}',
    ],
    ...[
      `{${Array.from({ length: 15_000 }, (_, at) => `"k${at}":0`).join()}}`,
      `{"notes":"${"\\ud800".repeat(1000)}"}`,
      '{"name":"\\ud800"}',
    ],
    ...[
      '{"name":"<script>alert(1)</script>","tags":["=1+1","\\u0000","\\n"]}',
      '{"tags":["a","a","a"],"notes":null}',
      `{"name":"${"n".repeat(300_000)}"}`,
    ],
    ...[
      '{"token":"a"}',
      `{"token":"${"t".repeat(3000)}"}`,
      `{"token":"${"t".repeat(10_000)}"}`,
      '{"title":"a","parts":{}}',
      "a=b&c=d",
    ],
  ].map(utf8),
  Uint8Array.of(0xff, 0xfe, 0x7b, 0, 0x7d, 0),
  Uint8Array.of(0x7b, 0xff, 0x7d),
  gzipSync("{}"),
  BOMB,
  IDX_BOMB,
  BOMB.subarray(0, 5000),
  Uint8Array.of(0x1f, 0x8b),
  Uint8Array.of(0, 0, 8, 1, 0xff, 0xff, 0xff, 0xff),
  Uint8Array.of(0, 0, 8, 3, 0xff, 0xff, 0xff, 0xff, 0, 0, 0x10, 0, 0, 0, 0x10, 0),
  Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0x7b, 0x7d),
  safetensorsHeader("[".repeat(DEEP)),
  safetensorsHeader(
    `{${Array.from({ length: 9000 }, (_, at) => `"a${at}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}`).join()}}`,
  ),
  safetensorsHeader(
    `{"dense0.weight":{"dtype":"F32","shape":[4294967296,1048576],"data_offsets":[0,18014398509481984]}}`,
  ),
  safetensorsHeader(
    `{"dense0.weight":{"dtype":"F32","shape":[${"0,".repeat(100_000)}0],"data_offsets":[0,0]}}`,
  ),
  new Uint8Array(2_000_000),
];

function safetensorsHeader(json: string): Uint8Array {
  const text = utf8(json);
  const bytes = new Uint8Array(8 + text.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}
