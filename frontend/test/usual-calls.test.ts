import { expect, it } from "vitest";
import { usualCalls } from "../src/views/usual-calls.ts";

const lines = (...fds: [number, string][]) =>
  usualCalls("client", { hosts: ["client", "server"], fds: fds.map(([fd, detail]) => ({ fd, detail })) }).map(
    ({ line }) => line,
  );

it("begins with a socket", () => {
  expect(lines()).toEqual(["socket(AF_INET, SOCK_STREAM, 0)", "socket(AF_INET, SOCK_DGRAM, 0)"]);
});

it("goes by the state of what is there", () => {
  expect(lines([3, "CLOSED"])).toContain("connect(3, server:5000)");
  expect(lines([3, "LISTEN"])).toContain("accept(3)");
  expect(lines([3, "ESTABLISHED"])).toContain("shutdown(3, SHUT_WR)");
  expect(lines([3, "UDP"])).toContain('sendto(3, "hello", 5, 0, server:5000)');
});

it("has the latest descriptor first, and no more than fits", () => {
  const offered = lines([3, "LISTEN"], [4, "ESTABLISHED"]);
  expect(offered[0]).toBe('send(4, "hello", 5, 0)');
  expect(offered).toContain("accept(3)");
  expect(offered.length).toBeLessThanOrEqual(6);
});

it("says which descriptor it is for where there are several", () => {
  const names = (fds: [number, string][]) =>
    usualCalls("server", { hosts: ["server"], fds: fds.map(([fd, detail]) => ({ fd, detail })) }).map(
      ({ name }) => name,
    );
  expect(names([[3, "LISTEN"]])).toEqual(["accept", "close", "socket: TCP"]);
  expect(
    names([
      [3, "LISTEN"],
      [4, "CLOSE_WAIT"],
    ]),
  ).toContain("close(4)");
  const three: [number, string][] = [3, 4, 5].map((fd) => [fd, fd === 3 ? "LISTEN" : "ESTABLISHED"]);
  expect(names(three)).toContain("accept(3)"); // before what is older
});
