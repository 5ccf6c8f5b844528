// A list as a file for a spreadsheet: everything that fits the filters, not only what is shown.
import { ask } from "../api.js";

const PAGE = 200;
const MOST = 10_000;

/** Read all pages, and hand the file to the browser. Gives how many rows, and whether there were more. */
export async function saveCsv(name, path, query, columns, last, told) {
  const rows = [];
  let before;
  while (rows.length < MOST) {
    const { data } = await ask("GET", path, { query: { ...query, limit: PAGE, before } });
    rows.push(...data);
    told(rows.length);
    if (data.length < PAGE) return saveRows(name, columns, rows);
    before = last(data.at(-1));
  }
  const { data: more } = await ask("GET", path, { query: { ...query, limit: 1, before } });
  return saveRows(name, columns, rows, more.length > 0);
}

/** Hand rows to the browser as a file; columns are pairs of a title and what gives the cell. */
export function saveRows(name, columns, rows, cut = false) {
  const lines = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, of]) => of(row)))];
  const text = lines.map((line) => line.map(cell).join(",")).join("\r\n");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", text, "\r\n"], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return { count: rows.length, cut };
}

// A cell that begins like a formula would be run as one by the spreadsheet; some read wide letters as narrow ones. All
// texts are quoted: where numbers have a comma a spreadsheet begins a new cell at each semicolon.
export function cell(value) {
  if (typeof value === "number") return String(value);
  const text = String(value ?? "");
  const safe = /^\s*[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
