// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Claims
import Distillation
import ExactAlgebra
import PlainText

/// An explanation, for people.
struct ExplanationText {
  private let explanation: Explanation
  private let palette: Palette
  private let plots: PlotCharacters?
  private var moments: Moments { explanation.moments }

  /// - Parameter plots: what pictures are made of; nil where there are none.
  init(_ explanation: Explanation, _ palette: Palette, plots: PlotCharacters?) {
    (self.explanation, self.palette, self.plots) = (explanation, palette, plots)
  }

  /// Everything.
  var full: String {
    [title, informations, quantities, risk, curve, explanation.students.text, claims, verdict].filter { !$0.isEmpty }
      .joined(
        separator: "\n")
  }

  private var title: String {
    let instance = explanation.instance
    let parts = [
      "p1 = \(instance.p1)", "p2 = \(instance.p2)", "q = \(instance.q)", instance.n.map { "n = \($0)" },
      instance.lambda.map { "λ = \($0)" }, instance.p1a.map { "p1a = \($0)" },
      instance.extras.unlabelled.map { "m = \($0)" }, instance.extras.ridge.map { "μ = \($0)" },
      instance.extras.teacherRows.map { "N = \($0)" },
    ].compactMap { $0 }
    let comment = instance.comment.map { "\n  \($0)" } ?? ""
    return palette.strong(explanation.source) + "  " + parts.joined(separator: ", ") + comment + "\n"
  }

  private var informations: String {
    var table = TextTable([("mutual information", .left), ("nats", .left), ("exact", .left)])
    let delta = ("ΔI = I(t;s) − I(s;y)", explanation.delta)
    for (name, value) in explanation.informations.map({ ("I(\($0.name))", $0.value) }) + [delta] {
      table.append(name, value.map { $0.nats(digits: 6) } ?? "–", value.map { half($0) } ?? "not finite")
    }
    if let value = explanation.informationGivenLabel {
      let sign = moments.alignmentGivenLabel.signum
      table.append(
        "I(t;s|y), corr(t,s|y) \(sign > 0 ? "> 0" : sign < 0 ? "< 0" : "= 0")", value.nats(digits: 6), half(value))
    }
    return table.text
  }

  private func half(_ value: HalfLogarithm) -> String {
    let exact = value.description
    return exact.count <= 40
      ? exact
      : "½ ln of \(value.argument.numerator.description.count) digits over \(value.argument.denominator.description.count)"
  }

  private var quantities: String {
    let m = moments
    let trace = m.q > 1 ? "tr " : ""
    return exactTable(
      "given x2",
      [
        (trace + "σε² = var(y|x2)", m.residualVariance), (trace + "ση² = var(t|x2)", m.teacherResidualVariance),
        (trace + "c = cov(t,y|x2)", m.residualCovariance), ("β = c/σε²", m.beta), ("B = (v−w*)ᵀΣ22(v−w*)", m.mismatch),
        ("a² = var(t)/var(y)", m.scaleSquared),
      ])
  }

  private var risk: String {
    guard let risk = explanation.risk else { return "The risk needs n, the number of training rows: --n N.\n" }
    var rows = [("k = p2/(n−p2−1)", risk.k), ("R0 = R(0)", risk.baselineRisk)]
    if let value = explanation.riskAtLambda, let lambda = explanation.instance.lambda {
      rows.append(("R(\(lambda))", value))
    }
    rows.append(("dR/dλ at 0", risk.slope))
    rows.append(("R(∞)", risk.limit))
    if case .finite(let best) = risk.bestLambda { rows.append(("best λ", best)) }
    rows.append(("best gain R0 − R(λ*)", risk.bestGain))
    if case .open(upTo: .finite(let end)) = risk.window { rows.append(("helps for 0 < λ <", end)) }
    var text = exactTable("student", rows)
    if risk.window == .empty { text += "No λ > 0 helps.\n" }
    if risk.window == .open(upTo: .infinity) { text += "Every λ > 0 helps.\n" }
    if risk.bestLambda == .infinity { text += "The risk falls for ever: the best λ is infinite.\n" }
    return text
  }

