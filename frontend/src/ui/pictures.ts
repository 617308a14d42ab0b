// The pictures: each is one line drawing of 24 by 24 units, as path data. A page
// carries only those it names, and nothing is fetched for them.

export const back = "M14.5 5l-7 7 7 7";
export const bad = "M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3zM9 9l6 6M15 9l-6 6";
export const bin = "M4.5 7h15M9 7V4h6v3M6.5 7l1 13.5h9l1-13.5";
export const book = "M12 6c-2-1.4-5-2-8.5-2v14c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2V4C17 4 14 4.6 12 6zM12 6v14";
export const bus =
	"M6 4.5h12a2 2 0 0 1 2 2v9a2 2 0 0 1 -2 2h-12a2 2 0 0 1 -2 -2v-9a2 2 0 0 1 2 -2zM4 11.5h16M12 4.5v7M8 17.5V20M16 17.5V20M7.5 14.5v.1M16.5 14.5v.1";
export const cal =
	"M6 5h12a2 2 0 0 1 2 2v11a2 2 0 0 1 -2 2h-12a2 2 0 0 1 -2 -2v-11a2 2 0 0 1 2 -2zM4 10h16M8 3v4M16 3v4";
export const chart = "M4 4v16h16M8.5 16.5v-4M13 16.5V8.5M17.5 16.5v-6";
export const child = "M9 6.5a3 3 0 1 0 6 0a3 3 0 1 0 -6 0M12 9.5V16M7.5 12.5h9M9 21l3-5 3 5";
export const circle =
	"M9.7 5.5a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0 -4.6 0M3.2 10.5a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0 -4.6 0M16.2 10.5a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0 -4.6 0M5.7 18a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0 -4.6 0M13.7 18a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0 -4.6 0";
export const clock = "M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0M12 6.8V12l3.5 2";
export const cloud = "M7 18.5h10a4 4 0 0 0 .6-8 6 6 0 0 0-11.5 1.2A3.5 3.5 0 0 0 7 18.5z";
export const cook =
	"M4 10.5h16V15a5 5 0 0 1-5 5H9a5 5 0 0 1-5-5zM2 10.5h20M9.5 7.5c-1-1.5 1-2 0-4M14.5 7.5c-1-1.5 1-2 0-4";
export const copy =
	"M10 8h8a2 2 0 0 1 2 2v8a2 2 0 0 1 -2 2h-8a2 2 0 0 1 -2 -2v-8a2 2 0 0 1 2 -2zM16 8V5.5A1.5 1.5 0 0 0 14.5 4h-9A1.5 1.5 0 0 0 4 5.5v9A1.5 1.5 0 0 0 5.5 16H8";
export const doc = "M6 3h8l5 5v13H6zM14 3v5h5M9.5 13h6M9.5 17h4";
export const down = "M5 9l7 7 7-7";
export const ear =
	"M7.5 10a5 5 0 0 1 10 0c0 3.5-3 4.2-3.6 6.5-.5 2.2-1.5 4-3.7 4-1.8 0-2.9-1.2-3-2.7M10.3 10.2a2.2 2.2 0 0 1 4.4 0c0 1.5-1.7 1.8-1.7 3.3";
export const exit = "M12 4H6v16h6M10.5 12H21M17 8l4 4-4 4";
export const eye =
	"M2.5 12C5 7.6 8.3 5.5 12 5.5s7 2.1 9.5 6.5c-2.5 4.4-5.8 6.5-9.5 6.5S5 16.4 2.5 12zM9.2 12a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0 -5.6 0";
export const find = "M4 10.5a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0 -13 0M15.5 15.5L21 21";
export const fix =
	"M6 3h5a2 2 0 0 1 2 2v14a2 2 0 0 1 -2 2h-5a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2zM7.5 18h2M18.5 3v9M16.5 12h4v6.5a2 2 0 0 1-4 0z";
export const hand =
	"M5.5 13.5V8.7a1.5 1.5 0 0 1 3 0V12 5.5a1.5 1.5 0 0 1 3 0V11 4.5a1.5 1.5 0 0 1 3 0V11 6a1.5 1.5 0 0 1 3 0v8.5c0 4-2.5 7-6 7-3.7 0-6-2.6-7-5.5z";
export const home = "M4 11l8-7 8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z";
export const info = "M4 4h16v16H4zM12 11v5M12 7.9v.1";
export const leaf =
	"M12 5.2C10.4 3.8 7.9 3.8 5.9 5.1c-3 2-3.5 5.3-1.7 8 1.9 2.8 6 3.2 7.1 6.2.30.9.5 2 .7 3.4.2-1.40.4-2.5.7-3.4 1.1-3 5.2-3.4 7.1-6.2 1.8-2.7 1.3-6-1.7-8-2-1.3-4.5-1.3-6.1.1zM12 15.5V5.2c0-1.3.3-2.4 1-3.4M12 9.5l3.6-2.2M12 9.5L8.4 7.3M12 13.5l3.2-2.3M12 13.5l-3.2-2.3";
export const list = "M10 6h10M10 12h10M10 18h10M4 6l1 1 2-2M4 12l1 1 2-2M4 18l1 1 2-2";
export const lock =
	"M7 11h10a2 2 0 0 1 2 2v5.5a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2v-5.5a2 2 0 0 1 2 -2zM8 11V8a4 4 0 0 1 8 0v3";
export const me =
	"M8.2 8a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0 -7.6 0M4.5 20c.6-4 3.6-6.3 7.5-6.3s6.9 2.3 7.5 6.3";
export const meet =
	"M4.7 8a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0 -5.6 0M13.7 8a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0 -5.6 0M2.5 19c0-3.3 2-5.5 5-5.5 1.9 0 3.5.9 4.5 2.5 1-1.6 2.6-2.5 4.5-2.5 3 0 5 2.2 5 5.5";
