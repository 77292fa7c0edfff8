// What the page says, for comparing it with its documents: numbers with their places, pictures with their axes, marks and curves.
(function () {
  function list(x) { return Array.prototype.slice.call(x); }
  function ticks(s, axis) {
    return list(s.querySelectorAll('g[data-axis="' + axis + '"] text')).map(function (t) { return { value: +t.dataset.v, at: +t.getAttribute(axis) - (axis === 'y' ? 4.5 : 0), label: t.textContent }; });
  }
  return {
    title: document.title,
    links: list(document.querySelectorAll('a[href]')).map(function (a) { return a.getAttribute('href'); }),
    numbers: list(document.querySelectorAll('data')).map(function (d) {
      var s = d.closest('[data-document]');
      return { document: s ? s.dataset.document : '', path: d.dataset.path, exact: d.value, shown: d.textContent };
    }),
    pictures: list(document.querySelectorAll('figure')).map(function (f) {
      var s = f.querySelector('svg'), content = s.getBoundingClientRect();
      return {
        title: f.querySelector('figcaption').textContent, document: (f.closest('[data-document]') || { dataset: {} }).dataset.document || '',
        x: ticks(s, 'x'), y: ticks(s, 'y'), scale: content.width / s.viewBox.baseVal.width,
        marks: list(s.querySelectorAll('.mark')).map(function (m) {
          var b = m.getCTM(), t = s.getCTM();
          return { x: (b.e - t.e) / t.a, y: (b.f - t.f) / t.d, series: m.getAttribute('class'), title: m.textContent };
        }),
        lines: list(s.querySelectorAll('path.line')).map(function (l) {
          return { series: l.getAttribute('class'), points: l.getAttribute('d').slice(1).split('L').map(function (p) { return p.split(' ').map(Number); }) };
        })
      };
    }),
    paint: performance.getEntriesByType('paint').map(function (p) { return p.startTime; })
  };
})()
