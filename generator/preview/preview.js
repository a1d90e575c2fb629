// The preview's side in the browser: the page is renewed after every build, errors are shown over it, and what an editor
// is to know of it stands above it. All that is shown of content is put in as text.
const own = document.currentScript;
const PATH = new URL(own.src).pathname;
let build = own.dataset.build; // the build that this page is of
own.remove();

// --- the page -------------------------------------------------------------------------------------------------------

/** Fetch the page again and bring this one in line with it, piece by piece: what is the same is not touched. */
async function renew(files, by) {
  let text;
  try {
    text = await (await fetch(location.href, { cache: "no-store" })).text();
  } catch {
    return; // the preview has just stopped; when it is back, it tells of its builds again
  }
  const next = new DOMParser().parseFromString(text, "text/html");
  const script = next.querySelector(`script[src="${PATH}"]`);
  if (!script || runsScripts(document) || runsScripts(next, script)) {
    location.reload();
    return;
  }
  script.remove();
  if (!stamped(files, by)) {
    location.reload();
    return;
  }
  for (const [kind, attribute] of ADDRESSED) {
    for (const element of next.querySelectorAll(`${kind}[${attribute}]`)) {
      const stamp = stamps.get(path(element, attribute));
      if (stamp) element.setAttribute(attribute, stamp);
    }
  }
  attributes(document.documentElement, next.documentElement);
  patch(document.head, next.head);
  patch(document.body, next.body);
}

/** Whether a document has scripts that run, `except` one: what they made of the page only they can make again. */
function runsScripts(page, except) {
  const runs = /^$|^module$|javascript|ecmascript/i;
  return [...page.scripts].some((script) => script !== except && runs.test(script.type));
}

const ADDRESSED = [["link", "href"], ["img", "src"]];
const leaving = new Set(); // stylesheets that stay until their successors are there
const stamps = new Map(); // by path: the address under which a changed stylesheet or image was asked for again

function path(element, attribute) {
  return new URL(element.getAttribute(attribute), location.href).pathname;
}

/** Ask again for the stylesheets and images among `files`; whether that is all there is to do about them. */
function stamped(files, by) {
  for (const file of files) {
    const users = ADDRESSED.flatMap(([kind, attribute]) =>
      [...document.querySelectorAll(`${kind}[${attribute}]`)]
        .filter((element) => !leaving.has(element) && decodeURIComponent(path(element, attribute)) === file)
        .map((element) => [element, attribute]));
    if (!users.length && file.startsWith("/assets/")) return false; // a stylesheet or a script may name it
    for (const [element, attribute] of users) {
      const address = `${path(element, attribute)}?build=${by}`;
      stamps.set(path(element, attribute), address);
      if (element.rel === "stylesheet") swap(element, address);
      else element.setAttribute(attribute, address);
    }
  }
  return true;
}

/** Put a stylesheet in another's place once it is there, so that the page never stands without. */
function swap(link, address) {
  const fresh = link.cloneNode();
  fresh.setAttribute("href", address);
  fresh.onload = fresh.onerror = () => {
    leaving.delete(link);
    link.remove();
  };
  leaving.add(link);
  link.after(fresh);
}

/** Bring a node in line with the one that is wanted in its place. */
function patch(old, wanted) {
  if (old.isEqualNode(wanted)) return;
  if (old.nodeType !== Node.ELEMENT_NODE || old.nodeName !== wanted.nodeName) {
    old.replaceWith(document.importNode(wanted, true));
    return;
  }
  attributes(old, wanted);
  const here = [...old.childNodes].filter((node) => !leaving.has(node));
  const there = [...wanted.childNodes];
  const least = Math.min(here.length, there.length);
  let start = 0;
  while (start < least && here[start].isEqualNode(there[start])) start += 1;
  let end = 0;
  while (end < least - start && here.at(-1 - end).isEqualNode(there.at(-1 - end))) end += 1;
  const after = here[here.length - end] ?? null;
  const out = here.slice(start, here.length - end);
  const into = there.slice(start, there.length - end);
  into.forEach((node, number) => {
    if (number < out.length) patch(out[number], node);
    else old.insertBefore(document.importNode(node, true), after);
  });
  out.slice(into.length).forEach((node) => node.remove());
}

