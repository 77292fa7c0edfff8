// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting

/// R(λ) of a student on n rows, as `cch explain --json` describes it, for drawing.
///
/// R(λ) = σε² + [λ²B + k(σε² + 2λc + λ²ση²)]/(1+λ)², and in α = λ/(1+λ) the parabola σε² + α²B + k[(1−α)²σε² + 2α(1−α)c + α²ση²].
struct RiskCurve {
  /// σε², ση², c, B.
  let residual, teacherResidual, covariance, mismatch: Double
  let k: Double

  /// The curve of an explanation, for its own k or another.
  ///
  /// - Returns: nil where there is no k: the explanation has no n.
  init?(_ explanation: JSONReader, k other: Double? = nil) throws(JSONShapeError) {
    residual = try explanation.quantity("residual_variance").value
    teacherResidual = try explanation.quantity("teacher_residual_variance").value
    covariance = try explanation.quantity("residual_covariance").value
    mismatch = try explanation.quantity("mismatch").value
    let own = try explanation.optionalQuantity("k")?.value
    guard let k = other ?? own else { return nil }
    self.k = k
  }

  /// The risk at the mixing weight α.
  func risk(alpha: Double) -> Double {
    let rest = 1 - alpha
    return residual + alpha * alpha * mismatch
      + k * (rest * rest * residual + 2 * alpha * rest * covariance + alpha * alpha * teacherResidual)
  }

  /// The risk at the distillation weight λ.
  func risk(lambda: Double) -> Double { risk(alpha: lambda / (1 + lambda)) }

  /// `count` + 1 points of the curve over λ from 0 to `end`.
  func points(to end: Double, count: Int = 160) -> [Point] {
    (0...count).map { place in
      let lambda = end * Double(place) / Double(count)
      return Point(lambda, risk(lambda: lambda))
    }
  }

  /// The same over α from 0 to 1.
  func pointsOverAlpha(count: Int = 160) -> [Point] {
    (0...count).map { place in
      let alpha = Double(place) / Double(count)
      return Point(alpha, risk(alpha: alpha))
    }
  }
}

/// The pictures of R(λ) and R(α) of an explanation that has n, with R0, the window and the best λ.
struct RiskPictures {
  let curve: RiskCurve
  let baseline: Quantity
  /// The given λ and its risk.
  let weight, risk: Quantity?
  /// Where distillation stops to help; nil where it never helps.
  let windowEnd: Quantity?
  let best, gain: Quantity?

  /// - Returns: nil where the explanation has no n.
  init?(_ explanation: JSONReader) throws(JSONShapeError) {
    guard let curve = try RiskCurve(explanation), let baseline = try explanation.optionalQuantity("baseline_risk")
    else {
      return nil
    }
    (self.curve, self.baseline) = (curve, baseline)
    weight = try explanation.required("instance").optionalQuantity("lambda")
    risk = try explanation.optionalQuantity("risk")
    windowEnd = try explanation.optional("window")?.quantity("upper")
    best = try explanation.optionalQuantity("best_lambda")
    gain = try explanation.optionalQuantity("best_gain")
  }

  var blocks: [Block] { [.figure(overLambda, numbers), .figure(overAlpha, numbers)] }

  /// The right end of the picture over λ: beyond the window, the best and the given λ.
  private var end: Double {
    let wanted = [windowEnd?.finite.map { 1.6 * $0 }, best?.finite.map { 2.5 * $0 }, weight?.finite.map { 1.3 * $0 }]
    let largest = wanted.compactMap(\.self).max() ?? 0
    return largest > 0 ? largest : 1
  }

  private var marked: [(name: String, series: Int, lambda: Double)] {
    var marks: [(String, Int, Double)] = []
    if let best = best?.finite, best > 0 { marks.append(("the best λ", 2, best)) }
    if let weight = weight?.finite { marks.append(("the given λ", 1, weight)) }
    return marks
  }

  private var overLambda: Figure {
    var layers: [Layer] = []
    if let windowEnd {
      layers.append(
        .region(name: "where the teacher helps", series: 2, x: Interval(0, windowEnd.finite), y: Interval(nil, nil)))
    }
    layers.append(.rule(name: "R0, without a teacher", axis: .y, at: baseline.value))
    layers.append(.line(name: "R(λ)", series: 0, curve.points(to: end)))
    for (name, series, lambda) in marked {
      layers.append(.marks(name: name, series: series, [Mark(lambda, curve.risk(lambda: lambda), label: name)]))
    }
    return Figure(
      title: "Risk against the weight of the teacher", summary: summary,
      x: Axis("λ, the weight of the teacher", including: [0]), y: Axis("R, the expected squared error"), layers: layers)
  }

  private var overAlpha: Figure {
    func alpha(_ lambda: Double) -> Double { lambda / (1 + lambda) }
    var layers: [Layer] = []
    if let windowEnd {
      layers.append(
        .region(
          name: "where the teacher helps", series: 2, x: Interval(0, windowEnd.finite.map(alpha) ?? 1),
          y: Interval(nil, nil)))
    }
    layers.append(.rule(name: "R0, without a teacher", axis: .y, at: baseline.value))
    layers.append(.line(name: "R", series: 0, curve.pointsOverAlpha()))
    for (name, series, lambda) in marked {
      layers.append(.marks(name: name, series: series, [Mark(alpha(lambda), curve.risk(lambda: lambda), label: name)]))
    }
    return Figure(
      title: "The same from no teacher to teacher alone",
      summary:
        "In α = λ/(1+λ) the risk is a parabola: at 0 the student learns from labels alone, at 1 from the teacher alone.",
      x: Axis("α = λ/(1+λ)", limits: 0...1), y: Axis("R, the expected squared error"), layers: layers)
  }

  private var summary: String {
    guard let windowEnd else { return "R(λ) is nowhere below R0 = \(baseline.shown): the teacher never helps." }
    let place = best.map { $0.finite == nil ? "more λ is always better" : "it is least at λ = \($0.shown)" } ?? ""
    return
      "R(λ) is below R0 = \(baseline.shown) for λ between 0 and \(windowEnd.shown)\(place.isEmpty ? "" : "; " + place)."
  }

  private var numbers: Table {
    var rows: [[Rich]] = [["without a teacher", "0", Rich(baseline)]]
    if let best, let gain {
      rows.append(["gain at the best λ", Rich(best), Rich(gain)])
    }
    if let windowEnd { rows.append(["end of the window, R = R0", Rich(windowEnd), Rich(baseline)]) }
    if let weight, let risk { rows.append(["at the given λ", Rich(weight), Rich(risk)]) }
    for point in curve.points(to: end, count: 10) {
      rows.append(["curve", Rich(text: computed(point.x)), Rich(text: computed(point.y))])
    }
    return Table(caption: "R(λ)", columns: ["point", .number("λ"), .number("R, or gain")], rows: rows)
  }
}
