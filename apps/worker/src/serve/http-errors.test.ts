import { DatabaseSync } from "node:sqlite";
import { ConfigError, ERROR_CODES, problemSchema } from "@gambeson/contract";
import { HTTPException } from "hono/http-exception";
import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { fileError } from "../disk/file-error.ts";
import { Refusal } from "../state/refusal.ts";
import { STATUS_OF, toProblem } from "./http-errors.ts";

test("toProblem() gives every code its status, its title and a type of its own", () => {
  const problems = ERROR_CODES.map((code) => toProblem(new Refusal(code, "Cannot do it"), "id"));
  for (const problem of problems) expect(v.is(problemSchema, problem)).toBe(true);
  expect(new Set(problems.map(({ type }) => type)).size).toBe(ERROR_CODES.length);
  expect(toProblem(new Refusal("RUN_NOT_FOUND", "Cannot find it"), "q")).toEqual({
    type: "urn:gambeson:problem:run_not_found",
    title: "There is no such run",
    status: 404,
    detail: "Cannot find it",
    code: "RUN_NOT_FOUND",
    requestId: "q",
  });
});

test("toProblem() keeps a config's issues", () => {
  const issues = [{ path: "seeds", message: "must not repeat a seed" }];
  expect(toProblem(new ConfigError("config", issues), "")).toMatchObject({
    code: "CONFIG_INVALID",
    status: 422,
    issues,
  });
});

test.each([
  [400, "REQUEST_INVALID"],
  [413, "BODY_TOO_LARGE"],
  [415, "MEDIA_TYPE"],
  [500, "INTERNAL"],
] as const)("toProblem() takes Hono's %i for %s", (status, code) => {
  expect(toProblem(new HTTPException(status, { message: "so" }), "").code).toBe(code);
});

test("toProblem() tells nothing of what it does not know", () => {
  const problem = toProblem(new Error("secret path /home/me"), "");
  expect(problem).toMatchObject({ code: "INTERNAL", status: 500 });
  expect(JSON.stringify(problem)).not.toContain("secret");
  expect(toProblem("text", "").code).toBe("INTERNAL");
});

describe("toProblem() of what the system throws", () => {
  const thrownBy = (act: () => void): unknown => {
    try {
      act();
    } catch (error) {
      return error;
    }
    throw new Error("nothing was thrown");
  };

  test.each(["ENOSPC", "EDQUOT", "EROFS"])("%s is STORAGE_FULL", (code) => {
    const problem = toProblem(Object.assign(new Error("os error"), { code }), "");
    expect(problem).toMatchObject({ code: "STORAGE_FULL", status: STATUS_OF.STORAGE_FULL });
  });

  test("SQLite's full database is STORAGE_FULL", () => {
    const database = new DatabaseSync(":memory:");
    database.exec("pragma max_page_count = 2; create table t (x)");
    const error = thrownBy(() => {
      database.exec("insert into t values (zeroblob(100000))");
    });
    expect(toProblem(error, "").code).toBe("STORAGE_FULL");
  });

  test("SQLite's read-only database is STORAGE_FULL", () => {
    const path = join(temporaryFolder(), "a.db");
    new DatabaseSync(path).close();
    const database = new DatabaseSync(path, { readOnly: true });
    const error = thrownBy(() => {
      database.exec("create table t (x)");
    });
    database.close();
    expect(toProblem(error, "").code).toBe("STORAGE_FULL");
  });

  test("SQLite's database that another one writes to is STATE_BUSY", () => {
    const path = join(temporaryFolder(), "a.db");
    const [writer, other] = [new DatabaseSync(path), new DatabaseSync(path)];
    writer.exec("begin immediate");
    // `exec` gives no code, a statement does.
    for (const act of [
      () => other.prepare("begin immediate").run(),
      () => {
        other.exec("begin immediate");
      },
    ])
      expect(toProblem(thrownBy(act), "")).toMatchObject({ code: "STATE_BUSY", status: 503 });
    for (const database of [writer, other]) database.close();
  });

  test("a state folder that is gone is STATE_GONE, any other file that is not there is not", () => {
    const folder = join(temporaryFolder(), "gone");
    const unopened = thrownBy(() => new DatabaseSync(join(folder, "a.db")));
    expect(toProblem(unopened, "")).toMatchObject({ code: "STATE_GONE", status: 503 });
    const moved = Object.assign(new Error("attempt to write a readonly database"), { errcode: 1032 });
    expect(toProblem(moved, "").code).toBe("STATE_GONE");
    const missing = thrownBy(() => Deno.openSync(join(folder, "r1.json")));
    expect(toProblem(fileError("write r1.json", missing), "").code).toBe("STATE_GONE");
    expect(toProblem(missing, "").code).toBe("INTERNAL");
  });

  test("what the disk says is found below what says it in our words", () => {
    const full = Object.assign(new Error("os error 28"), { code: "ENOSPC" });
    expect(toProblem(fileError("write r1.json", full), "").code).toBe("STORAGE_FULL");
    expect(toProblem(new Error("outer", { cause: fileError("write it", full) }), "").code).toBe(
      "STORAGE_FULL",
    );
  });

  test("a file that is no database, and one with damaged pages, are STATE_DAMAGED", () => {
    const path = join(temporaryFolder(), "a.db");
    Deno.writeTextFileSync(path, "x".repeat(5000));
    const error = thrownBy(() => {
      new DatabaseSync(path).exec("select * from sqlite_master");
    });
    expect(toProblem(error, "").code).toBe("STATE_DAMAGED");
    expect(toProblem(new Error("database disk image is malformed"), "").code).toBe("STATE_DAMAGED");
  });
});
