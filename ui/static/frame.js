// The frame: what is open, how wide the columns are, light or dark. It stands on the root element and is kept
// in this browser; a page that is never touched keeps nothing.
const hoibaoRoot = document.documentElement;
const hoibaoKept = {
  get: name => { try { return localStorage.getItem(`hoibao-${name}`); } catch { return null; } },
  set: (name, value) => { try { localStorage.setItem(`hoibao-${name}`, value); } catch { /* private window */ } },
};
const hoibaoPhone = matchMedia('(max-width: 767px)');
const hoibaoMiddling = matchMedia('(max-width: 1099px)');
// The language that was chosen, else the browser's own where it is one of ours.
function hoibaoLanguage() {
  const kept = hoibaoKept.get('language');
  if (['vi', 'en'].includes(kept)) return kept;
  return (navigator.languages || [navigator.language]).some(one => one.startsWith('vi')) ? 'vi' : 'en';
}
const hoibaoFind = selector => document.querySelector(selector);
const hoibaoSet = (name, value) => {
  if (value === null || value === false) hoibaoRoot.removeAttribute(`data-${name}`);
  else hoibaoRoot.setAttribute(`data-${name}`, value === true ? '' : value);
};

// -- which of the three is shown on a phone, and what the pane shows
function hoibaoOn(which) {
  hoibaoSet('on', which);
  hoibaoMark();
}
function hoibaoPane(view, bring = true) {
  if (view) hoibaoSet('view', view);
  hoibaoSet('pane', Boolean(view));
  if (bring && hoibaoPhone.matches) hoibaoOn(view ? 'pane' : 'middle');
  hoibaoMark();
}
function hoibaoFold(folded, keep = true) {
  hoibaoSet('folded', folded);
  if (keep && !hoibaoMiddling.matches) hoibaoKept.set('folded', folded ? '1' : '');
  hoibaoMark();
}
// What is pressed, current, expanded, and where the dividers stand, for those who do not see it.
function hoibaoMark() {
  const put = (element, name, value) => {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  };
  const asks = hoibaoFind('#hb-tabs [role="tab"]'), view = hoibaoRoot.dataset.view || 'article';
  const other = asks && asks.getAttribute('aria-selected') === 'false';  // a tab that the switch does not lead to
  const on = hoibaoRoot.dataset.on || 'middle', current = on === 'middle' && other ? '' : on;
  for (const one of document.querySelectorAll('[data-on]:not(html)')) {
    if (one.dataset.on === current) put(one, 'aria-current', 'true'); else one.removeAttribute('aria-current');
  }
  for (const one of document.querySelectorAll('button[data-pane]')) put(one, 'aria-pressed', String(one.dataset.pane === view));
  for (const one of document.querySelectorAll('[data-theme-is]')) {
    put(one, 'aria-pressed', String(one.dataset.themeIs === (hoibaoKept.get('theme') || 'system')));
  }
  for (const one of document.querySelectorAll('[data-do="filters"]')) put(one, 'aria-expanded', String('filters' in hoibaoRoot.dataset));
  for (const one of document.querySelectorAll('[data-do="fold"]')) put(one, 'aria-expanded', String(!('folded' in hoibaoRoot.dataset)));
  for (const one of document.querySelectorAll('.hb-hint-once')) one.hidden = hoibaoKept.get('hinted') === '1';
  // Once a frame: how wide they are is laid out for it.
  if (!hoibaoMeasures) hoibaoMeasures = requestAnimationFrame(() => {
    hoibaoMeasures = 0;
    for (const one of document.querySelectorAll('.hb-divider')) {
      const now = hoibaoWidth(one.dataset.divider), [least, most] = hoibaoBounds(one.dataset.divider);
      put(one, 'aria-valuenow', String(Math.round(now)));
      put(one, 'aria-valuemin', String(least));
      put(one, 'aria-valuemax', String(Math.round(most)));
    }
  });
}
let hoibaoMeasures = 0;

