"""The page's own style and script; both small, both inline, neither from the network."""

import gradio as gr

CSS = """
.hb-head { align-items: center; }
button[role="tab"].selected { color: #1d4ed8; }
.dark button[role="tab"].selected { color: #93c5fd; }
.hb-channel, .hb-hidden { position: absolute; width: 0; height: 0; overflow: hidden; }
#hb-heading h1 { margin: 0; }
.hb-hidden { visibility: hidden; }
.hb-hint { color: var(--body-text-color-subdued); padding: .5rem; }
.hb-passages { list-style: none; margin: 0; padding: 0; max-height: 32vh; overflow-y: auto; }
.hb-passages li { border-bottom: 1px solid var(--border-color-primary); }
.hb-passage { display: block; text-align: left; padding: .5rem; color: inherit; text-decoration: none; }
.hb-passage:hover, .hb-passage:focus-visible { background: var(--background-fill-secondary); }
.hb-passage small { display: block; color: var(--body-text-color-subdued); }
.hb-text { display: block; font-size: .9rem; }
.hb-checked { padding-left: 1.2rem; }
.hb-checked > li { border-left: 4px solid #6b7280; padding: .1rem .75rem; margin: .5rem 0; }
.hb-checked .hb-said { border-color: #15803d; }
.hb-checked .hb-wrong { border-color: #b91c1c; }
.hb-talks { list-style: none; margin: 0; padding: 0; max-height: 50vh; overflow-y: auto; }
.hb-talk { display: block; padding: .35rem .5rem; color: inherit; text-decoration: none; border-radius: 6px;
  overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.hb-talk:hover, .hb-talk[aria-current] { background: var(--background-fill-secondary); }
.hb-talk[aria-current] { font-weight: 700; }
.hb-when { font-size: .8rem; color: var(--body-text-color-subdued); padding: .5rem .5rem .1rem; }
.hb-chip { display: inline-block; border: 1px solid var(--border-color-primary); border-radius: 1rem;
  padding: .1rem .6rem; margin: .1rem .25rem .1rem 0; font-size: .85rem; }
.hb-chip button { margin-left: .35rem; font-weight: 700; min-width: 24px; min-height: 24px; }
.hb-steps { display: flex; flex-wrap: wrap; gap: .25rem; justify-content: flex-end; }
#hb-source .hb-steps button, .hb-steps button, #hb-next button { background: var(--background-fill-primary);
  color: var(--body-text-color); font-weight: 400; box-shadow: none; padding: .2rem .6rem;
  border: 1px solid var(--border-color-primary);
  border-radius: 6px; min-height: 24px; }
#hb-note:not(:has(p)), #hb-next:not(:has(li)), .hb-chips:not(:has(.hb-chip)) { display: none; }
#hb-next p { margin: 0 0 .25rem; font-size: .85rem; color: var(--body-text-color-subdued); }
#hb-next ul { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: .25rem; }
#hb-next button { text-align: left; width: 100%; font-size: .9rem; }
#hb-next button:hover { background: var(--background-fill-secondary); }
.hb-scroll { overflow-x: auto; }
.hb-scroll table { width: 100%; border-collapse: collapse; font-size: .9rem; }
.hb-scroll th { white-space: nowrap; }
.hb-scroll td { overflow-wrap: break-word; }
.hb-scroll th, .hb-scroll td { text-align: left; vertical-align: top; padding: .3rem .5rem;
  border-bottom: 1px solid var(--border-color-primary); }
.hb-why h2, .hb-article h3, .hb-bars h2, .hb-timeline h2 { font-size: 1rem; font-weight: 600;
  margin: .75rem 0 .25rem; }
.hb-why { font-size: .9rem; overflow-wrap: anywhere; max-height: 60vh; overflow-y: auto; }
.hb-why pre { white-space: pre-wrap; font-size: .8rem; padding: .5rem;
  background: var(--background-fill-secondary); }
.hb-why a, .hb-scroll a, .hb-article h3 + ul a { text-decoration: underline; color: inherit; }
.hb-months { display: flex; align-items: flex-end; gap: 1px; height: 8rem; overflow-x: auto; }
#hb-overview button, .hb-chip button { background: none; border: 0; box-shadow: none; color: inherit;
  font-weight: inherit; border-radius: 0; margin: 0; }
#hb-overview .hb-months button { max-width: 4rem; flex: 1 0 6px; height: 100%; padding: 0; display: flex;
  align-items: flex-end; }
.hb-months span, .hb-track span { display: block; width: 100%; background: #2563eb; border-radius: 2px; }
.hb-months button:hover span, .hb-bars button:hover .hb-track span { background: #1e40af; }
.hb-timeline p { display: flex; justify-content: space-between; font-size: .8rem; margin: 0; }
.hb-bars ul { list-style: none; margin: 0; padding: 0; }
#hb-overview .hb-bars button { display: grid; gap: .5rem; width: 100%;
  grid-template-columns: minmax(6rem, 14rem) 1fr 3rem;
  align-items: center; text-align: left; padding: .15rem .25rem; min-height: 28px; }
.hb-track span { height: .8rem; }
[data-filter][aria-pressed="true"] { outline: 2px solid currentColor; border-radius: 4px; }
.hb-progress { display: grid; gap: .25rem; padding: .5rem; }
.hb-progress progress { width: 100%; }
.hb-report ul { margin: .25rem 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
.hb-failed { max-height: 30vh; overflow-y: auto; }
.hb-article { max-height: 62vh; overflow-y: auto; padding: .5rem; }
.hb-article dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .75rem;
  font-size: .85rem; color: var(--body-text-color-subdued); }
.hb-article dd { margin: 0; overflow-wrap: anywhere; }
.hb-body { margin-top: 1rem; white-space: pre-wrap; line-height: 1.6; }
.hb-body mark { background: #ffe58a; color: #1a1a1a; padding: .1em 0; scroll-margin: 6rem; }
#hb-articles table { font-family: var(--font); }
#hb-articles .scroll-top-button { display: none; }
#hb-chat a[href^="#cite-"] { font-weight: 700; text-decoration: none; padding: 0 .2em; }
a:focus-visible, button:focus-visible, [tabindex]:focus-visible, input:focus-visible, textarea:focus-visible {
  outline: 3px solid #1d4ed8; outline-offset: 2px; }
.dark a:focus-visible, .dark button:focus-visible, .dark [tabindex]:focus-visible, .dark input:focus-visible,
.dark textarea:focus-visible { outline-color: #93c5fd; }
"""


