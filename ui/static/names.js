// A name that asks only its articles; a standing question that was read or is dropped.
document.addEventListener('click', event => {
  const on = selector => event.target.closest && event.target.closest(selector);
  const named = on('[data-named]');
  if (named) return window.hoibao.named(named.dataset.named);
  const standing = on('[data-standing]');
  if (standing) window.hoibao.standing(standing.dataset.standing);
});
