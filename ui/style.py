"""The page's own style and script; both small, both inline, neither from the network."""

CSS = """
.hb-head { align-items: center; }
#hb-open, #hb-talked, .hb-hidden { position: absolute; width: 0; height: 0; overflow: hidden; }
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
.hb-steps { float: right; }
.hb-steps button { padding: .2rem .6rem; border: 1px solid var(--border-color-primary); border-radius: 6px; }
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
#hb-chat a[href^="#cite-"] { font-weight: 700; text-decoration: none; padding: 0 .2em; }
a:focus-visible, button:focus-visible { outline: 3px solid #1d4ed8; outline-offset: 2px; }
"""

# An empty gr.HTML through which the page tells the server which words of which article to open.
OPENER = "window.hoibaoOpen = target => { props.value = target; trigger('click'); };"

# As above, for the conversation to open.
TALKER = "window.hoibaoTalk = target => { props.value = target; trigger('click'); };"

# A click on a citation or passage opens its article; when that arrives, its pane is scrolled to the
# quote, and the page too where the pane is out of sight.
JS = """
document.addEventListener('click', event => {
  const talk = event.target.closest && event.target.closest('a.hb-talk');
  if (talk && window.hoibaoTalk && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    window.hoibaoTalk(talk.getAttribute('href'));
    return;
  }
  const step = event.target.closest && event.target.closest('[data-step]');
  if (step) return hoibaoStep(Number(step.dataset.step));
  const link = event.target.closest && event.target.closest('a[href*="#cite-"]');
  if (!link || !window.hoibaoOpen) return;
  event.preventDefault();
  event.stopPropagation();
  const target = link.getAttribute('href');
  window.hoibaoOpen(target.slice(target.indexOf('#cite-')));
}, true);
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
    box.value = last.innerText.trim();
    box.dispatchEvent(new Event('input', {bubbles: true}));
  }
});
new MutationObserver(() => {
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
