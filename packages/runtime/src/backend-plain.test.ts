import { describeBackend } from "./testing/describe-backend.ts";

describeBackend({ variant: "plain" }, { variant: "plain", threads: 1 });
