// Until Gradio's page is there a question is typed into a box of our own (early.html), where the page's will stand. What
// was typed is handed over once, when the page's box and button are there and no letter is being composed.
let hoibaoHandOver = () => {};
function hoibaoFirst() {
  const early = hoibaoFind('#hb-early'), box = early.querySelector('textarea'), send = early.querySelector('button');
  const behind = hoibaoFind('gradio-app');
  let composing = false, sent = false;
  early.lang = hoibaoRoot.lang = hoibaoLanguage();
  if (early.lang === 'en') [box.ariaLabel, box.placeholder, send.ariaLabel] = early.dataset.english.split('|');
  hoibaoText();
  hoibaoTheme();
  hoibaoRestore();
  early.hidden = false;
  behind.inert = true;  // there is one page to each reader, and the focus stays
  box.focus();
  const ask = () => {
    if (box.value.trim()) sent = box.readOnly = true;
  };
  send.addEventListener('click', ask);
  box.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    ask();
  });
  box.addEventListener('compositionstart', () => { composing = true; });
  box.addEventListener('compositionend', () => { composing = false; setTimeout(() => hoibaoHandOver()); });
  hoibaoHandOver = () => {
    const to = hoibaoFind('#hb-question textarea');
    if (composing || !to || !hoibaoFind('#hb-send')) return;
    hoibaoHandOver = () => {};
    behind.inert = false;
    const {value, selectionStart, selectionEnd} = box, there = to.value && value ? `${to.value}\n` : to.value;
    if (value) hoibaoWrite(to, there + value);
    to.focus({preventScroll: true});
    to.setSelectionRange(there.length + selectionStart, there.length + selectionEnd);
    early.remove();
    // The conversation of the address is opened first. Whoever typed on meanwhile, or finds more there, asks anew.
    const opened = () => !/[?&]c=./.test(location.search)
      || hoibaoFind('#hb-current textarea').value || hoibaoFind('#hb-note p');
    if (sent && !there) hoibaoWhen(opened, () => to.value === value && hoibaoFind('#hb-send').click(), 600);
  };
}
