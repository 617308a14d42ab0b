import { expect, it } from "vitest";
import { sentHosts, typedHost } from "./hosts.ts";

it("an address that was pasted becomes the name that the server keeps", () => {
	expect(typedHost(" https://Sathi.Example/ ")).toBe("sathi.example");
	expect(typedHost("office.lan")).toBe("office.lan");
	expect(typedHost("sathi.example/begin")).toBe("sathi.example/begin"); // the server says that this is none
});

it("each address goes to the server once, and an empty line not at all", () => {
	expect(sentHosts({ "a.example": "a.example", "new-1": "A.example", "new-2": " " })).toEqual(["a.example"]);
});