export const money =
	"M5 6.5h14a2 2 0 0 1 2 2v7a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-7a2 2 0 0 1 2 -2zM9.4 12a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0 -5.2 0M6 12v.1M18 12v.1";
export const fresh = "M12 3v18M3 12h18M5.6 5.6l12.8 12.8M18.4 5.6L5.6 18.4";
export const next = "M9.5 5l7 7-7 7";
export const off = "M3 9.5a13 13 0 0 1 18 0M6.5 13.5a8.5 8.5 0 0 1 11 0M12 18v.2M4 3l16 18";
export const ok = "M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0M7.8 12.3l2.9 2.9 5.5-6";
export const path =
	"M3.2 18.5a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0 -4.6 0M16.2 5.5a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0 -4.6 0M8 18.5h6.5a3.25 3.25 0 0 0 0-6.5h-5a3.25 3.25 0 0 1 0-6.5H16";
export const pause = "M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0M10 9v6M14 9v6";
export const pen = "M4 20l1-5L16 4l4 4L9 19z";
export const phone =
	"M9 2.5h6a2 2 0 0 1 2 2v15a2 2 0 0 1 -2 2h-6a2 2 0 0 1 -2 -2v-15a2 2 0 0 1 2 -2zM11 18.5h2";
export const pin =
	"M12 21.5c-4.2-5-6.7-8-6.7-11.2a6.7 6.7 0 0 1 13.4 0c0 3.2-2.5 6.2-6.7 11.2zM9.6 10.2a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0 -4.8 0";
export const plus = "M12 5v14M5 12h14";
export const print = "M7 8V3h10v5M7 17H3.5V8.5h17V17H17M7 13.5h10V21H7z";
export const rain =
	"M7 14.5h10a3.7 3.7 0 0 0 .5-7.3 6 6 0 0 0-11.4 1.1A3.2 3.2 0 0 0 7 14.5zM8 18l-1 3M12.5 18l-1 3M17 18l-1 3";
export const ring =
	"M9.7 9a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0 -4.6 0M8 17c.2-2.5 1.7-4 4-4s3.8 1.5 4 4M2.5 12a9.5 9.5 0 1 0 19 0a9.5 9.5 0 1 0 -19 0";
export const save = "M12 4v11M7 10.5l5 5 5-5M4 20h16";
export const scale = "M12 4v16M7.5 20h9M5 7.5h14M5 7.5L2.3 14h5.4zM19 7.5L16.3 14h5.4z";
export const sew =
	"M3 20h18M5.5 20v-3.5h13V9a3 3 0 0 0-3-3H4.5v5h4M6.5 11v3.5M13 6v5M18.2 10.5a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0 -3.6 0";
export const sound = "M4 9.8v4.4h3.2L12 18V6L7.2 9.8zM15.5 9.2a4 4 0 0 1 0 5.6M18.3 6.5a8 8 0 0 1 0 11";
export const storm =
	"M7 14h10a3.7 3.7 0 0 0 .5-7.3A6 6 0 0 0 6.1 7.8 3.2 3.2 0 0 0 7 14zM13 12.5l-3 4.5h4l-3 4.5";
export const sun =
	"M8 12a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4M18.4 5.6L17 7M7 17l-1.4 1.4";
export const table =
	"M5.5 4.5h13a2 2 0 0 1 2 2v11a2 2 0 0 1 -2 2h-13a2 2 0 0 1 -2 -2v-11a2 2 0 0 1 2 -2zM3.5 9.5h17M9 9.5v10M3.5 14.5h17";
export const talk = "M4 4.5h16v12h-9l-5 4v-4H4zM8 9h8M8 12.5h5";
export const turn = "M9 5L4 10l5 5M4 10h10.5a5 5 0 0 1 0 10H8";
export const umb = "M12 4a9 9 0 0 1 9 9H3a9 9 0 0 1 9-9zM12 13v5.5a2.2 2.2 0 0 1-4.4 0M12 4V2.5";
export const up = "M5 15l7-7 7 7";
export const wait = "M12 2.5l9.5 9.5-9.5 9.5L2.5 12zM12 8v4.5l2.5 1.5";
export const warn = "M12 3.5L21.5 20h-19zM12 10v4.5M12 17.3v.1";
export const key = "M3.5 12a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0 -7.6 0M11.1 12H21M16.5 12v3M20 12v4";
export const laptop = "M5 5h14v10H5zM5 15l-2.5 4h19L19 15M10 17h4";
export const sprout =
	"M12 21v-9M12 12c0-4-2.8-6.5-7.5-6.5C4.5 9.7 7.5 12 12 12zM12 15c0-3.3 2.5-5.5 7-5.5 0 3.5-2.8 5.5-7 5.5zM7 21h10";
export const mirror =
	"M6.5 9a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0M12 14.5V21M9 21h6M9.3 8.5A3 3 0 0 1 11.5 6.2";
export const wheel =
	"M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0M9.6 12.5a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0 -4.8 0M3.2 10.8h6.8M14 10.8h6.8M12 15v6";
export const thorn =
	"M5 21.5C6.5 14.5 10.5 8.5 19 3M7.6 14.7L3.7 13M9.8 11.2l.9 4.5M12.6 8L9.2 5.5M15.3 5.7l2.4 3.6";
export const wind = "M3 9h11a3 3 0 1 0-3-3M3 13h14.5a3.2 3.2 0 1 1-3.2 3.2M3 17h6.5";
export const more =
	"M5 12v.1M12 12v.1M19 12v.1M4 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0M11 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0M18 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0";
