import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { keptBy } from "./harness/kept.ts";
import { inDialog, press, sees, seesHeading, tick, write } from "./harness/steps.ts";
import { signInOf, visit, visitAs } from "./harness/visit.ts";
import { m, number, numerals } from "./harness/words.ts";
