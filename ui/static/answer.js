// The conversation: what is clicked in it is told to the server; its first citation opens by itself where there
// is room; the last question stands at the top while its answer grows below.
const hoibaoCites = () => [...document.querySelectorAll('#hb-chat a[href*="#cite-"]')];
let hoibaoAt = -1, hoibaoEarly = '';  // what was opened while an answer was written: it counts no citation of that
function hoibaoOpen(href, bring = true) {
  const target = href.slice(href.indexOf('#cite-'));
  window.hoibao.open(target);
  hoibaoEarly = hoibaoFind('.hb-status[data-busy]') ? target : '';
  hoibaoStays = null;
  hoibaoPane('article', bring);
  hoibaoCurrent(target);
}
function hoibaoCurrent(target) {
  for (const one of hoibaoCites()) {
    if (one.getAttribute('href').endsWith(target)) one.setAttribute('aria-current', 'true');
    else one.removeAttribute('aria-current');
  }
}
// The list of conversations may be drawn anew between press and release: the click then falls on the list.
let hoibaoPressed = null;
document.addEventListener('pointerdown', event => {
  hoibaoPressed = event.target.closest && event.target.closest('#hb-talks a.hb-talk');
}, true);
document.addEventListener('click', event => {
  const on = selector => event.target.closest && event.target.closest(selector);
  const talk = on('a.hb-talk') || (on('#hb-talks') && hoibaoPressed && !hoibaoPressed.isConnected && hoibaoPressed);
  if (talk && window.hoibao && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    hoibaoOn('middle');
    if (hoibaoMiddling.matches && !hoibaoPhone.matches) hoibaoFold(true, false);
    if (!event.detail) hoibaoFind('#hb-question textarea').focus();  // by keys: the list is drawn anew
    return window.hoibao.talk(talk.getAttribute('href'));
  }
  if (on('#hb-delete-sure')) on('[popover]').hidePopover();
  if (on('#hb-new')) { hoibaoPane(null); hoibaoDoes.focus(); return; }
  if (on('#hb-stop') && event.isTrusted && Date.now() - hoibaoSentAt < 600) {  // the second click of two on the send button
    event.preventDefault();
    return event.stopPropagation();
  }
  const filter = on('[data-filter]');
  if (filter) return window.hoibao.filter(filter.dataset.filter);
  const narrow = on('[data-narrow]');
  if (narrow) return window.hoibao.narrow(narrow.dataset.narrow);
  const next = on('[data-ask]');
  if (next) return hoibaoAsk({question: next.dataset.ask, article: next.dataset.article, alone: Boolean(next.dataset.alone)});
  const again = on('[data-again]');
  if (again) return hoibaoAsk({again: Number(again.dataset.again)});
  const edit = on('[data-edit]');
  if (edit) return hoibaoEdit(edit);
  const copy = on('[data-copy]');
  if (copy) return window.hoibao.copy(copy.dataset.copy);
  const why = on('[data-why]');
  if (why) { window.hoibao.reasons(why.dataset.why); return hoibaoSheet('hb-sheet-why'); }
  const link = on('a[href*="#cite-"]');
  if (!link || !window.hoibao) return;
  event.preventDefault();
  event.stopPropagation();
  hoibaoAt = hoibaoCites().indexOf(link);
  const sheet = link.closest('[popover]');
  if (sheet) sheet.hidePopover();
  hoibaoOpen(link.getAttribute('href'));
}, true);
function hoibaoWrite(box, text) {
  box.value = text;
  box.dispatchEvent(new Event('input', {bubbles: true}));
}

