import { useEffect } from "preact/hooks";
import { ErrorBoundary, LocationProvider, Route, Router, useLocation } from "preact-iso";
import { findSession, session } from "../account/index.ts";
import { Start } from "../organisation/start.tsx";
import { Foot } from "./foot.tsx";
import { Lock, locked } from "./lock.tsx";
import { Nav } from "./nav.tsx";
import { pages } from "./pages.tsx";
import { isNarrow, isOpen, isStaff } from "./places.ts";
import { Proof } from "./proof.tsx";
import { Top } from "./top.tsx";

// What the server answers itself is left to the browser.
const ours = /^\/(?!api\/|exit$|safe$|say$)/;

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
	const look = isStaff() ? (isNarrow(path) ? "staff narrow" : "staff") : "member";
	return (
		<div class={look}>
			<Top />
			{session.value && !locked.value && <Nav />}
			{locked.value ? <Lock /> : <Pages />}
			{!locked.value && path !== "/" && <Foot />}
			<Proof />
		</div>
	);
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
