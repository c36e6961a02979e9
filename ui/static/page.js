// A click on a citation or passage opens its article (shown by reading.js).
document.addEventListener('click', event => {
  const on = selector => event.target.closest && event.target.closest(selector);
  const talk = on('a.hb-talk');
  if (talk && window.hoibao && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    return window.hoibao.talk(talk.getAttribute('href'));
  }
  const filter = on('[data-filter]');
  if (filter) return window.hoibao.filter(filter.dataset.filter);
  const narrow = on('[data-narrow]');
  if (narrow) return window.hoibao.narrow(narrow.dataset.narrow);
  const next = on('[data-ask]');
  if (next) return hoibaoAsk({question: next.dataset.ask, article: next.dataset.article});
  const alone = on('a[href*="#alone-"]');
  if (alone && window.hoibao) {
    event.preventDefault();
    event.stopPropagation();
    const typed = alone.getAttribute('href').split('#alone-')[1];
    return hoibaoAsk({question: decodeURIComponent(typed), alone: true});
  }
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
// What was clicked is asked past the field: what stands in there stays.
function hoibaoAsk(what) {
  window.hoibao.ask(JSON.stringify(what));
}
function hoibaoSent() {
  hoibaoWrite(document.querySelector('#hb-question textarea'), '');
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
// The citations of the conversation one after the other: Alt+arrows.
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
    setTimeout(() => hoibaoWrite(edited, edited.value.replace(/\\(.)/g, '$1')));
  }
  // Gradio's drop zones hide their own words.
  document.querySelectorAll('[aria-dropeffect][aria-label]').forEach(e => e.removeAttribute('aria-label'));
}).observe(document, {childList: true, subtree: true});
