import { describeBackend } from "./testing/describe-backend.ts";

describeBackend({ threads: 2 }, { variant: "simd-threads", threads: 2 });
