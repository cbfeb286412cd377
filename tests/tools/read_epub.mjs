// Opens an EPUB in two reading systems in Chromium and prints what happened there as JSON.
// usage: node read_epub.mjs FOLDER/node_modules BOOK.epub [FOLDER_FOR_SCREENSHOTS]
// The reading systems are epub.js and foliate-js; both are driven as a reader's hands would.
import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";

const [modules, file, shots] = process.argv.slice(2);
const require = createRequire(join(modules, "..", "x.js"));
const puppeteer = require("puppeteer-core");
const TYPES = { ".js": "text/javascript", ".mjs": "text/javascript", ".html": "text/html", ".epub": "application/epub+zip" };
const PAGE = `<!doctype html><meta charset="utf-8"><style>html,body{margin:0;height:100%;background:#fff}
#area,foliate-view{display:block;width:600px;height:800px;overflow:hidden}</style><body>`;
const PAGES = {
  "/epubjs.html": `${PAGE}<div id="area"></div><script src="/modules/jszip/dist/jszip.min.js"></script>
<script src="/modules/epubjs/dist/epub.min.js"></script>`,
  "/foliate.html": `${PAGE}<script type="module">import "/modules/foliate-js/view.js";
import { FootnoteHandler } from "/modules/foliate-js/footnotes.js"; window.FootnoteHandler = FootnoteHandler;
window.ready = true;</script>`,
};

const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
  let body = PAGES[path];
  if (path === "/book.epub") body = readFileSync(file);
  if (path.startsWith("/modules/")) {
    const found = join(modules, normalize(path.slice("/modules/".length)));
    if (existsSync(found)) body = readFileSync(found);
  }
  response.writeHead(body === undefined ? 404 : 200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
  response.end(body);
}).listen(0, "127.0.0.1");
await new Promise((done) => server.once("listening", done));
const home = `http://127.0.0.1:${server.address().port}`;

const browser = await puppeteer.launch({
  executablePath: process.env.PUPPETEER_EXECUTABLE_PATH || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"],
  protocolTimeout: 120000,
});
const problems = [];

async function opened(name) {
  const page = await browser.newPage();
  await page.setViewport({ width: 600, height: 800 });
  page.on("pageerror", (error) => problems.push(`${name}: ${error.message}`));
  page.on("requestfailed", (request) => {
    if (request.url().startsWith(home)) problems.push(`${name}: ${request.url()}`);
  });
  await page.goto(`${home}/${name}.html`);
  return page;
}

const shot = (page, name) => (shots ? page.screenshot({ path: join(shots, `${name}.png`) }) : null);

// ------------------------------------------------------------------------------ foliate-js

