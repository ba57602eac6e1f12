/* What a screen reader or weak eyes would stumble over: faint words, unnamed controls, ids twice, references to nothing. */
() => {
  const root = document.querySelector("dialog[open]") ?? document.body;
  const shown = (node) => node.checkVisibility({ checkOpacity: true }) && !node.closest(".sr-only, .skip, [aria-hidden=true]");
  return { faint: faint(), unnamed: unnamed(), twice: twice(), dangling: dangling() };

  function faint() {
    const brush = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
    const parse = (colour) => {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const light = (rgb) => rgb.slice(0, 3).map((one) => (one / 255 <= 0.03928 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4))
      .reduce((sum, one, i) => sum + one * [0.2126, 0.7152, 0.0722][i], 0);
    const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
    const behind = (node) => {
      const own = parse(getComputedStyle(node).backgroundColor);
      return own[3] === 1 || !node.parentElement ? own : over(own, behind(node.parentElement));
    };
    const ratio = (node) => {
      const ground = behind(node);
      const [a, b] = [light(over(parse(getComputedStyle(node).color), ground)), light(ground)].sort((x, y) => y - x);
      return (a + 0.05) / (b + 0.05);
    };
    const found = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode.parentElement;
      if (walker.currentNode.textContent.trim() && shown(node) && ratio(node) < 4.5) found.push(`${walker.currentNode.textContent} ${ratio(node)}`);
    }
    return found;
  }

  function unnamed() {
    const named = (node) => node.ariaLabel || node.textContent.trim() || node.labels?.length || node.title
      || (node.getAttribute("aria-labelledby") ?? "").split(" ").some((id) => document.getElementById(id)?.textContent.trim());
    return [...root.querySelectorAll("a[href], button, input, textarea, summary, [tabindex='0'], [role=listbox], dialog")]
      .filter((node) => shown(node) && !named(node) && !node.querySelector("img[alt]")).map((node) => node.outerHTML);
  }

  function twice() {
    const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
    return ids.filter((id, i) => ids.indexOf(id) !== i);
  }

  function dangling() {
    const names = ["aria-labelledby", "aria-describedby", "aria-controls", "aria-activedescendant", "for"];
    return names.flatMap((name) => [...document.querySelectorAll(`[${name}]`)]
      .flatMap((node) => node.getAttribute(name).split(" ").filter((id) => id && !document.getElementById(id)).map((id) => `${name} ${id}`)));
  }
}
