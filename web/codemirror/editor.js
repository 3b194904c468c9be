// The text field of a rule file as an editor: colours of YAML, mistakes in the margin, and what may stand here.
// Its source; `node build.mjs` bundles it with CodeMirror into editor-HASH.min.js. The field stays what the form sends.

import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, linter } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

import { suggestions } from "./suggestions.js";

const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--open)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--given)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--assumed)" },
  { tag: [tags.comment, tags.meta], color: "var(--quiet)" },
]);
const MONO = 'ui-monospace, "SFMono-Regular", "DejaVu Sans Mono", Consolas, monospace';
const LOOK = EditorView.theme({
  "&": {
    height: "70vh",
    minHeight: "18rem",
    color: "var(--ink)",
    backgroundColor: "var(--page)",
    border: "1px solid var(--quiet)",
    borderRadius: ".3rem",
    fontSize: ".85rem",
  },
  "&.cm-focused": { outline: "2px solid var(--open)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: MONO, lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { color: "var(--quiet)", backgroundColor: "var(--card)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--open) 8%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--open) 28%, transparent)",
  },
  ".cm-panels, .cm-tooltip": { color: "var(--ink)", backgroundColor: "var(--card)", border: "1px solid var(--line)" },
  ".cm-textfield": { color: "var(--ink)", backgroundColor: "var(--page)", border: "1px solid var(--quiet)" },
  ".cm-button": { color: "var(--ink)", backgroundColor: "var(--page)", backgroundImage: "none" },
  ".cm-panel.cm-search label": { fontSize: "inherit" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { color: "var(--page)", backgroundColor: "var(--open)" },
  ".cm-completionDetail": { marginLeft: "1em", fontStyle: "normal", opacity: "0.85" },
  ".cm-tooltip.cm-completionInfo": { maxWidth: "24rem" },
  ".cm-diagnostic": { whiteSpace: "pre-wrap" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
  // drawn without pictures, which the policy of the page does not allow
  ".cm-lint-marker": { width: ".8em", height: ".8em", margin: ".35em auto", borderRadius: "50%" },
  ".cm-lint-marker-error": { content: "none", backgroundColor: "var(--bad)" },
  ".cm-lintRange-error, .cm-lintRange-active": { backgroundImage: "none" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--bad)", textUnderlineOffset: ".2em" },
});

// The mistakes in what is typed, as the service finds them.
function mistakes(field) {
  return async (view) => {
    const body = new URLSearchParams(new FormData(field.form));
    body.set("text", view.state.doc.toString());
    try {
      const answer = await fetch(field.dataset.mistakes, { method: "POST", body });
      return answer.ok ? (await answer.json()).problems.map((problem) => marked(problem, view.state.doc, field)) : [];
    } catch {
      return []; // the service cannot be reached: the button will tell
    }
  };
}

// A mistake where it stands, up to the end of its line; one without a place in this file at the first line.
function marked({ place, message, hint }, doc, field) {
  const isHere = place && place.file === field.dataset.file && place.line && place.line <= doc.lines;
  const line = doc.line(isHere ? place.line : 1);
  const before = isHere ? [...line.text].slice(0, Math.max(0, (place.column ?? 1) - 1)).join("") : "";
  const away = place && !isHere ? `${[place.file, place.line, place.column].filter(Boolean).join(":")}: ` : "";
  const words = [away + message, hint].filter(Boolean).join("\n");
  return { from: Math.min(line.from + before.length, line.to), to: line.to, severity: "error", message: words };
}

// What may stand at the cursor, by the schema of rule files with the names of this rulebook.
function completing(field) {
  let schema = null;
  return async (context) => {
    if (!context.explicit && !context.matchBefore(/[\w.-]+$/)) return null;
    schema ??= fetch(field.dataset.schema).then((answer) => (answer.ok ? answer.json() : Promise.reject()));
    try {
      return suggestions(context.state.doc, context.pos, await schema);
    } catch {
      schema = null;
      return null;
    }
  };
}

// Shows a line, and puts the cursor there, if the file has it.
function goTo(view, number) {
  if (number < 1 || number > view.state.doc.lines) return;
  const { from } = view.state.doc.line(number);
  view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
  view.focus();
}

// Shows a line in the middle of the editor, without moving the page away from what is told beside it: that of the
// first mistake is marked, at the one where the editor was left the cursor stands again.
function showLine(view, number, isMarked) {
  if (number < 1 || number > view.state.doc.lines) return;
  const { from, to } = view.state.doc.line(number);
  view.dispatch({ selection: { anchor: from, head: isMarked ? to : from } });
  view.requestMeasure({
    read: () => view.lineBlockAt(from).top - view.scrollDOM.clientHeight / 2,
    write: (top) => (view.scrollDOM.scrollTop = top),
  });
}

function edited(field) {
  const label = document.querySelector(`label[for="${field.id}"]`);
  const host = document.createElement("div");
  field.before(host);
  const root = host.attachShadow({ mode: "open" }); // its styles are of the script: the policy of the page allows no others
  const place = field.form.elements.namedItem("line");
  const lineAt = ({ doc, selection }) => doc.lineAt(selection.main.head).number;
  const keep = EditorView.updateListener.of((update) => {
    if (update.docChanged) field.value = update.state.doc.toString();
    if (update.docChanged || update.selectionSet) place.value = lineAt(update.state);
  });
  const state = EditorState.create({
    doc: field.value,
    extensions: [
      lineNumbers(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      EditorView.lineWrapping,
      indentOnInput(),
      indentUnit.of("  "),
      bracketMatching(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      search({ top: true }),
      yaml(),
      syntaxHighlighting(COLOURS),
      LOOK,
      EditorState.phrases.of(JSON.parse(field.dataset.words)),
      EditorView.contentAttributes.of({ "aria-label": label.textContent, spellcheck: "false", tabindex: "0" }),
      autocompletion({ override: [completing(field)], icons: false }),
      lintGutter(),
      linter(mistakes(field), { delay: 400 }),
      keymap.of([
        ...defaultKeymap,
        ...searchKeymap,
        ...historyKeymap,
        ...completionKeymap,
        ...lintKeymap,
        indentWithTab,
      ]),
      keep,
    ],
  });
  const view = new EditorView({ state, parent: root, root });
  field.hidden = true;
  const mistake = Number(field.dataset.line ?? 0);
  showLine(view, mistake || Number(field.dataset.at), mistake > 0);
  goTo(view, Number(location.hash.match(/^#line-(\d+)$/)?.[1] ?? 0));
  label.removeAttribute("for");
  label.addEventListener("click", () => view.focus());
  const help = document.createElement("p");
  help.className = "quiet";
  help.textContent = field.dataset.help;
  host.after(help);
}

const field = document.querySelector("textarea[data-schema]");
if (field) edited(field);
