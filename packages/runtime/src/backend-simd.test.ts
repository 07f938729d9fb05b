import { describeBackend } from "./testing/describe-backend.ts";

describeBackend({ threads: 1 }, { variant: "simd", threads: 1 });
