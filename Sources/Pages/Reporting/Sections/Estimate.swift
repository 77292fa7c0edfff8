// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting

/// An estimate with its interval, or why there is none.
struct Estimate {
  let estimate: Quantity
  let lower, upper: Quantity?
  let reason: String?

  init(_ reader: JSONReader) throws(JSONShapeError) {
    // Experiments call it the mean.
    estimate = try reader.quantity(reader.member("estimate") == nil ? "mean" : "estimate")
    (lower, upper) = (try reader.optionalQuantity("lower"), try reader.optionalQuantity("upper"))
    reason = try reader.optional("not_computable")?.string()
  }

  /// For a picture; infinite ends run out of it.
  var interval: Interval? {
    lower == nil && upper == nil ? nil : Interval(lower?.finite, upper?.finite)
  }

  /// "0.617 [0.555, 0.674]".
  var text: Rich {
    if let lower, let upper { return "\(estimate) [\(lower), \(upper)]" }
    return reason.map { "\(estimate); no interval: \($0)" } ?? "\(estimate)"
  }

  func row(_ label: String, series: Int = 0) -> ForestRow {
    ForestRow(label, estimate: estimate.finite, interval: interval, note: estimate.shown, series: series)
  }

  /// The four cells of a table.
  func cells(_ label: Rich) -> [Rich] { [label, Rich(estimate), Rich(lower), Rich(upper)] }
}

/// A forest plot of estimates with the table under it.
func forest(
  _ title: String, _ summary: String, _ axis: Axis, _ rows: [(label: Rich, estimate: Estimate, series: Int)],
  reference: Double?
) -> Block {
  .figure(
    ForestPlot(
      title: title, summary: summary, axis: axis,
      rows: rows.map { $0.estimate.row($0.label.plain, series: $0.series) }, reference: reference),
    Table(
      caption: title, columns: ["", .number("estimate"), .number("lower end"), .number("upper end")],
      rows: rows.map { $0.estimate.cells($0.label) }))
}

/// The quantile of the standard normal law with 0.975 below it.
let normalQuantile = 1.959963984540054
