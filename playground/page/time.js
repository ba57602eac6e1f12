/** Dates as the viewer sees them: always in the viewer's zone, always relative to the playground's clock. */

import { store } from "./store.js";

/** How the viewer writes dates, as their Slack says; the page is in English, so other languages write British. */
function ways() {
  const locale = store.me?.locale ?? "";
  return locale.startsWith("en") ? locale : "en-GB";
}

const formats = new Map();
function format(date, zone, options) {
  const locale = ways();
  const key = locale + zone + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }));
  }
  return formats.get(key).format(date);
}

/** The wall clock of an instant in a zone, as [year, month, day, hour, minute, second]. */
function wall(date, zone) {
  const key = `wall ${zone}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat("en-CA", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit",
      hour: "2-digit", minute: "2-digit", second: "2-digit",
    }));
  }
  const parts = Object.fromEntries(formats.get(key).formatToParts(date).map((p) => [p.type, p.value]));
  return [parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second];
}

/** "2026-03-02" in the zone. */
export function dayKey(date, zone) {
  return wall(date, zone).slice(0, 3).join("-");
}

/** Epoch seconds -> the value of a datetime-local input in the zone. */
export function toWall(epoch, zone) {
  const [y, mo, d, hh, mm] = wall(new Date(epoch * 1000), zone);
  return `${y}-${mo}-${d}T${hh}:${mm}`;
}

/** The value of a datetime-local input, read in the zone -> epoch seconds, or null when it is incomplete. */
export function fromWall(text, zone) {
  const wanted = Date.parse(`${text}Z`);
  if (Number.isNaN(wanted)) return null;
  let guess = wanted;
  // Twice, because the first guess can land on the other side of a clock change.
  for (let i = 0; i < 2; i += 1) {
    const [y, mo, d, hh, mm, ss] = wall(new Date(guess), zone).map(Number);
    guess += wanted - Date.UTC(y, mo - 1, d, hh, mm, ss);
  }
  return Math.floor(guess / 1000);
}

/** "09:05" or "9:05 AM". */
export function clockTime(date, zone) {
  const american = ways() === "en-US";
  return format(date, zone, { hour: american ? "numeric" : "2-digit", minute: "2-digit" });
}

/** "Mon 2 Mar 2026". */
export function shortDay(date, zone) {
  return format(date, zone, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
}

/** Full form for tooltips and screen readers. */
export function fullStamp(date, zone) {
  const day = format(date, zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  return `${day}, ${clockTime(date, zone)}`;
}

function relativeDay(date, zone, now) {
  const days = (key) => Date.parse(`${key}T00:00Z`) / 86_400_000;
  const gap = days(dayKey(date, zone)) - days(dayKey(now, zone));
  return { "-1": "Yesterday", 0: "Today", 1: "Tomorrow" }[gap] ?? null;
}

/** The words on a line between two days. */
export function dayLabel(date, zone, now) {
  return relativeDay(date, zone, now)
    ?? format(date, zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

function ago(date, now) {
  const seconds = (date - now) / 1000;
  const steps = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]];
  const [unit, size] = steps.find(([, s]) => Math.abs(seconds) >= s) ?? steps.at(-1);
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

const DATE_STYLES = {
  date: { day: "numeric", month: "long", year: "numeric" },
  date_short: { day: "numeric", month: "short", year: "numeric" },
  date_long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
};

function token(name, date, zone, now) {
  if (name === "time") return clockTime(date, zone);
  if (name === "time_secs") return format(date, zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  if (name === "date_num") return dayKey(date, zone);
  if (name === "ago") return ago(date, now);
  const pretty = name.endsWith("_pretty") ? relativeDay(date, zone, now) : null;
  if (pretty) return pretty.toLowerCase();
  const style = DATE_STYLES[name.replace("_pretty", "")];
  return style ? format(date, zone, style) : `{${name}}`;
}

/** Fills a date format such as "{date_short} at {time}". `now` is the playground's time. */
export function fillDate(epoch, pattern, zone, now) {
  const date = new Date(epoch * 1000);
  return pattern.replace(/\{(\w+)\}/g, (_, name) => token(name, date, zone, now));
}

/** A message's ts ("1772438400.000100") as a Date. */
export function tsDate(ts) {
  return new Date(Number(ts) * 1000);
}
