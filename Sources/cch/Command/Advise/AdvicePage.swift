// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Advice
import ExactAlgebra
import Foundation
import PlainText

/// Advice in plain sentences of at most 80 columns, with a table after them.
struct AdvicePage {
  let advice: Advisor
  let file: String
  let seed: UInt64
  let level: Double
  /// What pictures are made of; nil where there are none.
  let plots: PlotCharacters?

  init(_ advice: Advisor, file: String, seed: UInt64, level: Double, plots: PlotCharacters?) {
    (self.advice, self.file, self.seed, self.level, self.plots) = (advice, file, seed, level, plots)
  }

  var text: String {
    let roles = advice.roles
    var head =
      "\(file): \(grouped(advice.rows)) rows\(advice.dropped > 0 ? ", \(grouped(advice.dropped)) with missing values left out" : ""); label: "
      + "\(roles.label), student: \(listed(roles.student, atMost: 120)) · seed \(seed)"
    if advice.askedRows != advice.rows { head += " · predictions for n = \(grouped(advice.askedRows))" }
    var text = wrapped(head)
    for (index, candidate) in advice.candidates.enumerated() {
      text += "\n" + wrapped(heading(index), hanging: "  ")
      for part in AdviceSentences(candidate, self).parts {
        text += part.title.isEmpty ? "" : "  \(part.title)\n"
        let indent = part.title.isEmpty ? "  " : "    "
        text += part.sentences.map { wrapped($0, indent: indent, hanging: indent + "  ") }.joined()
      }
    }
    text += several
    for index in advice.ranking {
      let name = advice.candidates.count == 1 ? "" : "teacher \(index + 1)"
      text += "\n" + table(advice.candidates[index], title: name)
    }
    text += forests
    if !advice.warnings.isEmpty {
      text +=
        "\nWhere the model does not fit:\n"
        + advice.warnings.map { wrapped("- \($0.message).", hanging: "  ") }.joined()
    }
    return text
  }

  /// The two numbers that decide, of all candidates, with their intervals.
  private var forests: String {
    guard let plots else { return "" }
    func forest(_ title: String, _ reference: Double, _ quantity: (CandidateAdvice) -> Interval) -> String {
      let rows = advice.ranking.map { index in
        let (candidate, name) = (advice.candidates[index], listed(advice.candidates[index].columns, atMost: 40))
        let interval = quantity(candidate)
        return TextForest.Row(
          name, estimate: interval.estimate, lower: interval.ends?.lower ?? .nan, upper: interval.ends?.upper ?? .nan)
      }
      let picture = TextForest(title, rows, reference: reference)
        .text(width: min(StandardOutput.columns, 100), plots) { rounded($0) }
      return picture.isEmpty ? "" : "\n" + picture
    }
    return forest("corr(t,s|y): above 0 the teacher brings more than shrinking", 0) { $0.tuned.correlationGivenLabel }
      + forest("β: below 1 the teacher helps", 1) { $0.beta }
  }

  private func heading(_ index: Int) -> String {
    let columns = listed(advice.candidates[index].columns)
    return advice.candidates.count == 1 ? "Teacher: \(columns)" : "Teacher \(index + 1): \(columns)"
  }

  /// The ranking of several teachers and their best combination.
  private var several: String {
    guard let share = advice.shareOfFirst else { return "" }
    let order = advice.ranking.map { "teacher \($0 + 1)" }.joined(separator: ", ")
    var text =
      "\n"
      + wrapped(
        "Ranking by expected gain: \(order). "
          + String(format: "The first gains more than the second in %.0f %% of resamples.", 100 * share))
    guard let best = advice.combination else {
      let which = advice.collinearTeacher.map { "teacher \($0 + 1)" } ?? "a teacher"
      return text
        + wrapped(
          "No combination: the prediction of \(which) is, but for rounding, a combination of those before it; its weight could be anything."
        )
    }
    let weights = best.weights.enumerated().map { "\(rounded($1)) × teacher \($0 + 1)" }.joined(separator: ", ")
    text += wrapped(
      "Best combination: \(weights), the rest the label. It gains \(percent(of: best.share)) of R0, the best single one, "
        + "teacher \(best.bestSingle + 1), \(percent(of: best.shareOfBestSingle)).")
    guard let check = best.heldOut else {
      return text + wrapped("No check of the combination on held-out rows: \(AdvicePage.noHeldOut).")
    }
    let unit = advice.candidates[0].unit
    return text
      + wrapped(
        "On held-out folds the combination \(check.gain < 0 ? "raised" : "lowered") the squared error of the best single one by "
          + "\(number(abs(check.gain), unit)) ± \(number(check.standardError, unit)) from \(number(check.errorWithout, unit)): "
          + "\(check.finding.words).")
  }