// -- asking: what was clicked is asked past the field, what stands in there stays
let hoibaoSentAt = 0, hoibaoEdited = null, hoibaoTyped = '';
// Where there is room the pane opens with the click, so that nothing moves when the passages come.
function hoibaoExpect() {
  hoibaoSentAt = Date.now();
  if (!hoibaoPhone.matches && !('pane' in hoibaoRoot.dataset)) hoibaoPane('evidence', false);
}
function hoibaoAsk(what) {
  hoibaoExpect();
  window.hoibao.ask(JSON.stringify(what));
}
// The field is emptied by the click, not when the answer begins: what is typed meanwhile stays.
function hoibaoSent(values) {
  const box = hoibaoFind('#hb-question textarea');
  if (box.value.trim()) hoibaoExpect();
  if (hoibaoEdited !== null) {
    hoibaoAsk({question: box.value || ' ', again: hoibaoEdited});
    hoibaoEdit(null);
    return values.map((value, at) => at === 1 ? '' : value);  // behind the view: nothing is asked twice
  }
  hoibaoWrite(box, '');
  return values;
}
// A question is edited in the field at the foot; what stood there comes back afterwards.
function hoibaoEdit(button) {
  const box = hoibaoFind('#hb-question textarea');
  if (button) {
    if (hoibaoEdited === null) hoibaoTyped = box.value;
    hoibaoEdited = Number(button.dataset.edit);
    hoibaoWrite(box, button.closest('.hb-question').querySelector('h2').textContent);
    box.focus();
  } else {
    hoibaoEdited = null;
    hoibaoWrite(box, hoibaoTyped);
    hoibaoTyped = '';
  }
  hoibaoFind('.hb-editing').hidden = hoibaoEdited === null;
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
function hoibaoScroller(element) {
  let at = element.parentElement;
  while (at !== document.body && !/auto|scroll/.test(getComputedStyle(at).overflowY)) at = at.parentElement;
  return at;
}
// The citations of the conversation one after the other.
function hoibaoStep(by) {
  const links = hoibaoCites();
  if (!links.length) return;
  hoibaoAt = (hoibaoAt + by + links.length) % links.length;
  links[hoibaoAt].click();
  const scroll = hoibaoFind('#hb-scroll'), at = links[hoibaoAt].getBoundingClientRect(), box = scroll.getBoundingClientRect();
  if (at.top < box.top) scroll.scrollTop += at.top - box.top - 40;
  if (at.bottom > box.bottom) scroll.scrollTop += at.bottom - box.bottom + 40;
}

// -- what comes: said at the foot, its first citation opened, its question kept at the top
let hoibaoLast = '', hoibaoOpened = '', hoibaoPlaced = '';
function hoibaoCame() {
  const turns = document.querySelectorAll('#hb-chat .hb-turn'), turn = turns[turns.length - 1];
  const answer = turn && turn.querySelector('.hb-answer'), status = hoibaoFind('.hb-status');
  if (!answer || !status) {
    if (!turn && hoibaoLast) { hoibaoLast = hoibaoOpened = hoibaoPlaced = hoibaoEarly = ''; hoibaoAt = -1; }
    return;
  }
  const busy = answer.dataset.state !== 'done', of = answer.dataset.turn;
  status.toggleAttribute('data-busy', busy);
  const now = `${of} ${answer.dataset.told}`;
  if (now !== hoibaoLast) { hoibaoLast = now; status.textContent = answer.dataset.told; }
  if (of !== hoibaoPlaced) {
    hoibaoPlaced = of;
    hoibaoPinned = true;
    hoibaoRoom();
  }
  const first = answer.querySelector('a[href*="#cite-"]');
  if (!hoibaoPhone.matches) hoibaoOpens(answer, first, of);
  if (!busy && hoibaoEarly) hoibaoCounts(answer);
}
// Where there is room, the first citation; what was found for what has none.
function hoibaoOpens(answer, first, of) {
  if (first && !first.closest('.hb-near-list')) {
    const href = `${of} ${first.getAttribute('href')}`;
    if (href !== hoibaoOpened && window.hoibao && window.hoibao.open) {
      hoibaoOpened = href;
      hoibaoAt = hoibaoCites().indexOf(first);
      hoibaoOpen(first.getAttribute('href'), false);
    }
  } else if (hoibaoOpened !== of && hoibaoFind('#hb-evidence .hb-passage') && (answer.dataset.state === 'reading' || answer.matches('.hb-is-refused'))) {
    hoibaoOpened = of;
    hoibaoPane('evidence', false);
  }
}
// The finished answer's citations are marked and counted in the article that was opened before, which stays where
// it is read; not while something is looked for in it, or chosen.
let hoibaoStays = null;
function hoibaoCounts(answer) {
  const href = hoibaoEarly, article = hoibaoFind('#hb-source .hb-article');
  hoibaoEarly = '';
  hoibaoCurrent(href);  // the chips are new ones
  const used = article && (article.hidden || !article.querySelector('.hb-find').hidden
    || !getSelection().isCollapsed && article.contains(getSelection().anchorNode));
  if (used || !answer.querySelector(`a[href*="${href.replace(/\d+-\d+$/, '')}"]`)) return;
  window.hoibao.open(href);
  hoibaoStays = {href, focus: Boolean(article && article.contains(document.activeElement))};
}
// Room below the last answer, so that its question can stand at the top, where it stays until one scrolls.
let hoibaoPinned = false;
for (const name of ['wheel', 'touchmove', 'pointerdown', 'keydown']) {
  addEventListener(name, event => {
    if (event.target.closest && event.target.closest('#hb-scroll')) hoibaoPinned = false;
  }, {passive: true, capture: true});
}
function hoibaoRoom() {
  const scroll = hoibaoFind('#hb-scroll'), turns = document.querySelectorAll('#hb-chat .hb-turn');
  if (!scroll) return;
  let room = 0;
  if (turns.length > 1) {
    const top = turns[turns.length - 1].getBoundingClientRect().top;
    const next = hoibaoFind('#hb-next'), chat = hoibaoFind('#hb-chat');
    const end = (next && next.offsetParent ? next : chat).getBoundingClientRect().bottom;
    room = Math.max(0, scroll.clientHeight - (end - top) - 1);
  }
  scroll.style.setProperty('--hb-rest', `${Math.floor(room)}px`);
  if (hoibaoPinned && turns.length) {
    const by = turns[turns.length - 1].getBoundingClientRect().top - scroll.getBoundingClientRect().top;
    scroll.scrollTop += turns.length > 1 ? by : -scroll.scrollTop;
  }
}
function hoibaoSized(link) {
  const [from, to] = document.documentElement.lang === 'en' ? [',', '.'] : ['.', ','];
  for (const text of link.childNodes) if (text.nodeType === Node.TEXT_NODE && text.data.includes(from)) text.data = text.data.replace(from, to);
}
const hoibaoGrows = new ResizeObserver(hoibaoRoom);
let hoibaoStarted = false;
new MutationObserver(() => {
  if (!hoibaoStarted && hoibaoFind('#hb-question textarea') && hoibaoFind('.hb-divider')) {
    hoibaoStarted = true;
    hoibaoRestore();
    hoibaoTheme();
    for (const part of ['#hb-scroll', '#hb-chat', '#hb-next']) if (hoibaoFind(part)) hoibaoGrows.observe(hoibaoFind(part));
  }
  if (!hoibaoStarted) return;
  hoibaoHandOver();
  hoibaoMark();
  hoibaoCame();
  // Gradio's drop zones hide their own words, and it tells sizes of files as in English.
  document.querySelectorAll('[aria-dropeffect][aria-label]').forEach(e => e.removeAttribute('aria-label'));
  document.querySelectorAll('td.download a').forEach(hoibaoSized);
}).observe(document, {childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['data-told', 'data-state', 'data-turn', 'href', 'lang']});
