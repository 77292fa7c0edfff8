// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Mustache
import Plotting

/// The templates of all pages.
///
/// Whatever stands in `{{…}}` is escaped; `{{{…}}}` holds markup that ``Plotting`` and this module wrote.
enum Templates {
  /// Escapes by scalars, which the escaping that comes with Mustache does not: there `"` with a combining accent stays as it is,
  /// and ends an attribute.
  private struct PageContent: MustacheContentType {
    func escapeText(_ text: String) -> String { escapedMarkup(text) }
  }

  /// All templates by name.
  static let library: MustacheLibrary = {
    MustacheContentTypes.register(PageContent(), named: "CCHPAGE")
    var library = MustacheLibrary()
    for (name, text) in runs.merging(blocks, uniquingKeysWith: { a, _ in a }) {
      // The texts are constants of this file, and a test reads each of them.
      // Each says how it escapes: a partial does not take it from the template that shows it.
      do { try library.register("{{% CONTENT_TYPE:CCHPAGE}}" + text, named: name) } catch {
        preconditionFailure("template \(name): \(error)")
      }
    }
    return library
  }()

  /// The whole page of `node`.
  static func page(_ node: [String: Any]) -> String { library.render(node, withTemplate: "page") ?? "" }

  private static let runs: [String: String] = [
    "runs": "{{#runs}}{{>*kind}}{{/runs}}",
    "text": "{{text}}",
    "name": "<bdi>{{text}}</bdi>",
    "number": ##"<data value="{{exact}}" data-path="{{path}}">{{text}}</data>"##,
    "codespan": "<code>{{text}}</code>",
    "strong": "<strong>{{text}}</strong>",
    "link": ##"<a href="{{to}}">{{text}}</a>"##,
  ]

  private static let blocks: [String: String] = [
    "blocks": "{{#blocks}}{{>*kind}}{{/blocks}}",
    "paragraph": "<p>{{>runs}}</p>\n",
    "callout":
      ##"<p class="callout {{tone}}"><span class="sign" aria-hidden="true">{{sign}}</span><span class="hidden">{{word}}: </span><span>{{>runs}}</span></p>"##
      + "\n",
    "facts":
      "<dl>{{#facts}}<div><dt>{{#term}}{{>runs}}{{/term}}</dt><dd>{{#what}}{{>runs}}{{/what}}</dd></div>{{/facts}}</dl>\n",
    "figure":
      ##"<figure id="{{id}}"><figcaption><a class="anchor" href="#{{id}}">{{title}}</a></figcaption>{{{svg}}}<p class="summary">{{summary}}</p>{{#notes}}<p class="note">{{text}}</p>{{/notes}}<details><summary>The numbers of this figure</summary>{{#numbers}}{{>table}}{{/numbers}}</details></figure>"##
      + "\n",
    "figures": ##"<div class="figures">{{#figures}}{{>figure}}{{/figures}}</div>"## + "\n",
    "table":
      ##"<div class="scroll" role="region" aria-labelledby="{{id}}-c" tabindex="0"><table id="{{id}}"><caption id="{{id}}-c">{{caption}}</caption><thead><tr>{{#columns}}<th scope="col"{{#numeric}} class="n"{{/numeric}}>{{title}}</th>{{/columns}}</tr></thead><tbody>"##
      + ##"{{#rows}}<tr><th scope="row">{{#first}}{{>runs}}{{/first}}</th>{{#cells}}<td{{#numeric}} class="n"{{/numeric}}>{{>runs}}</td>{{/cells}}</tr>{{/rows}}"##
      + ##"</tbody></table></div>{{#omitted}}<p class="note">{{text}}</p>{{/omitted}}"## + "\n",
    "list": "<ul>{{#items}}<li>{{>runs}}</li>{{/items}}</ul>\n",
    "code": ##"<pre tabindex="0"><code>{{text}}</code></pre>"## + "\n",
    "heading": ##"<h3 id="{{id}}"><a class="anchor" href="#{{id}}">{{text}}</a></h3>"## + "\n",
    "details": "<details><summary>{{#title}}{{>runs}}{{/title}}</summary>{{>blocks}}</details>\n",
    "section":
      ##"<section id="{{id}}" data-document="{{document}}" aria-labelledby="{{id}}-h"><h2 id="{{id}}-h"{{#isAlone}} class="hidden"{{/isAlone}}><a class="anchor" href="#{{id}}">{{title}}</a></h2>{{#source}}<p class="source">{{>runs}}</p>{{/source}}{{>blocks}}</section>"##
      + "\n",
    "contents":
      ##"<nav aria-label="On this page"><ul>{{#entries}}<li><a href="#{{id}}">{{title}}</a></li>{{/entries}}</ul></nav>"##
      + "\n",
    "search":
      ##"<form role="search"><label for="search">Search</label> <input id="search" type="search" autocomplete="off"><output for="search" id="found"></output></form><script>{{{script}}}</script>"##
      + "\n",
    "page": """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'{{#hasScript}}; script-src 'unsafe-inline'{{/hasScript}}; img-src data:; base-uri 'none'; form-action 'none'">
    <meta name="generator" content="cch report">
    <title>{{title}}</title>
    <link rel="icon" href="data:,">
    <style>{{{style}}}</style>
    </head>
    <body>
    <a class="skip" href="#main">Skip to the content</a>
    <header>{{#up}}<p class="up"><a href="{{to}}">{{text}}</a></p>{{/up}}<h1>{{title}}</h1>{{#lede}}<p>{{>runs}}</p>{{/lede}}{{#contents}}{{>contents}}{{/contents}}</header>
    <main id="main" tabindex="-1">
    {{#search}}{{>search}}{{/search}}{{#sections}}{{>section}}{{/sections}}
    </main>
    <footer><p>{{footer}}</p></footer>
    </body>
    </html>

    """,
  ]
}
