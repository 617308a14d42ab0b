// The metrics that make up the performance score, each with its weight.
const metrics = {
	FCP: "first-contentful-paint",
	LCP: "largest-contentful-paint",
	SI: "speed-index",
	TBT: "total-blocking-time",
	CLS: "cumulative-layout-shift",
};

/**
 * tell prints a table of the medians, and under it what costs a page points.
 * It returns whether a page falls short of the least scores.
 */
export function tell(results, least) {
	const rows = [
		[
			"page",
			"address",
			"performance",
			"of all runs",
			"accessibility",
			...Object.keys(metrics),
			"KB",
			"requests",
		],
	];
	const costs = [];
	let short = false;
	for (const { name, path, measured, median } of results) {
		const scores = Object.fromEntries(Object.keys(least).map((kind) => [kind, score(median, kind)]));
		// Axe finds the same thing in each run, or it is a page that isn't always accessible.
		scores.accessibility = Math.min(...measured.map((run) => score(run, "accessibility")));
		const under = Object.entries(scores).some(([kind, value]) => value < least[kind]);
		short ||= under;
		const each = measured.map((run) => score(run, "performance")).sort((a, b) => a - b);
		rows.push([
			`${under ? "UNDER" : "ok   "} ${name}`,
			path,
			scores.performance,
			each.join(" "),
			scores.accessibility,
			...Object.values(metrics).map((id) => median.audits[id].displayValue.replaceAll("\u00a0", " ")),
			Math.round(median.audits["total-byte-weight"].numericValue / 1024),
			median.audits["network-requests"].details.items.length,
		]);
		costs.push(...[...measured.flatMap(barriers), ...chances(median)].map((cost) => `${name}: ${cost}`));
	}
	console.log(
		`\nLighthouse, mobile, median of ${results[0].measured.length} runs on an invented organisation\n`,
	);
	for (const line of lined(rows)) console.log(line);
	if (costs.length)
		console.log(
			`\nWhat costs points or time\n\n${[...new Set(costs)].map((cost) => `- ${cost}`).join("\n")}`,
		);
	return short;
}

const score = (run, kind) => Math.round(run.categories[kind].score * 100);

/** barriers are the accessibility audits that failed, with where. */
function barriers(run) {
	return run.categories.accessibility.auditRefs
		.map(({ id }) => run.audits[id])
		.filter((audit) => audit.score !== null && audit.score < 1)
		.map(({ id, details }) => `${id}: ${details?.items?.map(({ node }) => node?.snippet).join(" | ")}`);
}

/** chances are what Lighthouse thinks could be faster, with the time or bytes that it would spare. */
function chances(run) {
	return run.categories.performance.auditRefs
		.map(({ id }) => run.audits[id])
		.filter(({ score, details, metricSavings }) => {
			const spared = Object.values(metricSavings ?? {}).some((value) => value > 0);
			return score !== null && score < 1 && details && spared;
		})
		.map(({ id, displayValue, metricSavings }) => {
			const spared = Object.entries(metricSavings).filter(([, value]) => value > 0);
			return `${id}: ${displayValue ?? ""} (${spared.map(([metric, value]) => `${metric} −${round(value)}`).join(", ")})`;
		});
}

const round = (value) => (value < 1 ? value.toFixed(3) : `${Math.round(value)} ms`);

/** lined makes a Markdown table whose columns line up. */
function lined(rows) {
	const texts = rows.map((row) => row.map(String));
	const widths = texts[0].map((_, column) => Math.max(...texts.map((row) => [...row[column]].length)));
	const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
	return [
		line(texts[0]),
		`|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`,
		...texts.slice(1).map(line),
	];
}
