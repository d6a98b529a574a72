import { expect, it } from "vitest";
import { sourceParts } from "../src/views/source-links.ts";

const links = (source: string) => sourceParts(source).flatMap(({ href }) => href ?? []);

it("leads to the section of an RFC, the page of the manual and the file of Linux", () => {
  expect(links("RFC 9293 §3.10.7.4, tcp(7), net/ipv4/tcp_input.c, tcp_check_req()")).toEqual([
    "https://www.rfc-editor.org/rfc/rfc9293#section-3.10.7.4",
    "https://man7.org/linux/man-pages/man7/tcp.7.html",
    "https://elixir.bootlin.com/linux/v6.18/source/net/ipv4/tcp_input.c",
  ]);
  expect(links("RFC 6298 (2.1)")).toEqual(["https://www.rfc-editor.org/rfc/rfc6298"]);
});

it("keeps every word", () => {
  for (const source of ["RFC 896, RFC 9293 §3.7.4, net/ipv4/tcp_output.c, tcp_nagle_test()", "net.ipv4.tcp_sack", ""]) {
    expect(
      sourceParts(source)
        .map(({ text }) => text)
        .join(""),
    ).toBe(source);
  }
});
