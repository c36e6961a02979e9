"""The page's own style and script; both small, both inline, neither from the network."""

CSS = """
.hb-head { align-items: center; }
#hb-open { position: absolute; width: 0; height: 0; overflow: hidden; }
#hb-heading h1 { margin: 0; }
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

# A click on a citation or passage opens its article; when that arrives, its pane is scrolled to the
# quote, and the page too where the pane is out of sight.
JS = """
document.addEventListener('click', event => {
  const link = event.target.closest && event.target.closest('a[href*="#cite-"]');
  if (!link || !window.hoibaoOpen) return;
  event.preventDefault();
  event.stopPropagation();
  const target = link.getAttribute('href');
  window.hoibaoOpen(target.slice(target.indexOf('#cite-')));
}, true);
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
