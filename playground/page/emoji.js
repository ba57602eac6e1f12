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

/** The character for a short name, or null. */
export function emoji(name) {
  return TABLE[name] ?? null;
}
