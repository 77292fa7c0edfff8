// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting

/// How the counterexample became simple: how much there was to read after each step; nil where nothing was found.
func huntPathFigure(_ document: JSONReader) throws(JSONShapeError) -> Block? {
  let steps = try document.elements("path")
  var ways: [(word: String, marks: [Mark])] = []
  var (line, rows): ([Point], [[Rich]]) = ([], [])
  for (place, step) in steps.enumerated() {
    let (word, size, numbers) = (
      wayWord(try step.string("by")), try step.quantity("size"), try step.quantity("numbers")
    )
    rows.append(["\(place)", Rich(name: word), Rich(size), Rich(numbers)])
    // A logarithmic axis has no zero.
    guard let value = numbers.finite, value > 0 else { continue }
    line.append(Point(Double(place), value))
    let mark = Mark(Double(place), value, label: "step \(place), \(word): \(numbers.shown), size \(size.shown)")
    if let own = ways.firstIndex(where: { $0.word == word }) {
      ways[own].marks.append(mark)
    } else {
      ways.append((word, [mark]))
    }
  }
  guard let first = line.first, let last = line.last else { return nil }
  let layers = ways.enumerated().map { Layer.marks(name: $1.word, series: $0, $1.marks) }
  return .figure(
    Figure(
      title: "How it became simple",
      summary:
        "The sum of the sizes of all numbers that there are to read, after each step: from \(computed(first.y)) to \(computed(last.y)).",
      x: Axis("step", including: [0, 1]), y: Axis("sum of |numerator| + denominator − 1", .logarithmic),
      layers: [.line(name: "", series: 4, line)] + layers),
    Table(
      caption: "The way from the case that was found to the counterexample",
      columns: [.number("step"), "by", .number("size"), .number("numbers to read")], rows: rows))
}

/// What led to a step, as people say it.
private func wayWord(_ way: String) -> String {
  switch way {
  case "found": "as it was found"
  case "choices": "simpler choices"
  case "coordinates": "fewer coordinates"
  case "rounding": "entries rounded"
  case "entries": "smaller entries"
  case "walk": "random walk"
  case "exhaustive": "the smallest of all"
  default: way
  }
}