// -- the dividers: dragged, or moved with the arrow keys; Home, End and a double click as it was
const hoibaoColumn = {left: '#hb-left', right: '#hb-pane'};
const hoibaoVariable = {left: '--hb-left', right: '--hb-pane'};
const hoibaoWidth = side => hoibaoFind(hoibaoColumn[side]).getBoundingClientRect().width;
function hoibaoBounds(side) {
  const rest = hoibaoWidth(side === 'left' ? 'right' : 'left');
  return side === 'left' ? [200, Math.min(480, innerWidth - rest - 380)] : [300, innerWidth - rest - 380];
}
function hoibaoResize(side, width, keep = true) {
  const grid = hoibaoFind('main.contain > .column');
  if (width === null) {
    grid.style.removeProperty(hoibaoVariable[side]);
  } else {
    const [least, most] = hoibaoBounds(side);
    grid.style.setProperty(hoibaoVariable[side], `${Math.round(Math.max(least, Math.min(most, width)))}px`);
  }
  if (keep) hoibaoKept.set(side, width === null ? '' : String(Math.round(width)));
  hoibaoMark();
}
function hoibaoRestore() {
  if (hoibaoMiddling.matches) {
    for (const side of ['left', 'right']) hoibaoResize(side, null, false);
    return hoibaoFold(!hoibaoPhone.matches, false);
  }
  hoibaoFold(hoibaoKept.get('folded') === '1', false);
  for (const side of ['left', 'right']) {
    const kept = Number(hoibaoKept.get(side));
    if (kept) hoibaoFind('main.contain > .column').style.setProperty(hoibaoVariable[side], `${kept}px`);
  }
  hoibaoMark();
}
document.addEventListener('pointerdown', event => {
  const divider = event.target.closest && event.target.closest('.hb-divider');
  if (!divider) return;
  event.preventDefault();
  divider.focus();
  const side = divider.dataset.divider, from = event.clientX, width = hoibaoWidth(side);
  const move = moved => hoibaoResize(side, width + (side === 'left' ? 1 : -1) * (moved.clientX - from));
  const end = () => {
    hoibaoSet('dragging', false);
    removeEventListener('pointermove', move);
    removeEventListener('pointerup', end);
    removeEventListener('pointercancel', end);
  };
  hoibaoSet('dragging', true);
  addEventListener('pointermove', move);
  addEventListener('pointerup', end);
  addEventListener('pointercancel', end);
});
document.addEventListener('dblclick', event => {
  const divider = event.target.closest && event.target.closest('.hb-divider');
  if (divider) hoibaoResize(divider.dataset.divider, null);
});
document.addEventListener('keydown', event => {
  const divider = event.target.closest && event.target.closest('.hb-divider');
  if (!divider) return;
  const side = divider.dataset.divider, step = {ArrowLeft: -24, ArrowRight: 24}[event.key];
  if (step) hoibaoResize(side, hoibaoWidth(side) + (side === 'left' ? step : -step));
  else if (event.key === 'Home' || event.key === 'End') hoibaoResize(side, null);
  else return;
  event.preventDefault();
});

// -- what stands in `later()` (style.py) is made when the page is at rest, one after the other, or when it is wanted
const hoibaoLater = '.hb-later > .label-wrap:not(.open)';
function hoibaoRest() {
  const one = hoibaoFind(hoibaoLater);
  if (!one) return;
  one.click();
  (window.requestIdleCallback || setTimeout)(hoibaoRest);
}
function hoibaoMake(within) {
  for (const one of within.querySelectorAll(hoibaoLater)) one.click();
}
// At the frame in which it is there, within a second or so.
function hoibaoWhen(find, does, frames = 60) {
  const found = find();
  if (found) does(found);
  else if (frames) requestAnimationFrame(() => hoibaoWhen(find, does, frames - 1));
}