function attributes(old, wanted) {
  const kept = old.nodeName === "DETAILS" ? "open" : ""; // what a reader opened stays open
  for (const { name } of [...old.attributes]) {
    if (name !== kept && !wanted.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (name !== kept && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

// --- what is shown of the preview's own -----------------------------------------------------------------------------

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLES);

/** An element beside the page's body with a shadow root, and what `build` puts into it. */
function host(name, put) {
  const element = document.createElement(name);
  const root = element.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  element.lang = "en";
  element.dir = "ltr";
  put(element);
  return [element, root];
}

/** An element with a class and what is in it: elements, or text, which is never markup. */
function make(kind, name, ...inside) {
  const element = document.createElement(kind);
  if (name) element.className = name;
  element.append(...inside);
  return element;
}

const [, notesRoot] = host("parallax-notes", (element) => document.body.before(element));
const [overlay, overlayRoot] = host("parallax-problems", (element) => document.documentElement.append(element));

const said = make("p", "unseen");
said.setAttribute("role", "alert");
const panel = make("section", "panel");
panel.setAttribute("role", "dialog");
panel.setAttribute("aria-labelledby", "title");
panel.tabIndex = -1;
panel.hidden = true;
const again = make("button", "again");
again.hidden = true;
const lost = make("p", "lost", "The preview has stopped: this page no longer follows what you save. Start it again, and it does.");
lost.setAttribute("role", "status");
lost.hidden = true;
overlayRoot.append(said, panel, again, lost);

let problems = ""; // what is shown, to tell whether something else is
let before = null; // what had the focus

function showProblems(message) {
  const now = JSON.stringify([message.errors, message.more]);
  if (now === problems) return;
  const had = message.errors.length === 0 && problems !== "";
  problems = message.errors.length ? now : "";
  if (!message.errors.length) {
    leave();
    again.hidden = true;
    if (had) said.textContent = "All errors are corrected.";
    return;
  }
  const count = message.errors.length + message.more;
  const title = make("h2", "", count === 1 ? "1 error" : `${count} errors`);
  title.id = "title";
  const close = make("button", "", "Close (Esc)");
  close.onclick = fold;
  const list = make("ol", "", ...message.errors.map(problem));
  const rest = message.more ? [make("p", "", `${message.more} more: “parallax check” lists them all.`)] : [];
  panel.replaceChildren(
    make("div", "head", make("div", "", title, make("p", "", "Beneath is the last version without errors.")), close),
    list, ...rest);
  again.textContent = `Show ${title.textContent}`;
  said.textContent = `${title.textContent}. ${message.errors[0].message}`;
  unfold(document.activeElement === document.body || document.activeElement === null);
}

/** One problem: what it is, where, the line with its words marked, what to type. */
function problem(one) {
  const item = make("li", one.severity ?? "error");
  const code = one.code ? `${one.severity ?? "error"} ${one.code}` : "";
  item.append(make("p", "", make("span", "code", code), code ? " " : "", make("span", "place", one.place ?? "")));
  item.append(make("p", "message", one.message));
  if (one.line) {
    const number = make("span", "number", String(one.line));
    item.append(make("pre", "", number, one.before ?? "", make("mark", "", one.marked ?? ""), one.after ?? ""));
  }
  const [help, ...paste] = (one.help ?? "").split("\n");
  if (help) item.append(make("p", "help", `help: ${help}`));
  if (paste.length) item.append(make("pre", "paste", paste.join("\n")));
  return item;
}

/** The same in few lines, for what is no error. */
function entry(one) {
  const [help, ...paste] = (one.help ?? "").split("\n");
  const inside = help ? [": ", make("span", "help", help)] : [];
  const lines = make(paste.length > 1 ? "pre" : "code", "paste", paste.join("\n"));
  const place = make("span", "place", one.place ?? "");
  const rest = paste.length > 1 ? [" ", place, lines] : paste.length ? [" ", lines, " ", place] : [" ", place];
  return make("li", one.severity ?? "", one.message, ...inside, ...rest);
}

function unfold(focus) {
  panel.hidden = false;
  again.hidden = true;
  if (focus) {
    before = document.activeElement;
    panel.focus({ preventScroll: true });
  }
}

/** Take the panel away, and give the focus back where it was. */
function leave() {
  const inside = panel.contains(overlayRoot.activeElement);
  panel.hidden = true;
  if (inside && before?.isConnected && before !== document.body) before.focus({ preventScroll: true });
  before = null;
}

function fold() {
  leave();
  again.hidden = false;
}

again.onclick = () => unfold(true);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || panel.hidden || event.defaultPrevented) return;
  event.preventDefault();
  const inside = panel.contains(overlayRoot.activeElement);
  fold();
  if (inside && document.activeElement === document.body) again.focus({ preventScroll: true });
});
// Room at the page's end, so that all of it can be read above the panel.
new ResizeObserver(() => { overlay.style.height = `${panel.offsetHeight}px`; }).observe(panel);

