// Sheets: whatever has data-sheet="ID" shows that one over the page; Escape, its button and a click beside it close
// it, and the focus goes back to where it was.
let hoibaoBefore = null;
function hoibaoSheet(id) {
  const sheet = document.getElementById(id);
  if (!sheet) return;
  hoibaoClose();
  hoibaoBefore = document.activeElement;
  sheet.classList.add('hb-open');
  sheet.setAttribute('role', 'dialog');
  sheet.setAttribute('aria-modal', 'true');
  sheet.setAttribute('tabindex', '-1');
  const heading = sheet.querySelector('h2');
  sheet.setAttribute('aria-label', heading ? heading.innerText : id);
  sheet.focus();
}
function hoibaoClose() {
  const open = document.querySelector('.hb-sheet.hb-open');
  if (!open) return false;
  open.classList.remove('hb-open');
  if (hoibaoBefore && hoibaoBefore.isConnected) hoibaoBefore.focus();
  return true;
}
document.addEventListener('click', event => {
  const on = selector => event.target.closest && event.target.closest(selector);
  const opens = on('[data-sheet]');
  if (opens) return hoibaoSheet(opens.dataset.sheet);
  if (on('#hb-settings')) return hoibaoSheet('hb-sheet-settings');
  const theme = on('[data-theme-is]');
  if (theme) return hoibaoTheme(theme.dataset.themeIs);
  if (on('[data-do="close-sheet"]')) return hoibaoClose();
  const open = document.querySelector('.hb-sheet.hb-open');
  if (open && event.target.isConnected && !open.contains(event.target) && !on('[data-wrong], #hb-wrong')) {
    hoibaoClose();
  }
});
document.addEventListener('keydown', event => {
  const open = document.querySelector('.hb-sheet.hb-open');
  if (!open) return;
  if (event.key === 'Escape') {
    event.stopImmediatePropagation();
    return hoibaoClose();
  }
  if (event.key !== 'Tab') return;
  const all = [...open.querySelectorAll('button, input, textarea, a[href], summary')];
  const stops = all.filter(one => one.offsetParent && !one.disabled);
  const at = event.shiftKey ? stops[0] : stops[stops.length - 1];
  if (document.activeElement === at || document.activeElement === open && event.shiftKey) {
    event.preventDefault();
    (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
  }
}, true);
// Light or dark: Gradio follows the system; a choice of one's own stands above it.
function hoibaoTheme(chosen) {
  if (chosen) localStorage.setItem('hoibao-theme', chosen);
  const theme = localStorage.getItem('hoibao-theme') || 'system';
  const dark = theme === 'dark' || theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches;
  if (document.body.classList.contains('dark') !== dark) document.body.classList.toggle('dark', dark);
  document.querySelectorAll('[data-theme-is]').forEach(one => {
    one.setAttribute('aria-pressed', String(one.dataset.themeIs === theme));
  });
}
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => hoibaoTheme());
hoibaoReady(() => {
  hoibaoTheme();
  new MutationObserver(() => hoibaoTheme()).observe(document.body, {attributes: true, attributeFilter: ['class']});
});
