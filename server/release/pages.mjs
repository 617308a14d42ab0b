// Prints the bill of materials of the pages, in CycloneDX. Run in frontend/.
//
// npm leaves out of a bill whatever the tools of the build ask for too, preact
// itself among it. So it is asked about the same project without its tools, and
// what the pages are made of must be in its answer.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const read = (name) => JSON.parse(readFileSync(name, "utf8"));
const [project, lock] = [read("package.json"), read("package-lock.json")];
delete project.devDependencies;
delete lock.packages[""].devDependencies;
for (const [place, { dev }] of Object.entries(lock.packages)) {
	if (dev) delete lock.packages[place];
}

const folder = mkdtempSync(join(tmpdir(), "pages-"));
try {
	writeFileSync(join(folder, "package.json"), JSON.stringify(project));
	writeFileSync(join(folder, "package-lock.json"), JSON.stringify(lock));
	const asked = ["sbom", "--package-lock-only", "--sbom-format=cyclonedx"];
	const bill = JSON.parse(execFileSync("npm", asked, { cwd: folder, encoding: "utf8" }));
	// The same sources give the same bill.
	delete bill.serialNumber;
	delete bill.metadata.timestamp;
	bill.metadata.component.name = project.name;
	const listed = bill.components.map(({ group, name }) => (group ? `${group}/${name}` : name));
	const missing = Object.keys(project.dependencies).filter((name) => !listed.includes(name));
	if (missing.length) throw new Error(`not in the bill: ${missing.join(", ")}`);
	console.log(JSON.stringify(bill, null, "\t"));
} finally {
	rmSync(folder, { recursive: true });
}
