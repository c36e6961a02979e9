// Keys. Those without Ctrl or Alt work only where nothing is typed; the sheet "?" lists them all.
document.addEventListener('keydown', event => {
  const box = hoibaoFind('#hb-question textarea'), at = event.target;
  const typing = at.closest && at.closest('input, textarea, select, [contenteditable="true"]');
  const ask = hoibaoFind('#hb-tab-ask'), here = ask && ask.offsetParent;
  const done = () => event.preventDefault();
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') { done(); hoibaoFind('#hb-new').click(); return; }
  if (event.altKey && event.key === 'ArrowRight') { done(); return hoibaoStep(1); }
  if (event.altKey && event.key === 'ArrowLeft') { done(); return hoibaoStep(-1); }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') {
    if (document.querySelector(':popover-open')) return;
    const stop = hoibaoFind('#hb-stop');
    if (stop && stop.offsetParent) return stop.click();
    if (hoibaoEdited !== null) return hoibaoEdit(null);
    if ('filters' in hoibaoRoot.dataset) return hoibaoDoes.filters();
    if (!typing && 'pane' in hoibaoRoot.dataset) hoibaoPane(null);
    return;
  }
  if (event.key === 'ArrowUp' && at === box && !box.value) {
    const asked = [...document.querySelectorAll('#hb-chat .user h2')];
    if (!asked.length) return;
    done();
    return hoibaoWrite(box, asked[asked.length - 1].textContent.trim());
  }
  if (typing || document.querySelector(':popover-open')) return;
  const does = {
    '/': () => {
      if (here) return hoibaoDoes.focus();
      hoibaoFind('#hb-tabs [role="tab"]').click();
      setTimeout(hoibaoDoes.focus);
    },
    '?': () => hoibaoSheet('hb-sheet-keys'),
    j: () => hoibaoStep(1), n: () => hoibaoStep(1), k: () => hoibaoStep(-1), p: () => hoibaoStep(-1),
    y: () => window.hoibao.copy(''), t: () => hoibaoDoes.talks(), b: () => hoibaoDoes.fold(),
  }[event.key.length === 1 ? event.key.toLowerCase() : ''];
  if (does) { done(); does(); }
});
