import { useEffect, useRef } from "preact/hooks";
import { ErrorBoundary, LocationProvider, Route, Router, useLocation } from "preact-iso";
import { findSession, session } from "../account/index.ts";
import { keepRead } from "../lib/exit/index.ts";
import { Start } from "../organisation/start.tsx";
import { beginAnew } from "./anew.ts";
import { Changed } from "./changed.tsx";
import { Foot } from "./foot.tsx";
import { Lock, locked } from "./lock.tsx";
import { Nav } from "./nav.tsx";
import { pages } from "./pages.tsx";
import { isNarrow, isOpen, isStaff } from "./places.ts";
import { Proof } from "./proof.tsx";
import { Top } from "./top.tsx";

// What the server answers itself is left to the browser.
const ours = /^\/(?!api\/|exit$|safe(\?|$)|say$)/;

/** Shell is what stays while pages change. */
export function Shell() {
	return (
		<LocationProvider scope={ours}>
			<Frame />
		</LocationProvider>
	);
}

function Frame() {
	const { path } = useLocation();
	useEffect(() => {
		if (session.value === undefined && !isOpen(path)) findSession().catch(() => undefined);
	}, [path]);
	useEffect(keepRead, [path]);
	useAnew();
	const look = isStaff() ? (isNarrow(path) ? "staff narrow" : "staff") : "member";
	return (
		<div class={look}>
			<Top />
			{session.value && !locked.value && <Nav />}
			{locked.value ? <Lock /> : <Pages />}
			{!locked.value && path !== "/" && <Foot />}
			<Proof />
			<Changed />
		</div>
	);
}

/** useAnew begins anew when whoever was signed in no longer is; a locked page waits to be opened. */
function useAnew(): void {
	const had = useRef(false);
	const here = session.value;
	useEffect(() => {
		if (here) had.current = true;
		else if (had.current && !locked.value) {
			had.current = false;
			void beginAnew();
		}
	}, [here]);
}

function Pages() {
	return (
		<ErrorBoundary>
			<Router>
				{Object.entries(pages).map(([path, page]) => (
					<Route key={path} path={path} component={page} />
				))}
				<Route default component={Start} />
			</Router>
		</ErrorBoundary>
	);
}
