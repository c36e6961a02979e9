// The reading pane (ui/templates/article.html): its citations one after the other, words found in it with or
// without diacritics, the size of its text, a quote copied with its source.
(() => {
  const SIZES = [.875, .95, 1.02, 1.1, 1.2, 1.32, 1.5, 1.75];  // rem
  const NORMAL = 2, KEPT = 'hoibao-text-size';
  const SPANS = '[href*="#cite-"]';
  let opener = null;  // the link that keys opened the article by: Escape leads back to it
  let byKeys = '';  // what keys opened, until it is drawn

  const seen = element => element && element.offsetParent !== null;
  const body = article => article.querySelector('.hb-body');
  const opens = (href, article) => href.endsWith(article.dataset.opened);

  // -- the size of the text ------------------------------------------------------------------
  function sized(step) {
    const kept = localStorage.getItem(KEPT);
    const now = kept === null ? NORMAL : Number(kept);
    const at = step ? Math.min(SIZES.length - 1, Math.max(0, now + step)) : step === 0 ? NORMAL : now;
    document.documentElement.style.setProperty('--hb-read-size', `${SIZES[at] || SIZES[NORMAL]}rem`);
    if (step !== undefined) localStorage.setItem(KEPT, at);
  }
  sized();

  // -- citations -----------------------------------------------------------------------------
  function shows(element) {
    let pane = element.closest('.hb-article');
    while (pane && !(pane.scrollHeight > pane.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(pane).overflowY)))
      pane = pane.parentElement;
    if (pane) {
      const at = element.getBoundingClientRect(), frame = pane.getBoundingClientRect();
      const bar = element.closest('.hb-article').querySelector('.hb-bar').offsetHeight;
      if (at.top < frame.top + bar || at.bottom > frame.top + pane.clientHeight)
        pane.scrollTop += at.top - frame.top - pane.clientHeight / 3;
    }
    const now = element.getBoundingClientRect();
    if (now.top < 0 || now.bottom > innerHeight) element.scrollIntoView({block: 'center'});
  }
  function turnTo(article, number) {
    article.dataset.current = number;
    const marks = [...article.querySelectorAll('mark[data-cites]')];
    marks.forEach(mark => mark.classList.toggle('hb-quote', mark.dataset.cites.split(' ').includes(String(number))));
    const said = article.querySelector('.hb-at');
    if (said) said.textContent = Number(number) ? article.dataset.at.replace('{at}', number) : article.dataset.here;
    const first = article.querySelector('mark.hb-quote');
    if (first) shows(first);
  }
  // Within the article, and on past its last citation to the next article that the conversation cites.
  function step(article, by) {
    const count = article.querySelectorAll('.hb-copies li').length, now = Number(article.dataset.current);
    const to = now ? now + by : by > 0 ? 1 : count;
    if (to >= 1 && to <= count) return turnTo(article, to);
    const links = [...document.querySelectorAll(`#hb-chat ${SPANS}`)];
    const own = link => link.getAttribute('href').includes(`#cite-${article.dataset.article}-`);
    const last = by > 0 ? links.findLastIndex(own) : links.findIndex(own);
    const rest = by > 0 ? [...links.slice(last + 1), ...links] : [...links.slice(0, Math.max(0, last)).reverse(), ...links.reverse()];
    const next = rest.find(link => !own(link));
    if (next) next.click();
    else turnTo(article, by > 0 ? 1 : count);
  }

  // -- finding words -------------------------------------------------------------------------
  // A text without capitals, marks and runs of blanks, and for each of its letters where it stands.
  function folded(text) {
    const letters = [], places = [];
    let at = 0;
    for (const one of text) {
      const blank = /\s/.test(one);
      const bare = blank ? ' ' : one.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
      for (const letter of bare.split('')) {
        if (blank && letters[letters.length - 1] === ' ') continue;
        letters.push(letter);
        places.push(at);
      }
      at += one.length;
    }
    return {letters: letters.join(''), places: [...places, at]};
  }
  // The marks of each word, in an order of their own: "hoà" and "hòa" are one word.
  const marks = text => text.trim().toLowerCase().split(/\s+/).map(word =>
    [...word.normalize('NFD').replace(/đ/g, 'd\u0335')].filter(one => /\p{M}/u.test(one)).sort().join('')).join(' ');
  // The words of an article as they stand in its nodes, read once.
  function read(article) {
    if (article.hoibaoText) return article.hoibaoText;
    const walker = document.createTreeWalker(body(article), NodeFilter.SHOW_TEXT), nodes = [];
    let text = '', before = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const block = node.parentElement.closest('p, td, th, li, pre') || node.parentElement;
      if (before && block !== before) text += '\n';
      before = block;
      nodes.push([text.length, node]);
      text += node.data;
    }
    return article.hoibaoText = {text, nodes, ...folded(text)};
  }
  function hits(article, query) {
    const bare = folded(query.trim()).letters, asked = marks(query), found = [];
    if (!bare) return found;
    const {text, nodes, letters, places} = read(article);
    const end = index => {
      const [start, node] = nodes.findLast(([start]) => start <= index);
      return [node, Math.min(index - start, node.length)];
    };
    for (let at = letters.indexOf(bare); at >= 0; at = letters.indexOf(bare, at + bare.length)) {
      const from = places[at], to = places[at + bare.length];
      if (asked.trim() && marks(text.slice(from, to)) !== asked) continue;
      const range = document.createRange();
      range.setStart(...end(from));
      range.setEnd(...end(Math.max(from, to - 1)));
      range.setEnd(range.endContainer, Math.min(range.endOffset + 1, range.endContainer.length));
      found.push(range);
    }
    return found;
  }
  const paints = typeof Highlight !== 'undefined' && CSS.highlights;
  function light(article, by) {
    const find = article.querySelector('.hb-find'), said = find.querySelector('.hb-hits');
    const found = article.hoibaoHits || [];
    const at = found.length ? ((article.hoibaoHit || 0) + by + found.length) % found.length : 0;
    article.hoibaoHit = at;
    said.textContent = found.length ? article.dataset.hits.replace('{at}', at + 1).replace('{of}', found.length)
      : find.querySelector('input').value.trim() ? article.dataset.none : '';
    if (paints) {
      CSS.highlights.set('hb-hit', new Highlight(...found));
      CSS.highlights.set('hb-hit-now', new Highlight(...found.slice(at, at + 1)));
      CSS.highlights.get('hb-hit-now').priority = 1;
    } else if (found.length) {
      getSelection().removeAllRanges();
      getSelection().addRange(found[at]);
    }
    if (found.length) shows(holder(found[at]));
  }
  // What `shows` measures and scrolls to: a range has a place, and not the methods of an element.
  const holder = range => ({
    closest: one => range.startContainer.parentElement.closest(one),
    getBoundingClientRect: () => range.getBoundingClientRect(),
    scrollIntoView: how => range.startContainer.parentElement.scrollIntoView(how),
  });
  function finds(article, open) {
    const find = article.querySelector('.hb-find'), input = find.querySelector('input');
    find.hidden = !open;
    article.querySelector('[data-read="find"]').setAttribute('aria-expanded', open);
    if (open) return input.select(), input.focus();
    input.value = '';
    article.hoibaoHits = [];
    light(article, 0);
    article.focus({preventScroll: true});
  }

  // -- copying -------------------------------------------------------------------------------
  async function copies(article) {
    const chosen = getSelection(), own = chosen.rangeCount && body(article).contains(chosen.getRangeAt(0).commonAncestorContainer);
    const words = own ? chosen.toString().replace(/\s+/g, ' ').trim() : '';
    const quote = article.querySelectorAll('.hb-copies li')[article.dataset.current - 1];
    const text = words ? `“${words}” — ${article.dataset.source}` : quote ? quote.textContent : '';
    const done = await hoibaoCopy(text);
    tells(article, done === 'copied' ? article.dataset.copied : text ? article.dataset.refused : article.dataset.unchosen);
  }
  function tells(article, words) {
    const said = article.querySelector('.hb-told');
    said.textContent = words;
    clearTimeout(article.hoibaoTold);
    article.hoibaoTold = setTimeout(() => { said.textContent = ''; }, 4000);
  }

  // Who opened it by keys reads on at the words.
  function reads(article) {
    if (!byKeys || !opens(byKeys, article)) return;
    (article.querySelector('mark.hb-quote') || article).focus({preventScroll: true});
    byKeys = '';
  }

  // -- closing -------------------------------------------------------------------------------
  function closes(article) {
    article.hidden = true;
    back();
  }
  function back() {
    const box = document.querySelector('#hb-question textarea');
    const to = opener && opener.isConnected ? opener : box;
    if (to) to.focus();
  }

  const TOOLS = {
    previous: article => step(article, -1), next: article => step(article, 1),
    find: article => finds(article, article.querySelector('.hb-find').hidden), 'find-close': article => finds(article, false),
    'hit-previous': article => light(article, -1), 'hit-next': article => light(article, 1),
    smaller: () => sized(-1), normal: () => sized(0), larger: () => sized(1), copy: copies, close: closes,
  };
  document.addEventListener('click', event => {
    if (!event.target.closest) return;
    const article = event.target.closest('.hb-article');
    const tool = article && event.target.closest('[data-read]');
    if (tool) return TOOLS[tool.dataset.read](article);
    const mark = article && event.target.closest('mark[data-cites]');
    if (mark && getSelection().isCollapsed) {  // where several citations overlap, one after the other
      const all = mark.dataset.cites.split(' '), now = all.indexOf(article.dataset.current);
      return turnTo(article, all[(now + 1) % all.length]);
    }
    if (article && event.target.closest('[data-filter]')) {
      const box = document.querySelector('#hb-question textarea');
      if (seen(box)) box.focus();
    }
    const link = event.target.closest(SPANS);
    if (!link) return;
    if (!article) opener = link;
    byKeys = event.isTrusted && event.detail === 0 ? link.getAttribute('href') : '';
    // The same link once more is no news to Gradio: what it opened is shown again here.
    for (const one of document.querySelectorAll('.hb-article')) {
      one.hidden = false;
      if (!opens(link.getAttribute('href'), one) || !seen(one)) continue;
      turnTo(one, one.dataset.first);
      reads(one);
    }
  }, true);
  document.addEventListener('input', event => {
    const article = event.target.closest('.hb-find') && event.target.closest('.hb-article');
    if (!article) return;
    article.hoibaoHits = hits(article, event.target.value);
    article.hoibaoHit = 0;
    light(article, 0);
  });
  document.addEventListener('keydown', event => {
    const article = event.target.closest && event.target.closest('.hb-article');
    if (!article || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const typing = event.target.matches('input'), stop = document.querySelector('#hb-stop');
    if (event.key === 'Escape' && stop && stop.offsetParent) return;  // first what is being written
    const does = event.key === 'Escape' ? () => (article.querySelector('.hb-find').hidden ? back() : finds(article, false))
      : typing && event.key === 'Enter' ? () => light(article, event.shiftKey ? -1 : 1)
      : typing ? null
      : {'/': () => finds(article, true), n: () => TOOLS.next(article), p: () => TOOLS.previous(article),
         '+': () => sized(1), '-': () => sized(-1), '0': () => sized(0), c: () => copies(article)}[event.key];
    if (!does || ((event.key === 'n' || event.key === 'p') && !article.querySelector('.hb-at'))) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  }, true);
  // Gradio draws an article in place where another spot of it is opened: then only its attributes change.
  new MutationObserver(() => {
    const article = [...document.querySelectorAll('.hb-article')].find(one => seen(one) && one.dataset.seen !== one.dataset.opened);
    if (!article) return;
    article.dataset.seen = article.dataset.opened;
    if (paints) CSS.highlights.clear();
    const first = article.querySelector('mark.hb-quote');
    if (hoibaoStays && opens(hoibaoStays.href, article)) {
      if (hoibaoStays.focus) (first || article).focus({preventScroll: true});
      hoibaoStays = null;
    } else if (first) shows(first);
    reads(article);
  }).observe(document, {childList: true, subtree: true, attributes: true, attributeFilter: ['data-opened']});
})();
