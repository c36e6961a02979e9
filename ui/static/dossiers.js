// Notes beside the article that is read (ui/templates/notes.html): a form for one on the article or on the words
// that are selected in it; what is clicked goes through the channel "noted".
(() => {
  const AROUND = 120;  // characters before the selected words, by which their place is known
  // The words that are selected in the article of these notes, and what stands before them.
  function selected(id) {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return null;
    const range = chosen.getRangeAt(0);
    const at = range.commonAncestorContainer;
    const body = (at.nodeType === 1 ? at : at.parentElement).closest('.hb-body');
    const article = body && body.closest('.hb-article');
    if (!article || !article.querySelector(`[data-filter="article=${CSS.escape(id)}"]`)) return null;
    const before = document.createRange();
    before.selectNodeContents(body);
    before.setEnd(range.startContainer, range.startOffset);
    const quote = chosen.toString().trim();
    return quote && {quote, before: before.toString().slice(-AROUND)};
  }
  function opens(notes) {
    const form = notes.querySelector('.hb-note-form'), words = selected(notes.dataset.notes);
    form.hidden = false;
    form.dataset.quote = words ? words.quote : '';
    form.dataset.before = words ? words.before : '';
    const said = form.querySelector('p'), quote = form.querySelector('blockquote');
    said.textContent = words ? said.dataset.words : said.dataset.whole;
    quote.hidden = !words;
    quote.textContent = form.dataset.quote;
    form.querySelector('textarea').focus();
  }
  const tells = what => window.hoibao.noted(JSON.stringify(what));
  const button = event => event.target.closest && event.target.closest('[data-note]');
  // The selection stays where a button of ours is pressed.
  document.addEventListener('mousedown', event => { if (button(event)) event.preventDefault(); }, true);
  document.addEventListener('click', event => {
    const on = button(event);
    const notes = on && on.closest('[data-notes]');
    if (!notes) return;
    const article = notes.dataset.notes, form = notes.querySelector('.hb-note-form');
    const {note, number, dossier} = on.dataset;
    if (note === 'write') return opens(notes);
    if (note === 'cancel') { form.hidden = true; return; }
    const field = name => form.querySelector(`[name=${name}]`);
    if (note === 'keep') {
      tells({do: 'keep', article, quote: form.dataset.quote, before: form.dataset.before,
             text: field('text').value, tags: field('tags').value, star: field('star').checked});
    } else tells({do: note, article, number, dossier});
  });
})();
