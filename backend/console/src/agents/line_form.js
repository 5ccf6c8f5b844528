// A line as a form: whom callers reach, when it is open, and what becomes of those who call when it is closed or full.
import { html } from "../html.js";
import { Area, Check, Choice, Field } from "./fields.js";

const DAYS = [["mon", "Monday"], ["tue", "Tuesday"], ["wed", "Wednesday"], ["thu", "Thursday"], ["fri", "Friday"], ["sat", "Saturday"], ["sun", "Sunday"]];
const NUMBER = "With the country, as +13125550142";
const CLOSED = [["message", "They hear when it opens again"], ["redirect", "They are put through to a number"], ["call_back", "They are asked where to call them back"]];
const FULL = [["reject", "They get the busy tone"], ["redirect", "They are sent to a number"], ["message", "They are told that all lines are busy"], ["call_back", "They are asked where to call them back"]];
const SPOKEN = ["message", "call_back"];

export function Line({ says, set }) {
  return html`
    <${Field} label="Company" value=${says.company ?? ""} set=${(value) => set(["company"], value)} />
    <${Field} label="A person is reached at" value=${says.person?.number ?? ""} set=${(value) => set(["person", "number"], value)} hint=${NUMBER} />
    <${Field} label="Time zone" value=${says.timezone ?? ""} set=${(value) => set(["timezone"], value)} hint="Such as America/Chicago" />
    <fieldset><legend>Hours</legend>
      <${Check} label="Open at all hours" on=${!says.hours} set=${(on) => set(["hours"], on ? undefined : usual(says))} />
      ${says.hours && html`<${Hours} hours=${says.hours} set=${within("hours", says.hours, set)} />`}
    </fieldset>
    ${says.hours && html`<fieldset><legend>Who calls when it is closed</legend><${Closed} hours=${says.hours} set=${within("hours", says.hours, set)} /></fieldset>`}
    <fieldset><legend>Who calls when it is full</legend><${Full} says=${says} set=${set} /></fieldset>`;
}

const usual = ({ timezone }) => ({ timezone: timezone ?? "", week: Object.fromEntries(DAYS.slice(0, 5).map(([day]) => [day, ["09:00-17:00"]])) });

/** Sets what is in one part of the line, of which `now` is what it says; nothing is taken away that is not there. */
const within = (part, now, set) => (path, value) => (value !== undefined || path[0] in (now ?? {})) && set([part, ...path], value);

function Hours({ hours, set }) {
  const { week } = hours;
  return html`
    ${week ? DAYS.map(([day, title]) => html`<${Field} key=${day} label=${title} value=${list(week[day]).join(", ")} placeholder="closed" hint=${day === "mon" ? "Such as 08:00-12:00, 13:00-17:00" : ""}
      set=${(value) => set(["week", day], intervals(value))} />`) : html`<p class="quiet">The hours of this line are the same on each of its days; change them as text.</p>`}
    <${Field} label="Closed on these days" value=${list(hours.holidays).map(day).join(", ")} placeholder="none" hint="Such as 2026-12-24, 2027-01-02" set=${(value) => set(["holidays"], some(parts(value).map(dated)))} />
    <${Field} label="Closed every year on" value=${list(hours.yearly).join(", ")} placeholder="none" hint="Month and day, such as 12-25, 01-01" set=${(value) => set(["yearly"], some(parts(value)))} />
    <${Area} label="Days with hours of their own" least=${3} value=${list(hours.special).map(special).join("\n")} hint="One a line, such as 2026-12-24 08:00-12:00; without hours it stays closed. They go before all others." set=${(value) => set(["special"], some(value.split("\n").map(parts).filter((one) => one.length > 0).map(ofItsOwn)))} />`;
}

function Closed({ hours, set }) {
  const asks = hours.emergencies ?? true;
  return html`
    <${Area} label="What they hear first" value=${hours.closed ?? ""} hint="Left empty: the phrase “closed”" set=${(value) => set(["closed"], value.trim() || undefined)} />
    <${Check} label="They are asked whether anybody is hurt or in danger; who says so is put through at once" on=${asks} set=${(on) => set(["emergencies"], on ? undefined : false)} />
    ${asks && html`<${Field} label="Emergencies are put through to" value=${hours.emergency_number ?? ""} hint="Left empty: the line's person" set=${(value) => set(["emergency_number"], value || undefined)} />`}
    <${Choice} label="What becomes of the others" value=${hours.action ?? "message"} options=${CLOSED} set=${(action) => wayOut(action, set)} />
    ${hours.action === "redirect" && html`<${Field} label="They are put through to" value=${hours.number ?? ""} hint=${NUMBER} set=${(value) => set(["number"], value || undefined)} />`}`;
}

function Full({ says, set }) {
  const { action = "reject", number, emergencies = true } = says.overflow ?? {};
  const out = within("overflow", says.overflow, set);
  const most = (value) => (says.max_calls !== undefined || value) && set(["max_calls"], value ? (Number.isNaN(Number(value)) ? value : Number(value)) : undefined);
  return html`
    <${Field} label="Calls at once, in each worker" value=${String(says.max_calls ?? "")} placeholder="as many as the worker takes" set=${most} />
    <${Choice} label="What becomes of those beyond" value=${action} options=${FULL} set=${(next) => wayOut(next, out)} />
    ${action === "redirect" && html`<${Field} label="They are sent to" value=${number ?? ""} hint=${NUMBER} set=${(value) => out(["number"], value || undefined)} />`}
    ${SPOKEN.includes(action) && html`<${Check} label="They are asked whether anybody is hurt or in danger; who says so reaches the line's person" on=${emergencies} set=${(on) => out(["emergencies"], on ? undefined : false)} />`}`;
}

// A number stays only where somebody is sent to it: the check refuses it elsewhere.
function wayOut(action, set) {
  if (action !== "redirect") set(["number"], undefined);
  set(["action"], action);
}

const list = (value) => (Array.isArray(value) ? value : []);
const some = (values) => (values.length > 0 ? values : undefined);
const parts = (text) => text.split(/[,;\s]+/).filter(Boolean);
const intervals = (text) => parts(text).map((one) => one.replace("–", "-"));
const day = (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value));
const dated = (text) => (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? new Date(text) : text);
const special = (one) => [day(one?.date), list(one?.open).join(", ")].filter(Boolean).join(" ");
const ofItsOwn = ([date, ...open]) => ({ date: dated(date), ...(open.length > 0 && { open: open.map((one) => one.replace("–", "-")) }) });
