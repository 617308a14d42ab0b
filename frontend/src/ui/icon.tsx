/** Icon draws one of the pictures. It is decoration: the word beside it says the same. */
export function Icon({ of, framed = false }: { of: string; framed?: boolean }) {
	return (
		<svg class={framed ? "i pic" : "i"} viewBox="0 0 24 24" aria-hidden="true">
			<path d={of} />
		</svg>
	);
}

const leaf =
	"M12 5.2C10.4 3.8 7.9 3.8 5.9 5.1c-3 2-3.5 5.3-1.7 8 1.9 2.8 6 3.2 7.1 6.2.3.9.5 2 .7 3.4.2-1.4.4-2.5.7-3.4 1.1-3 5.2-3.4 7.1-6.2 1.8-2.7 1.3-6-1.7-8-2-1.3-4.5-1.3-6.1.1z";

/** Mark is the leaf over the bench, small. */
export function Mark() {
	return (
		<svg class="i" viewBox="0 0 32 32" aria-hidden="true">
			<g transform="translate(3.5 -1.8) rotate(24 12 12)">
				<path class="f" d={leaf} />
				<path d="M12 6c0-1.6.4-2.9 1.3-4" stroke-width="1.5" />
				<path class="cut" stroke-width="1.1" d="M12 15.5V8M12 11l3-1.9M12 11L9 9.1" />
			</g>
			<path
				class="f"
				d="M4 22.8h24a1 1 0 0 1 1 1v1.8a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-1.8a1 1 0 0 1 1-1zM7 27.8h18v2.2a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1z"
			/>
		</svg>
	);
}

/** Bench is the same, large, for a page that has room to breathe. */
export function Bench() {
	return (
		<svg class="i scene" viewBox="0 0 64 64" aria-hidden="true">
			<g transform="translate(12 -2) scale(1.6) rotate(24 12 12)">
				<path class="f" opacity=".16" d={leaf} />
				<path d={leaf} />
				<path d="M12 15.5V5.2c0-1.3.3-2.4 1-3.4M12 9.5l3.6-2.2M12 9.5L8.4 7.3M12 13.5l3.2-2.3M12 13.5l-3.2-2.3" />
			</g>
			<path d="M6 42h52v5H6zM11 47v5h42v-5M15 52v6h34v-6M24 42v5M42 42v5M32 47v5" />
		</svg>
	);
}