async function foliate() {
  const page = await opened("foliate");
  await page.waitForFunction("window.ready");
  const facts = await page.evaluate(async () => {
    const view = document.createElement("foliate-view");
    document.body.append(view);
    window.view = view;
    window.shown = null;
    view.addEventListener("load", (e) => (window.shown = e.detail.doc));
    view.addEventListener("relocate", (e) => (window.where = e.detail));
    const blob = await (await fetch("/book.epub")).blob();
    await view.open(new File([blob], "book.epub"));
    view.renderer.setAttribute("max-inline-size", "760px");
    const flat = (items) => (items ?? []).flatMap((i) => [i, ...flat(i.subitems)]);
    return {
      dir: view.book.dir,
      title: view.book.metadata.title,
      sections: view.book.sections.length,
      toc: flat(view.book.toc).map((i) => [i.label.trim(), i.href]),
      pages: (view.book.pageList ?? []).map((i) => [i.label.trim(), i.href]),
      landmarks: (view.book.landmarks ?? []).map((i) => [...i.type].join(" ")),
    };
  });
  const settle = () => page.evaluate(async () => {
    await window.shown?.fonts?.ready;
    await new Promise((done) => setTimeout(done, 150));
  });
  const at = () => page.evaluate(() => ({ index: window.where?.index, fraction: window.where?.fraction,
    tocLabel: window.where?.tocItem?.label?.trim(), page: window.where?.pageItem?.label?.trim() }));
  // The forward side of the book turns forward, from the cover on.
  await page.evaluate(async () => view.goTo(0));
  await settle();
  await shot(page, "foliate-cover");
  const turns = [await at()];
  for (let n = 0; n < 6; n++) {
    await page.evaluate(async () => (view.book.dir === "rtl" ? view.goLeft() : view.goRight()));
    await settle();
    turns.push(await at());
    await shot(page, `foliate-turn-${n}`);
  }
  facts.forward = turns.every((t, n) => n === 0 || t.index > turns[n - 1].index || (t.index === turns[n - 1].index && t.fraction >= turns[n - 1].fraction));
  facts.moved = turns.at(-1).fraction > turns[0].fraction;
  const before = await at();
  await page.evaluate(async () => (view.book.dir === "rtl" ? view.goRight() : view.goLeft()));
  await settle();
  facts.backward = (await at()).fraction < before.fraction;
  // Every line of the contents leads to its heading.
  facts.led = [];
  for (const [label, href] of facts.toc) {
    await page.evaluate(async (to) => view.goTo(to), href);
    await settle();
    facts.led.push([label, (await at()).tocLabel]);
  }
  const chapters = facts.toc.slice(0, 3);
  for (const [n, [, href]] of chapters.entries()) {
    await page.evaluate(async (to) => view.goTo(to), href);
    await settle();
    await shot(page, `foliate-chapter-${n}`);
    await page.evaluate(async () => view.next());
    await settle();
    await shot(page, `foliate-chapter-${n}-next`);
  }
  facts.pageLed = [];
  for (const [label, href] of facts.pages.slice(0, 40)) {
    await page.evaluate(async (to) => view.goTo(to), href);
    await settle();
    facts.pageLed.push([label, (await at()).page]);
  }
  // How the text is set, in the last file that was opened and in the first chapter.
  if (facts.toc.length) await page.evaluate(async (to) => view.goTo(to), facts.toc[0][1]);
  await settle();
  Object.assign(facts, await page.evaluate(() => {
    const doc = window.shown;
    const style = doc.defaultView.getComputedStyle(doc.body);
    const faces = [...doc.fonts];
    return {
      writingMode: style.writingMode,
      fonts: faces.map((f) => [f.family.replaceAll('"', ""), f.status]),
      combined: [...doc.querySelectorAll(".tcy")].map((e) => [e.textContent, doc.defaultView.getComputedStyle(e).textCombineUpright]),
    };
  }));
  facts.note = await page.evaluate(async () => {
    for (const section of view.book.sections.keys()) {
      await view.goTo(section);
      const doc = window.shown;
      const call = doc.querySelector('a[role="doc-noteref"]');
      if (!call) continue;
      const handler = new FootnoteHandler();
      const popped = new Promise((done) => {
        handler.addEventListener("before-render", (e) => document.body.append(e.detail.view));
        handler.addEventListener("render", (e) => done({ hidden: e.detail.hidden, type: e.detail.type, element: e.detail.target.localName,
          text: e.detail.view.renderer?.getContents?.()[0]?.doc?.body?.textContent ?? "" }));
        setTimeout(() => done(null), 5000);
      });
      view.addEventListener("link", (e) => handler.handle(view.book, e));
      call.click();
      return popped;
    }
    return undefined;
  });
  await page.close();
  return facts;
}

// --------------------------------------------------------------------------------- epub.js

async function epubjs() {
  const page = await opened("epubjs");
  const facts = await page.evaluate(async () => {
    const book = ePub("/book.epub");
    const rendition = book.renderTo("area", { width: 600, height: 800, flow: "paginated", spread: "none", allowScriptedContent: true });
    window.book = book;
    window.rendition = rendition;
    await book.ready;
    const flat = (items) => items.flatMap((i) => [i, ...flat(i.subitems ?? [])]);
    return {
      dir: book.packaging.metadata.direction,
      title: book.packaging.metadata.title,
      cover: book.packaging.coverPath,
      toc: flat(book.navigation.toc).map((i) => [i.label.trim(), i.href]),
      landmarks: book.navigation.landmarks.map((l) => l.type),
      pages: book.pageList?.pageList?.length ?? 0,
    };
  });
  const settle = () => page.evaluate(async () => {
    for (const c of rendition.getContents()) await c.document.fonts.ready;
    await new Promise((done) => setTimeout(done, 250));
  });
  await page.evaluate(async () => rendition.display());
  await settle();
  await shot(page, "epubjs-cover");
  facts.led = [];
  for (const [n, [label, href]] of facts.toc.entries()) {
    facts.led.push(await page.evaluate(async (to, name) => {
      await rendition.display(to);
      const [content] = rendition.getContents();
      const target = content.document.getElementById(to.split("#")[1] ?? "") ?? content.document.body;
      return [name, target.textContent.trim().slice(0, 80)];
    }, href, label));
    await settle();
    if (n < 3) await shot(page, `epubjs-chapter-${n}`);
  }
  if (facts.toc.length) {
    Object.assign(facts, await page.evaluate(async (to) => {
      await rendition.display(to);
      const [content] = rendition.getContents();
      await content.document.fonts.ready;
      return {
        writingMode: content.window.getComputedStyle(content.document.body).writingMode,
        fonts: [...content.document.fonts].map((f) => [f.family.replaceAll('"', ""), f.status]),
      };
    }, facts.toc[0][1]));
    const before = await page.evaluate(() => rendition.currentLocation().start.cfi);
    await page.evaluate(async () => rendition.next());
    await settle();
    facts.moved = (await page.evaluate(() => rendition.currentLocation().start.cfi)) !== before;
    await shot(page, "epubjs-next");
  }
  await page.close();
  return facts;
}

const found = { problems };
try {
  found.foliate = await foliate();
  found.epubjs = await epubjs();
} finally {
  await browser.close();
  server.close();
}
process.stdout.write(JSON.stringify(found));
