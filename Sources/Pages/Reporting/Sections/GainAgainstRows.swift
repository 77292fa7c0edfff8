// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import PlainText
import Plotting

/// The picture of what the teacher gains against n, for the best λ and, where one is given, for that λ.
///
/// With k = p2/(n−p2−1): at the best α = min(1, k(σε²−c)/(B+kV)), V = σε² + ση² − 2c, the gain is 2kα(σε²−c) − α²(B+kV), and none where
/// c ≥ σε²; both as shares of R0 = σε²(1+k).
///
/// - Returns: nil where the number of inputs is too large to draw.
func gainAgainstRows(_ document: JSONReader) throws(JSONShapeError) -> Block? {
  let instance = try document.required("instance")
  let p2 = try instance.integer("p2")
  guard (1...1_000_000).contains(p2), let unit = try RiskCurve(document, k: 1), unit.residual > 0 else { return nil }
  let weight = try instance.optionalQuantity("lambda")?.finite
  let own = try instance.optional("n")?.integer()
  // From the first n with a finite risk to a thousand rows an input, equally far apart on a logarithmic axis.
  let (first, last) = (Double(p2 + 2), Double(max(1_000 * p2, 2 * (own ?? 0))))
  var places: [Int] = []
  for step in 0...60 {
    let n = Int((first * pow(last / first, Double(step) / 60)).rounded())
    if places.last != n { places.append(n) }
  }
  if let own, own > p2 + 1, !places.contains(own) { places = (places + [own]).sorted() }
  func shares(_ n: Int) throws(JSONShapeError) -> (best: Double, given: Double?)? {
    guard let curve = try RiskCurve(document, k: Double(p2) / Double(n - p2 - 1)) else { return nil }
    let base = curve.risk(alpha: 0)
    let given = weight.map { 100 * (base - curve.risk(lambda: $0)) / base }
    return (100 * curve.bestGain / base, given)
  }
  var (best, given, rows): ([Point], [Point], [[Rich]]) = ([], [], [])
  for (place, n) in places.enumerated() {
    guard let share = try shares(n) else { continue }
    best.append(Point(Double(n), share.best))
    if let other = share.given { given.append(Point(Double(n), other)) }
    if place % 5 == 0 || n == own {
      rows.append(["\(n)", Rich(text: computed(share.best)), Rich(text: share.given.map(computed) ?? "–")])
    }
  }
  var layers: [Layer] = [.rule(name: "", axis: .y, at: 0), .line(name: "at the best λ", series: 0, best)]
  if !given.isEmpty { layers.append(.line(name: "at the given λ", series: 1, given)) }
  if let own { layers.append(.rule(name: "the given n", axis: .x, at: Double(own))) }
  // Where the given λ stops to help: n at which the gain changes its sign.
  let crossing = zip(given, given.dropFirst()).first { $0.y > 0 && $1.y <= 0 }
  let words = crossing.map { " The given λ helps up to about n = \(grouped(Int($0.0.x)))." } ?? ""
  return .figure(
    Figure(
      title: "Gain against the number of rows",
      summary: "How much of the error of the student alone the teacher takes away; it fades as rows grow.\(words)",
      x: Axis("n, training rows", .logarithmic), y: Axis("gain, per cent of R0", including: [0]), layers: layers),
    Table(
      caption: "Gain, per cent of R0", columns: [.number("n"), .number("at the best λ"), .number("at the given λ")],
      rows: rows))
}

extension RiskCurve {
  /// R0 less the least risk over all λ.
  var bestGain: Double {
    guard covariance < residual else { return 0 }
    let curvature = mismatch + k * (residual + teacherResidual - 2 * covariance)
    let alpha = min(1, k * (residual - covariance) / curvature)
    return 2 * k * alpha * (residual - covariance) - alpha * alpha * curvature
  }
}
