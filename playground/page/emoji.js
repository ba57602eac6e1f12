/** The emoji short names that bots use most; a name that is not here stays as it was written. */

const TABLE = {
  wave: "👋", tada: "🎉", sparkles: "✨", seedling: "🌱", herb: "🌿", bulb: "💡", memo: "📝", pencil: "✏️",
  calendar: "📅", date: "📅", spiral_calendar_pad: "🗓️", clock9: "🕘", hourglass: "⌛", hourglass_flowing_sand: "⏳",
  alarm_clock: "⏰", bell: "🔔", no_bell: "🔕", lock: "🔒", unlock: "🔓", key: "🔑", shield: "🛡️", eyes: "👀",
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", warning: "⚠️",
  question: "❓", exclamation: "❗", information_source: "ℹ️", speech_balloon: "💬", thought_balloon: "💭",
  handshake: "🤝", raised_hands: "🙌", clap: "👏", pray: "🙏", muscle: "💪", point_right: "👉", "+1": "👍",
  thumbsup: "👍", "-1": "👎", thumbsdown: "👎", heart: "❤️", star: "⭐", star2: "🌟", fire: "🔥", rocket: "🚀",
  bar_chart: "📊", chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", mag: "🔍", link: "🔗",
  paperclip: "📎", pushpin: "📌", round_pushpin: "📍", books: "📚", book: "📖", mortar_board: "🎓",
  busts_in_silhouette: "👥", bust_in_silhouette: "👤", house: "🏠", gear: "⚙️", wrench: "🔧", coffee: "☕",
  smile: "😄", slightly_smiling_face: "🙂", simple_smile: "🙂", blush: "😊", thinking_face: "🤔", sweat_smile: "😅",
  large_green_circle: "🟢", large_yellow_circle: "🟡", large_orange_circle: "🟠", red_circle: "🔴",
  large_blue_circle: "🔵", white_circle: "⚪", black_circle: "⚫", arrow_right: "➡️", arrow_left: "⬅️",
  arrow_up: "⬆️", arrow_down: "⬇️", repeat: "🔁", one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣", five: "5️⃣",
  ice_cube: "🧊", snowflake: "❄️", sunny: "☀️", leaves: "🍃", deciduous_tree: "🌳", mailbox: "📫", inbox_tray: "📥",
  outbox_tray: "📤", hand: "✋", raised_hand: "✋", zzz: "💤", double_vertical_bar: "⏸️", recycle: "♻️",
};

const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const drawable = new Map();

function pixels(text) {
  brush.clearRect(0, 0, 24, 24);
  brush.font = "16px sans-serif";
  brush.fillText(text, 2, 18);
  return brush.getImageData(0, 0, 24, 24).data.join();
}

/** Whether a font on this machine has the character: without one it would be an empty box, as a noncharacter is. */
function hasGlyph(sign) {
  if (!drawable.has(sign)) drawable.set(sign, boxless(sign));
  return drawable.get(sign);
}

function boxless(sign) {
  const first = String.fromCodePoint(sign.codePointAt(0));
  const box = pixels("\u{1FFFE}");
  return pixels(first) !== box;
}

/** The character for a short name; null where the name is unknown or this machine has no font for it. */
export function emoji(name) {
  const sign = TABLE[name];
  return sign && hasGlyph(sign) ? sign : null;
}
