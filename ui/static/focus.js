// Who works by keys keeps their place: where what had the focus is drawn anew, its like has it; where it is gone or
// hidden, what stands in its place, else the field of the question.
(() => {
  const STOPS = 'a[href], button, input, textarea, select, summary, [tabindex="0"]';
  let held = null;  // the element, the places around it, how it is known, and which of its place it was
  const seen = element => element.isConnected && element.checkVisibility({visibilityProperty: true});
  // By these the page hides what it showed: the last five stand on the root element (frame.js).
  const SHOWS = ['class', 'style', 'hidden', 'data-state', 'data-filters', 'data-pane', 'data-view', 'data-folded', 'data-on'];
  const LED = '[tabindex="-1"]';  // where a script led, as the quote that was opened
  const stops = (place, what = STOPS) => [...place.querySelectorAll(what)].filter(one => seen(one) && !one.disabled);
  const known = element => [element.tagName, element.getAttribute('href'), ...Object.entries(element.dataset).flat(),
    element.getAttribute('aria-label') || element.textContent].join('\n');
  function places(element) {
    const found = [];
    for (let at = element.parentElement; at; at = at.parentElement) if (at.id) found.push(at.id);
    return found;
  }
  document.addEventListener('focusin', event => {
    const element = event.target, around = places(element);
    const place = document.getElementById(around[0]);
    held = {element, around, like: known(element), at: place ? stops(place).indexOf(element) : 0};
  });
  // A click beside everything means to leave.
  document.addEventListener('pointerdown', () => { held = null; }, true);
  function keep() {
    // On a busy machine what is hidden may have the focus for a while yet.
    if (!held || ![document.body, held.element].includes(document.activeElement) || seen(held.element)) return;
    const {around, like, at} = held;
    held = null;
    for (const [far, id] of around.entries()) {
      const place = document.getElementById(id);
      if (!place || !seen(place)) continue;
      const here = stops(place);
      const likes = stops(place, `${STOPS}, ${LED}`).filter(one => known(one) === like);
      likes.sort((one, other) => Math.abs(here.indexOf(one) - at) - Math.abs(here.indexOf(other) - at));
      if (likes.length) return likes[0].focus({preventScroll: true});
      if (!far && here.length) return here[Math.min(Math.max(at, 0), here.length - 1)].focus();
      if (far === 1) break;
    }
    const box = hoibaoFind('#hb-question textarea'), sheet = document.querySelector(':popover-open');
    const to = sheet ? stops(sheet)[0] : seen(box) ? box : hoibaoFind('#hb-tabs [role="tab"][aria-selected="true"]');
    if (to) to.focus();
  }
  // Behind the frame in which something went: the browser takes the focus away only then.
  let waits = false;
  new MutationObserver(() => {
    if (waits || !held) return;
    waits = true;
    requestAnimationFrame(() => setTimeout(() => { waits = false; keep(); }));
  }).observe(document, {childList: true, subtree: true, attributes: true, attributeFilter: SHOWS});
})();