  /// R(λ) beside R0, from no teacher to beyond the window or the best λ; where these are not finite, to 4.
  private var curve: String {
    guard let plots, let risk = explanation.risk else { return "" }
    var end = Rational(4)
    if case .open(upTo: .finite(let last)) = risk.window {
      end = last * Rational(8, 5)
    } else if case .finite(let best) = risk.bestLambda, best.signum > 0 {
      end = best * 3
    }
    let points = (0...160).map { place in
      let lambda = end * Rational(place, 160)
      return (x: lambda.asDouble, y: risk(lambda).asDouble)
    }
    return TextCurve(points, level: ("R0", risk.baselineRisk.asDouble), xName: "λ", yName: "R(λ)")
      .text(width: min(StandardOutput.columns, 100), plots) { rounded($0) }
  }

  private func exactTable(_ title: String, _ rows: [(String, Rational)]) -> String {
    var table = TextTable([(title, .left), ("value", .left), ("exact", .left)])
    for (name, value) in rows {
      let exact = value.description
      // β decides by its side of 1.
      let text = name.hasPrefix("β") ? rounded(value, beside: 1) : rounded(value)
      table.append(name, text, exact.count <= 40 ? exact : "\(exact.count) characters, see --json")
    }
    return table.text
  }

  private var claims: String {
    var table = TextTable([
      ("claim", .left), ("status", .left), ("hypothesis", .left), ("conclusion", .left), ("margin", .right),
      ("", .left),
    ])
    for (claim, verdict) in explanation.verdicts {
      let note = verdict.isViolation ? "a counterexample" : verdict.unmet.map { "needs \($0.rawValue)" } ?? ""
      table.append(
        claim.id, claim.status.label, verdict.hypothesis ? "holds" : "–",
        verdict.conclusion.map { $0 ? "holds" : "fails" } ?? "–", verdict.margin.map(marginText) ?? "–", note)
    }
    let verdicts = explanation.verdicts
    table.style = { row, column, text in
      switch column {
      case 0: palette.strong(text)
      case 5: verdicts[row].verdict.isViolation ? palette.bad(text) : palette.faint(text)
      default: text
      }
    }
    return table.text
  }

  /// What the CCH predicts and what is true, in two lines.
  var verdict: String {
    let helps = moments.helpsForSmallLambda
    let truth =
      "Exact: β = c/σε² = \(rounded(moments.beta, beside: 1)) \(helps ? "<" : "≥") 1, so distillation \(helps ? palette.good("helps") : palette.bad("never helps"))\(span)."
    guard let delta = explanation.delta, let teacher = explanation.informations[0].value,
      let label = explanation.informations[1].value
    else { return "The CCH: the informations are not finite.\n\(truth)\n\(tuned)" }
    let predicts = delta > .zero
    let difference = differenceText(teacher, label)
    return """
      The CCH: I(t;s) − I(s;y) = \(difference), so it says \(predicts ? "yes" : "no")\
      \(predicts == helps ? "" : palette.bad(": wrong here")).
      \(truth)
      \(tuned)
      """
  }

  /// Whether the teacher is worth more than shrinking, for one label: a line.
  private var tuned: String {
    guard moments.q == 1 else { return "" }
    let sign = moments.alignmentGivenLabel.signum
    let says =
      sign > 0
      ? "the teacher \(palette.good(moments.helpsForSmallLambda ? "still helps" : "helps there"))"
      : moments.helpsForSmallLambda
        ? "all of that is \(palette.bad("shrinkage"))" : "it \(palette.bad("does not help")) either"
    return "A student that may also shrink: corr(t,s|y) \(sign > 0 ? ">" : sign < 0 ? "<" : "=") 0, so \(says).\n"
  }

  /// For which λ it helps.
  private var span: String {
    guard moments.helpsForSmallLambda else { return "" }
    switch explanation.risk?.window {
    case .open(upTo: .finite(let end)): return " for 0 < λ < \(rounded(end)) at n = \(explanation.instance.n ?? 0)"
    case .open(upTo: .infinity): return " for every λ > 0 at n = \(explanation.instance.n ?? 0)"
    default: return " for small λ > 0 at any n ≥ \(explanation.instance.p2 + 2)"
    }
  }
}