  static let noTest =
    "halves of the rows are too small, or on one of them a column does not vary or depends on others"
  static let noHeldOut =
    "folds are too small, or without one of them a column does not vary or depends on others"

  /// Every quantity of a candidate with its interval, and why one has none.
  private func table(_ c: CandidateAdvice, title: String) -> String {
    var table = TextTable([
      (title, .left), ("this sample", .right), ("bias removed", .right), ("\(levelText(level)) interval", .right),
    ])
    var reasons: [(reason: String, names: [String])] = []
    var rows: [(String, Interval, Rational)] = [
      ("corr(t,s|y)", c.tuned.correlationGivenLabel, 1), ("tuned gain", c.tuned.gain, c.unit),
      ("tuned gain, share", c.tuned.share, 1),
    ]
    if let share = c.tuned.shrinkageShare { rows.append(("shrinkage in gain", share, 1)) }
    rows += [
      ("β", c.beta, 1), ("gain", c.gain, c.unit), ("best λ", c.bestLambda, 1), ("window ends", c.windowEnd, 1),
    ]
    if let crossover = c.crossover { rows.append(("crossover n", crossover.rows, 1)) }
    rows += [
      ("I(t;s)", c.teacherInformation, 1), ("I(s;y)", c.labelInformation, 1), ("ΔI", c.delta, 1),
      ("ΔI − ln a", c.calibratedMargin, 1),
    ]
    if let joint = c.jointTeacher { rows.append(("f² of x1 beyond x2", joint.effectSize, 1)) }
    for (name, interval, unit) in rows {
      table.append(
        name, number(interval.estimate, unit), interval.corrected.map { number($0, unit) } ?? "–",
        interval.ends.map { ends($0, unit) } ?? "not computable")
      guard let reason = interval.reason else { continue }
      if let index = reasons.firstIndex(where: { $0.reason == reason }) {
        reasons[index].names.append(name)
      } else {
        reasons.append((reason, [name]))
      }
    }
    return table.text
      + reasons.map { wrapped("No interval of \($0.names.joined(separator: ", ")): \($0.reason).") }.joined()
  }

  func ends(_ ends: Interval.Ends, _ unit: Rational = 1) -> String {
    "\(number(ends.lower, unit)) to \(number(ends.upper, unit))"
  }

  /// An interval as part of a sentence.
  func interval(_ interval: Interval, _ what: String = "") -> String {
    let name = what.hasPrefix("of") ? "interval \(what)" : what.isEmpty ? "interval" : "\(what) interval"
    return interval.ends.map { "\(name) \(ends($0))" } ?? "\(name) not computable"
  }

  /// A share to two digits: "0.02 %".
  func percent(of share: Double) -> String { withMinus(String(format: "%.2g", 100 * share)) + " %" }

  func probability(_ p: Double) -> String { p < 1e-16 ? "< 1e-16" : String(format: "= %.2g", p) }

  func number(_ value: Rational) -> String { rounded(value) }

  func number(_ value: Double, _ unit: Rational) -> String {
    guard unit != 1, let exact = try? Rational(exactly: value) else { return number(value) }
    return number(exact * unit)
  }

  func number(_ value: Double) -> String { rounded(value) }
}

extension HeldOutCheck.Finding {
  /// What a sentence says of it.
  var words: String {
    switch self {
    case .nothingDistilled: "nothing was distilled"
    case .held: "the promise held"
    case .notHeld: "the promise did not hold"
    case .undecided: "no difference that stands out from chance"
    }
  }
}
