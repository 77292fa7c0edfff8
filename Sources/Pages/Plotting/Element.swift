// SPDX-License-Identifier: GPL-3.0-or-later
/// The one place that writes SVG elements; texts and attributes are escaped here.
struct Element {
  private(set) var text = ""

  /// `<name attributes/>`, or with `content`, which is markup, `<name attributes>content</name>`.
  static func written(_ name: String, _ attributes: [(String, String)], content: String? = nil) -> String {
    let list = attributes.map { " \($0.0)=\"\(escapedMarkup($0.1))\"" }.joined()
    return content.map { "<\(name)\(list)>\($0)</\(name)>" } ?? "<\(name)\(list)/>"
  }

  mutating func add(_ markup: String) { text += markup }

  mutating func add(_ name: String, _ attributes: [(String, String)], content: String? = nil) {
    text += Element.written(name, attributes, content: content)
  }

  /// A text; `anchor` is start, middle or end.
  @inline(never) mutating func label(
    _ content: String, x: Double, y: Double, anchor: String = "start", style: String? = nil,
    others: [(String, String)] = []
  ) {
    var attributes = [("x", coordinate(x)), ("y", coordinate(y))]
    if anchor != "start" { attributes.append(("text-anchor", anchor)) }
    if let style { attributes.append(("class", style)) }
    add("text", attributes + others, content: escapedMarkup(content))
  }

  @inline(never) mutating func segment(_ style: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
    add("path", [("class", style), ("d", "M\(coordinate(x1)) \(coordinate(y1))L\(coordinate(x2)) \(coordinate(y2))")])
  }

  mutating func rectangle(_ style: String, x: Double, y: Double, width: Double, height: Double, content: String? = nil)
  {
    add(
      "rect",
      [
        ("class", style), ("x", coordinate(x)), ("y", coordinate(y)), ("width", coordinate(max(0, width))),
        ("height", coordinate(max(0, height))),
      ], content: content)
  }

  /// A mark in the shape of its series, named for a pointer over it.
  mutating func mark(series: Int, x: Double, y: Double, label: String = "") {
    let title = label.isEmpty ? nil : Element.written("title", [], content: escapedMarkup(label))
    add(
      "path",
      [
        ("class", "mark s\(series % seriesCount)"), ("transform", "translate(\(coordinate(x)) \(coordinate(y)))"),
        ("d", markShapes[series % markShapes.count]),
      ], content: title)
  }

  /// The whole figure with its texts for those who do not see it.
  static func figure(id: String, width: Double, height: Double, title: String, summary: String, _ content: String)
    -> String
  {
    written(
      "svg",
      [
        ("class", "plot"), ("viewBox", "0 0 \(coordinate(width)) \(coordinate(height))"), ("role", "img"),
        ("aria-labelledby", "\(id)-t \(id)-d"), ("id", id), ("xmlns", "http://www.w3.org/2000/svg"),
      ],
      content: written("title", [("id", "\(id)-t")], content: escapedMarkup(title))
        + written("desc", [("id", "\(id)-d")], content: escapedMarkup(summary)) + content)
  }
}

/// Circle, square, triangle, diamond, cross, triangle downwards, plus, star: of about the same area, around the origin.
private let markShapes = [
  "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", "M-3.5-3.5h7v7h-7z", "M0-4.8L4.6 3.4H-4.6z", "M0-5L5 0L0 5L-5 0z",
  "M-4-2.4L-2.4-4L0-1.6L2.4-4L4-2.4L1.6 0L4 2.4L2.4 4L0 1.6L-2.4 4L-4 2.4L-1.6 0z", "M0 4.8L4.6-3.4H-4.6z",
  "M-1.2-4.5h2.4v3.3h3.3v2.4h-3.3v3.3h-2.4v-3.3h-3.3v-2.4h3.3z",
  "M0-5L1.4-1.6L5-1.4L2.2.9L3.1 4.4L0 2.4L-3.1 4.4L-2.2.9L-5-1.4L-1.4-1.6z",
]