/** A note with a picture, which is asked for only when somebody opens it; what was open stays open. */
function picture(note, version) {
  const image = make("img", "");
  image.alt = "The share image";
  image.loading = "lazy";
  const gone = make("p", "", "It cannot be drawn now: correct what is wrong in the claim first.");
  gone.hidden = true;
  image.onerror = () => { image.hidden = true; gone.hidden = false; };
  image.src = `${note.image}?${version}`; // the same address would be the same picture to the page
  const details = make("details", "notes", make("summary", "", note.title), image, gone);
  details.open = [...notesRoot.querySelectorAll("details[open]")].some((old) => old.dataset.image === note.image);
  details.dataset.image = note.image;
  return details;
}

function showNotes(notes, version) {
  notesRoot.replaceChildren(...notes.map((note) => {
    if (note.image) return picture(note, version);
    const inside = [make("h2", "", note.title)];
    if (note.text) inside.push(make("p", "", note.text));
    if (note.problems?.length) inside.push(make("ol", "", ...note.problems.map(entry)));
    const section = make("section", "notes", ...inside);
    section.setAttribute("aria-label", note.title);
    return section;
  }));
}

// --- the connection -------------------------------------------------------------------------------------------------

let done = Promise.resolve(); // one message after another
let told = null; // the connection's end, to be told of after a while
let socket = null;

function connect() {
  socket = new WebSocket(`ws://${location.host}/livereload`);
  socket.onopen = () => {
    clearTimeout(told);
    told = null;
    lost.hidden = true;
    socket.send(JSON.stringify({ command: "hello", protocols: ["http://livereload.com/protocols/official-7"] }));
    socket.send(JSON.stringify({ command: "info", url: location.href }));
  };
  socket.onmessage = (event) => {
    const message = JSON.parse(event.data);
    if (message.command === "parallax") done = done.then(() => take(message));
  };
  socket.onclose = () => {
    told ??= setTimeout(() => { lost.hidden = false; }, 2000);
    setTimeout(connect, 500);
  };
}

async function take(message) {
  showProblems(message);
  if (message.notes) showNotes(message.notes, message.build);
  if (message.build === build) return;
  const [run, number] = build.split(".");
  const next = `${run}.${Number(number) + 1}`;
  try {
    if (message.build === next) await renew(message.files, message.build);
    else location.reload(); // what else was changed since is not known
    build = message.build;
  } catch {
    location.reload(); // a page that cannot be brought in line
  }
}

connect();