def channel(name: str) -> gr.HTML:
    """An empty component through which the page's script tells the server what was clicked: a call of
    `hoibao.NAME(text)` sets its value and clicks it."""
    script = (
        "window.hoibao = window.hoibao || {};"
        f"window.hoibao.{name} = text => {{ props.value = text; trigger('click'); }};"
    )
    return gr.HTML(
        "", html_template=" ", js_on_load=script, elem_id=f"hb-{name}", elem_classes="hb-channel"
    )


# A click on a citation or passage opens its article; when that arrives, its pane is scrolled to the
# quote, and the page too where the pane is out of sight.
JS = """
document.addEventListener('click', event => {
  const on = selector => event.target.closest && event.target.closest(selector);
  const talk = on('a.hb-talk');
  if (talk && window.hoibao && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    return window.hoibao.talk(talk.getAttribute('href'));
  }
  const step = on('[data-step]');
  if (step) return hoibaoStep(Number(step.dataset.step));
  const filter = on('[data-filter]');
  if (filter) return window.hoibao.filter(filter.dataset.filter);
  const next = on('[data-ask]');
  if (next) return hoibaoAsk(next.dataset.ask);
  const link = on('a[href*="#cite-"]');
  if (!link || !window.hoibao) return;
  event.preventDefault();
  event.stopPropagation();
  const target = link.getAttribute('href');
  window.hoibao.open(target.slice(target.indexOf('#cite-')));
}, true);
function hoibaoWrite(box, text) {
  box.value = text;
  box.dispatchEvent(new Event('input', {bubbles: true}));
}
// A suggestion is asked through the field; what stands in there comes back when it was sent.
let hoibaoDraft = '';
function hoibaoAsk(question) {
  const box = document.querySelector('#hb-question textarea');
  hoibaoDraft = box.value;
  hoibaoWrite(box, question);
  setTimeout(() => document.querySelector('#hb-send').click(), 50);
}
function hoibaoSent() {
  hoibaoWrite(document.querySelector('#hb-question textarea'), hoibaoDraft);
  hoibaoDraft = '';
}
// "copied" where the browser took it; it may refuse long after the click, or without https. "": no text.
async function hoibaoCopy(text) {
  if (!text) return '';
  try {
    await navigator.clipboard.writeText(text);
    return 'copied';
  } catch {
    const box = document.body.appendChild(document.createElement('textarea'));
    hoibaoWrite(box, text);
    box.select();
    const copied = document.execCommand('copy');
    box.remove();
    return copied ? 'copied' : 'not_copied';
  }
}
// The citations of the conversation one after the other: buttons above the article, and Alt+arrows.
let hoibaoAt = -1;
function hoibaoStep(by) {
  const links = [...document.querySelectorAll('#hb-chat a[href*="#cite-"]')];
  if (!links.length) return;
  hoibaoAt = (hoibaoAt + by + links.length) % links.length;
  links[hoibaoAt].click();
}
document.addEventListener('click', event => {
  const link = event.target.closest && event.target.closest('#hb-chat a[href*="#cite-"]');
  if (link) hoibaoAt = [...document.querySelectorAll('#hb-chat a[href*="#cite-"]')].indexOf(link);
}, true);
document.addEventListener('keydown', event => {
  const box = document.querySelector('#hb-question textarea');
  if (event.altKey && event.key === 'ArrowRight') { event.preventDefault(); hoibaoStep(1); }
  else if (event.altKey && event.key === 'ArrowLeft') { event.preventDefault(); hoibaoStep(-1); }
  else if (event.key === 'Escape') document.querySelector('#hb-stop').click();
  else if (event.key === 'ArrowUp' && event.target === box && !box.value) {
    const asked = [...document.querySelectorAll('#hb-chat .user .message, #hb-chat .message.user')];
    const last = asked[asked.length - 1];
    if (!last) return;
    event.preventDefault();
    hoibaoWrite(box, last.innerText.trim());
  }
});
new MutationObserver(() => {
  // The chat keeps questions as Markdown; who edits one wants to see what was asked.
  const edited = document.querySelector('#hb-chat .edit-textarea:not([data-seen])');
  if (edited) {
    edited.dataset.seen = '1';
    setTimeout(() => hoibaoWrite(edited, edited.value.replace(/\\\\(.)/g, '$1')));
  }
  // Gradio's drop zones hide their own words.
  document.querySelectorAll('[aria-dropeffect][aria-label]').forEach(e => e.removeAttribute('aria-label'));
  const quotes = [...document.querySelectorAll('.hb-quote')].filter(mark => mark.offsetParent);
  const quote = quotes.find(mark => !mark.dataset.seen);
  if (!quote) return;
  quote.dataset.seen = '1';
  const pane = quote.closest('.hb-article');
  pane.scrollTop = quote.offsetTop - pane.offsetTop - pane.clientHeight / 3;
  const box = quote.getBoundingClientRect();
  if (box.top < 0 || box.top > window.innerHeight - 40) quote.scrollIntoView({block: 'center'});
}).observe(document, {childList: true, subtree: true});
"""