// -- sheets lie over the page: the browser closes them at Escape and at a click beside them
function hoibaoSheet(id) {
  const sheet = document.getElementById(id), from = document.activeElement;
  if (!sheet) return;
  hoibaoMake(sheet);
  const heading = sheet.querySelector('h2');
  sheet.setAttribute('popover', 'auto');
  sheet.setAttribute('role', 'dialog');
  // What a sheet holds may come later: until then it is called as what opened it.
  const name = heading ? heading.textContent : from.getAttribute('aria-label') || (from.matches('button') && from.textContent);
  if (name) sheet.setAttribute('aria-label', name.trim());
  sheet.showPopover();
  const first = () => [...sheet.querySelectorAll('input, textarea, select, button:not([data-do="close-sheet"])')]
    .find(one => one.offsetParent) || sheet.querySelector('button:not(.label-wrap)');
  hoibaoWhen(() => first() || !sheet.matches(':popover-open'), found => found.focus && found.focus());
  sheet.addEventListener('toggle', event => {
    if (event.newState === 'closed' && (document.activeElement === document.body || sheet.contains(document.activeElement))) {
      from.focus();
    }
  }, {once: true});
}

// -- light and dark: Gradio follows the system; a choice of one's own stands above it
function hoibaoTheme(theme) {
  if (theme) hoibaoKept.set('theme', theme);
  const chosen = hoibaoKept.get('theme');
  const dark = chosen === 'dark' || chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches;
  document.body.classList.toggle('dark', dark);
  hoibaoMark();
}
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => setTimeout(hoibaoTheme));

const hoibaoDoes = {
  fold: () => hoibaoFold(!('folded' in hoibaoRoot.dataset)),
  filters: () => {
    hoibaoSet('filters', !('filters' in hoibaoRoot.dataset));
    hoibaoMark();
    if (!('filters' in hoibaoRoot.dataset)) return;
    hoibaoMake(hoibaoFind('#hb-foot'));
    hoibaoWhen(() => hoibaoFind('#hb-since input, #hb-since textarea'), first => first.focus());
  },
  focus: () => { hoibaoOn('middle'); hoibaoFind('#hb-question textarea').focus(); },
  talks: () => {
    hoibaoFold(false, false);
    if (hoibaoPhone.matches) hoibaoOn('left');
    hoibaoFind('#hb-find-talk :is(input, textarea)').focus();
  },
  hinted: () => { hoibaoKept.set('hinted', '1'); hoibaoMark(); hoibaoDoes.focus(); },
  'close-pane': () => hoibaoPane(null),
  'close-sheet': target => target.closest('[popover]').hidePopover(),
  'edit-cancel': () => hoibaoEdit(null),
  'log-out': async () => {
    await fetch('logout', {method: 'POST'});
    location.assign('./');
  },
};
document.addEventListener('click', event => {
  const on = selector => event.target.closest && event.target.closest(selector);
  const does = on('[data-do]'), shown = on('button[data-on]'), view = on('button[data-pane]');
  const sheet = on('[data-sheet]'), theme = on('[data-theme-is]');
  if (does) { event.preventDefault(); hoibaoDoes[does.dataset.do](does); }
  else if (shown) {
    if (shown.dataset.on === 'pane') hoibaoSet('pane', true);
    const ask = hoibaoFind('#hb-tabs [role="tab"]');
    if (ask && ask.getAttribute('aria-selected') !== 'true') ask.click();
    hoibaoOn(shown.dataset.on);
  }
  else if (view) hoibaoPane(view.dataset.pane);
  else if (sheet) hoibaoSheet(sheet.dataset.sheet);
  else if (theme) hoibaoTheme(theme.dataset.themeIs);
  else if (on('#hb-settings')) hoibaoSheet('hb-sheet-settings');
  else if (on('#hb-tabs [role="tab"]')) {
    hoibaoOn('middle');
    on('[role="tab"]').scrollIntoView({block: 'nearest', inline: 'center'});
    setTimeout(hoibaoMark);
  }
  else if (hoibaoMiddling.matches && !hoibaoPhone.matches && !on('#hb-left, .hb-later > .label-wrap') && !('folded' in hoibaoRoot.dataset)) hoibaoFold(true);
});
for (const width of [hoibaoPhone, hoibaoMiddling]) width.addEventListener('change', hoibaoRestore);
addEventListener('resize', () => hoibaoFind('.hb-divider') && hoibaoMark());
