import { afterEach, expect, it, vi } from "vitest";
import { addProgram, NotTaken } from "../src/api/rest.ts";
import { explained } from "../src/compile/messages.ts";

afterEach(() => vi.unstubAllGlobals());

function answering(status: number, body: object): ReturnType<typeof vi.fn> {
  const fetched = vi.fn(async () => new Response(JSON.stringify(body), { status }));
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

it("hands over the files and the module", async () => {
  const fetched = answering(201, { name: "server@3f2a9c107d4e" });
  const files = { "server.c": "int main(void) { return 0; }", "proto.h": "" };
  expect(await addProgram("server", files, new Uint8Array([0, 97]), "token")).toBe("server@3f2a9c107d4e");
  const [path, request] = fetched.mock.calls[0] as [string, RequestInit];
  expect(path).toBe("/api/v1/programs");
  expect(JSON.parse(String(request.body))).toEqual({ title: "server", sources: files, wasm: "AGE=" });
});

it("has what the server's compiler says, with plain words beside it", async () => {
  const told = { severity: "error", file: "server.c", line: 3, column: 12, text: "expected '}'" };
  answering(422, { detail: "The server's clang: server.c:3:12: error: expected '}'", messages: [told] });
  const refused = await addProgram("server", {}, new Uint8Array(), "").catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(NotTaken);
  const { message, messages } = refused as NotTaken;
  expect(message).toContain("server.c:3:12");
  expect(messages.map(explained)).toMatchObject([
    { ...told, plain: "A closing brace is missing: somewhere above a { has no }." },
  ]);
});

it("is told why a program is not taken where it is not the compiler's fault", async () => {
  answering(409, { detail: "An account has at most 1000 programs." });
  const refused = await addProgram("server", {}, new Uint8Array(), "").catch((error: unknown) => error);
  expect(refused).toMatchObject({ message: "An account has at most 1000 programs.", messages: [] });
});
