// SPDX-License-Identifier: GPL-3.0-or-later
/// Hides the rows of the first table of the page that do not have all words of the search in them, and says how many are left.
///
/// Without scripts the whole table is there.
let searchScript = """
  addEventListener('DOMContentLoaded',function(){
  var box=document.getElementById('search'),found=document.getElementById('found');
  var rows=Array.prototype.slice.call(document.querySelectorAll('main table')[0].tBodies[0].rows);
  var texts=rows.map(function(r){return r.textContent.toLowerCase()});
  function show(){var words=box.value.toLowerCase().split(/\\s+/).filter(Boolean),n=0;
  rows.forEach(function(r,i){var hit=words.every(function(w){return texts[i].indexOf(w)>=0});r.hidden=!hit;if(hit)n++});
  found.textContent=words.length?n+' of '+rows.length:''}
  box.addEventListener('input',show);box.form.addEventListener('submit',function(e){e.preventDefault()});show()});
  """
