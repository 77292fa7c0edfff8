// What is wrong with the page that is shown, as a list of sentences. The rules are those of WCAG 2.2, as far as they can be
// computed: 1.1.1, 1.3.1, 1.4.3, 1.4.10, 1.4.11, 2.4.1, 2.4.2, 2.4.6, 3.1.1, 4.1.2.
(function () {
  var wrong = [];
  function say(text) { if (wrong.length < 40) wrong.push(text); }
  function name(e) { return e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + ' "' + (e.textContent || '').trim().slice(0, 40) + '"'; }
  var all = Array.prototype.slice.call(document.querySelectorAll('*'));
  var root = document.documentElement;

  // No scrolling to the side; what scrolls on its own can be reached with the keyboard.
  if (root.scrollWidth > root.clientWidth) {
    var wide = all.filter(function (e) { return e.getBoundingClientRect().right > root.clientWidth + 1 && !e.closest('.scroll,pre,svg,.hidden'); });
    say('the page is ' + root.scrollWidth + ' px wide, the window ' + root.clientWidth + ': ' + (wide.length ? name(wide[wide.length - 1]) : '?'));
  }
  all.forEach(function (e) {
    var o = getComputedStyle(e).overflowX;
    if ((o === 'auto' || o === 'scroll') && e.scrollWidth > e.clientWidth + 1 && e.tabIndex < 0) say('no keyboard reaches what scrolls: ' + name(e));
  });

  // Ids are there once, anchors lead somewhere.
  var ids = {};
  all.forEach(function (e) { if (e.id) { if (ids[e.id]) say('the id ' + e.id + ' is there twice'); ids[e.id] = true; } });
  all.forEach(function (e) {
    var target = e.getAttribute('href');
    if (target && target[0] === '#' && !ids[target.slice(1)]) say('the anchor ' + target + ' leads nowhere');
    ['aria-labelledby', 'for', 'aria-describedby'].forEach(function (key) {
      (e.getAttribute(key) || '').split(/\s+/).filter(Boolean).forEach(function (id) { if (!ids[id]) say(key + ' names ' + id + ', which is not there'); });
    });
  });

  // Language, title, one h1, no level of headings left out, landmarks.
  if (!root.lang) say('the page has no language');
  if (!document.title.trim()) say('the page has no title');
  if (document.querySelectorAll('h1').length !== 1) say('there is not one h1');
  if (document.querySelectorAll('main').length !== 1) say('there is not one main');
  var level = 0;
  document.querySelectorAll('h1,h2,h3,h4').forEach(function (h) {
    var own = +h.tagName[1];
    if (own > level + 1) say('a level of headings is left out before ' + name(h));
    level = own;
  });

  // Pictures have a name, a text and a table; tables have captions and heads; what can be pressed has a name.
  document.querySelectorAll('svg').forEach(function (s) {
    if (s.getAttribute('role') !== 'img') say('a picture without its role: ' + s.id);
    ['title', 'desc'].forEach(function (t) { var e = s.querySelector(':scope > ' + t); if (!e || !e.textContent.trim()) say('a picture without ' + t + ': ' + s.id); });
    var figure = s.closest('figure');
    if (!figure || !figure.querySelector('table tbody tr')) say('a picture without a table: ' + s.id);
    if (!figure || !figure.querySelector('figcaption').textContent.trim()) say('a picture without a caption: ' + s.id);
  });
  document.querySelectorAll('img').forEach(function (i) { if (!i.alt) say('an image without a text'); });
  document.querySelectorAll('table').forEach(function (t) {
    if (!t.caption || !t.caption.textContent.trim()) say('a table without a caption: ' + t.id);
    t.querySelectorAll('th').forEach(function (h) { if (!h.scope) say('a head of a table without scope: ' + name(h)); });
    Array.prototype.forEach.call(t.tBodies[0].rows, function (r) { if (r.cells.length !== t.tHead.rows[0].cells.length) say('a row of another length than its head: ' + name(r)); });
  });
  document.querySelectorAll('a,button,summary,input').forEach(function (e) {
    var label = e.id && document.querySelector('label[for="' + e.id + '"]');
    if (!(e.textContent || '').trim() && !label && !e.getAttribute('aria-label')) say('something to press without a name: ' + name(e));
  });

  // Contrast: of letters with what is behind them.
  function parse(c) { var m = c.match(/rgba?\(([^)]+)\)/); if (!m) return null; var p = m[1].split(/[\s,\/]+/).map(Number); return { c: p.slice(0, 3), a: p.length > 3 ? p[3] : 1 }; }
  function luminance(c) { var l = c.map(function (v) { v /= 255; return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); }); return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; }
  function contrast(a, b) { var x = luminance(a), y = luminance(b); return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); }
  function paper(e) {
    for (var p = e; p; p = p.parentElement) { var c = parse(getComputedStyle(p).backgroundColor); if (c && c.a > 0.99) return c.c; }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
  }
  function shown(e) { return e.getClientRects().length && getComputedStyle(e).visibility === 'visible'; }
  all.forEach(function (e) {
    if (e.closest('svg') || !shown(e)) return;
    var own = Array.prototype.some.call(e.childNodes, function (n) { return n.nodeType === 3 && n.data.trim(); });
    if (!own || e.closest('head,script,style')) return;
    var style = getComputedStyle(e), size = parseFloat(style.fontSize);
    var ratio = contrast(parse(style.color).c, paper(e));
    if (ratio < (size >= 24 || (size >= 18.6 && style.fontWeight >= 700) ? 3 : 4.5)) say('contrast ' + ratio.toFixed(2) + ': ' + name(e));
  });
  document.querySelectorAll('svg').forEach(function (s) {
    if (!shown(s)) return;
    var rects = Array.prototype.slice.call(s.querySelectorAll('rect[fill]'));
    s.querySelectorAll('text').forEach(function (t) {
      var b = t.getBoundingClientRect(), x = (b.left + b.right) / 2, y = (b.top + b.bottom) / 2;
      var behind = rects.filter(function (r) { var q = r.getBoundingClientRect(); return q.left <= x && q.right >= x && q.top <= y && q.bottom >= y; });
      var ground = behind.length ? parse(getComputedStyle(behind[behind.length - 1]).fill).c : paper(s);
      var ratio = contrast(parse(getComputedStyle(t).fill).c, ground);
      if (ratio < 4.5) say('contrast ' + ratio.toFixed(2) + ' in ' + s.id + ': ' + name(t));
    });
    s.querySelectorAll('.mark,.line,.error,.bar,.rule').forEach(function (m) {
      var style = getComputedStyle(m), colour = parse(m.matches('.mark,.bar') ? style.fill : style.stroke);
      if (colour && contrast(colour.c, paper(s)) < 3) say('contrast of ' + m.getAttribute('class') + ' in ' + s.id);
    });
    // Letters are of a size that can be read, lie within their picture, and none on another.
    var texts = Array.prototype.map.call(s.querySelectorAll('text'), function (t) { return { e: t, b: t.getBoundingClientRect() }; });
    var edge = s.getBoundingClientRect();
    texts.forEach(function (t, i) {
      // Letters of 13 units on a picture as wide as a telephone.
      var scale = edge.width / s.viewBox.baseVal.width;
      if (parseFloat(getComputedStyle(t.e).fontSize) * scale < 9) say('letters of ' + (parseFloat(getComputedStyle(t.e).fontSize) * scale).toFixed(1) + ' px in ' + s.id);
      if (t.b.left < edge.left - 2 || t.b.right > edge.right + 2 || t.b.top < edge.top - 2 || t.b.bottom > edge.bottom + 2) say('a text leaves ' + s.id + ': ' + name(t.e));
      for (var j = 0; j < i; j++) {
        var o = texts[j].b;
        if (Math.min(t.b.right, o.right) - Math.max(t.b.left, o.left) > 1 && Math.min(t.b.bottom, o.bottom) - Math.max(t.b.top, o.top) > 3) say('two texts on each other in ' + s.id + ': ' + name(t.e) + ', ' + name(texts[j].e));
      }
    });
  });
  return wrong;
})()
