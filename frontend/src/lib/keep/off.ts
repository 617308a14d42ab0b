// What the server gives out in the worker's place when it is switched off: a
// browser that kept the worker fetches this as its next version, and with it
// everything that was kept goes.
import { forgetAll, scope } from "./scope.ts";

scope.addEventListener("install", (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => event.waitUntil(forgetAll()));
