// Prints the tagged content of a PDF as pdf.js reads it, one JSON array of trees, one a page.
// usage: node read_tags.mjs FOLDER_OF_PDFJS FILE.pdf
// A tree's nodes are [role, kid ...]; a kid is a node or a string of text.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, file] = process.argv.slice(2);
const { getDocument } = await import(pathToFileURL(`${folder}/legacy/build/pdf.mjs`));
const document = await getDocument({
  data: new Uint8Array(readFileSync(file)),
  cMapUrl: `${folder}/cmaps/`,
  cMapPacked: true,
  standardFontDataUrl: `${folder}/standard_fonts/`,
  verbosity: 0,
}).promise;

const pages = [];
for (let number = 1; number <= document.numPages; number++) {
  const page = await document.getPage(number);
  const tree = await page.getStructTree();
  const content = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
  const texts = new Map();
  const open = [];
  for (const item of content.items) {
    if (item.type?.startsWith("beginMarkedContent")) {
      open.push(item.id ?? open.at(-1) ?? null);
    } else if (item.type === "endMarkedContent") {
      open.pop();
    } else if (open.length && open.at(-1)) {
      const id = open.at(-1);
      texts.set(id, (texts.get(id) ?? "") + item.str);
    }
  }
  const shown = (node) => {
    if (node.type === "content") {
      return texts.get(node.id) ?? "";
    }
    if (node.type) {
      return null; // an annotation
    }
    return [node.role, ...(node.children ?? []).map(shown).filter((kid) => kid !== null)];
  };
  pages.push(tree ? shown(tree) : null);
  page.cleanup();
}
process.stdout.write(JSON.stringify(pages));
