// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Advice
import ExactAlgebra
import Foundation
import PlainText

/// What is said of one candidate, in the order in which one asks.
struct AdviceSentences {
  private let c: CandidateAdvice
  private let page: AdvicePage

  init(_ candidate: CandidateAdvice, _ page: AdvicePage) { (c, self.page) = (candidate, page) }

  /// Sentences with what they are about.
  var parts: [(title: String, sentences: [String])] {
    [
      ("", [verdict]), ("Over what you would do anyway, a student that may shrink:", tuned),
      ("Over the student as it is, which does not shrink:", plain),
      ("Other rows, other teachers:", rows),
    ]
  }

  private var range: String { levelText(page.level) }

  /// "0.02 % of its risk, 95 % interval 0.01 % to 0.03 %".
  private var size: String {
    let share = c.tuned.share
    let interval =
      share.ends.map {
        ", \(range) interval \(page.percent(of: $0.lower)) to \(page.percent(of: $0.upper))"
      } ?? ", its interval not computable"
    return "\(page.percent(of: share.estimate)) of its risk\(interval)"
  }

  private var verdict: String {
    let counts = "\(levelText(c.conclusion.worth)) counts as worth it"
    return switch c.conclusion.verdict {
    case .yes: "Yes, distil: it gains \(size), and held-out folds confirm it; \(counts)."
    case .probablyYes: "Probably yes, but not beyond doubt: it gains \(size); \(counts)."
    case .perhaps: "Helps in sign; whether it is worth it these rows do not tell: it gains \(size); \(counts)."
    case .notWorthIt: "Helps in sign, not worth it: it gains \(size); \(counts)."
    case .notHeld: "No: the fit promises a gain of \(size), but on held-out folds the error rose."
    case .probablyNo: "Probably not: it adds nothing to what you would do anyway, but that is not beyond doubt."
    case .no: "No: it adds nothing to what you would do anyway."
    }
  }

  private var tuned: [String] {
    let tuned = c.tuned
    var lines = [
      "corr(t,s|y) = \(rounded(tuned.correlationGivenLabel.estimate, beside: 0)), "
        + "\(page.interval(tuned.correlationGivenLabel, range)); the teacher helps exactly where it is above 0, at any n and any scale of t."
    ]
    if let test = tuned.test {
      let (helps, p) = test.evidence
      lines.append(
        "Exact test of a partial correlation, for the predictions that one half of the rows fits, on the other: r = "
          + "\(page.number(test.correlation)), p \(page.probability(p)) for corr(t,s|y) \(helps ? "≤" : "≥") 0 (\(test.degrees) degrees of freedom)."
      )
    } else {
      lines.append("No exact test of it: \(AdvicePage.noTest).")
    }
    let promise = tuned.promise
    if promise.gain.signum > 0 {
      lines.append(
        "Best weights: \(rounded(promise.weights.label)) of the label's fit and \(rounded(promise.weights.teacher)) of the teacher's; "
          + "gain \(page.number(promise.gain)) of a risk of \(page.number(promise.untaughtRisk)), which shrinking by \(rounded(promise.shrinkage)) "
          + "alone has.")
    }
    lines.append(
      c.instance.p2 == 1 && promise.gain.signum > 0
        ? "With one student's column the fits of label and teacher are multiples of each other: weights that the same rows choose give the shrunk "
          + "student itself, so that held-out folds of these rows cannot tell; the gain needs weights that are known from elsewhere."
        : heldOut(tuned.heldOut, "against shrinking alone "))
    return lines
  }

  private var plain: [String] {
    var lines = [
      "\(plainVerdict) β = \(rounded(c.beta.estimate, beside: 1)), \(page.interval(c.beta, range)); "
        + "distillation helps exactly when β < 1.",
      testSentence,
    ]
    if c.helps {
      lines.append(
        c.bestLambda.estimate.isInfinite
          ? "The larger λ, the better: let the student imitate the teacher (\(page.interval(c.bestLambda, "of the best λ")))."
          : "Best λ = \(page.number(c.bestLambda.estimate)), \(page.interval(c.bestLambda)); helpful are "
            + "0 < λ < \(page.number(c.windowEnd.estimate)).")
      let share = (c.promise.gain / c.risk.baselineRisk).asDouble
      lines.append(
        "Expected gain at n = \(grouped(page.advice.askedRows)): \(page.number(c.promise.gain)) of a risk of "
          + "\(page.number(c.risk.baselineRisk)), that is \(page.percent(of: share)).")
      lines += shrinkage
    }
    lines.append(heldOut(c.heldOut, ""))
    let relation = c.delta.estimate > 0 ? ">" : c.delta.estimate < 0 ? "<" : "="
    lines.append(
      "The CCH says \(c.isPredicted ? "yes" : "no")\(c.isPredicted == c.helps ? "" : ", which is wrong for this fit"): "
        + "I(t;s) − I(s;y) = \(page.number(c.teacherInformation.estimate)) − \(page.number(c.labelInformation.estimate)) \(relation) 0 "
        + "nats; \(page.interval(c.delta, "of the difference")).")
    lines.append(
      c.isCalibrated
        ? "The calibrated criterion ΔI > ln a holds, which alone is enough."
        : "The calibrated criterion ΔI > ln a does not hold; it is enough, not necessary.")
    lines.append(reliability)
    return lines
  }

  /// How much of the gain is shrinkage, in words.
  private var shrinkage: [String] {
    guard let share = c.tuned.shrinkageShare else { return [] }
    let alone = page.number(c.tuned.promise.shrinkageGain)
    if share.estimate >= 1 {
      return ["All of it is shrinkage: shrinking alone, without the teacher, gains \(alone)."]
    }
    let interval = share.ends.map {
      " (\(range) interval \(page.percent(of: $0.lower)) to \(page.percent(of: $0.upper)))"
    }
    return [
      "Of it \(page.percent(of: share.estimate))\(interval ?? "") is shrinkage: shrinking alone, without the teacher, gains \(alone)."
    ]
  }

  private var plainVerdict: String {
    switch c.verdict {
    case .yes: "Helps:"
    case .no: "Does not help:"
    case .probablyYes: "Probably helps, but not beyond doubt:"
    case .probablyNo: "Probably does not help, but not beyond doubt:"
    }
  }

  private var testSentence: String {
    guard let test = c.test else { return "No exact test of β: \(AdvicePage.noTest)." }
    let (helps, p) = test.evidence
    let what = helps ? "β ≥ 1" : "β ≤ 1"
    return "Exact t-test on the half of the rows that the teacher was not fitted on: β = \(page.number(test.beta)) ± "
      + "\(page.number(test.standardError)), p \(page.probability(p)) for \(what) (\(test.degrees) degrees of freedom)."
  }

  private func heldOut(_ check: HeldOutCheck?, _ against: String) -> String {
    guard let check else { return "No check on held-out rows: \(AdvicePage.noHeldOut)." }
    if check.finding == .nothingDistilled {
      return "On held-out folds nothing was distilled: no training fold advised a weight above 0."
    }
    return
      "On held-out folds \(against)the squared error \(check.gain < 0 ? "rose" : "fell") by \(page.number(abs(check.gain), c.unit)) ± "
      + "\(page.number(check.standardError, c.unit)) from \(page.number(check.errorWithout, c.unit)): \(check.finding.words)\(heldOutRows)."
  }

  /// Which students the folds are about, where predictions are about others.
  private var heldOutRows: String {
    let (rows, asked) = (page.advice.rows, page.advice.askedRows)
    return rows == asked
      ? "" : " (students of nine tenths of the table's \(grouped(rows)) rows, not of \(grouped(asked)))"
  }

  private var rows: [String] {
    var lines: [String] = []
    if let crossover = c.crossover {
      let lambda = page.number(crossover.lambda)
      let interval = page.interval(crossover.rows)
      lines.append(
        crossover.rows.estimate.isInfinite
          ? "Crossover: at λ = \(lambda) it helps at every number of rows (\(interval))."
          : "Crossover: λ = \(lambda) helps below n = \(grouped(Int(crossover.rows.estimate.rounded(.up)))), and hurts from there on "
            + "(\(interval)).")
    }
    guard let joint = c.jointTeacher else {
      return lines + ["No regression on both modalities: p1 + p2 + 4 rows or more are needed for it."]
    }
    lines.append(
      "x1 beyond x2: f² = \(page.number(joint.effectSize.corrected ?? 0)) without bias, \(range) exact interval "
        + "\(joint.effectSize.ends.map { page.ends($0) } ?? ""); F = \(page.number(joint.statistic)), "
        + "p \(page.probability(joint.probabilityIfNothing)).")
    let best =
      switch joint.bestLambda {
      case .infinity: "imitating it"
      case .finite(let lambda): "λ = \(page.number(lambda))"
      }
    lines.append(
      "A teacher of both modalities, fitted to \(grouped(joint.teacherRows)) other rows, would gain "
        + "\(page.percent(of: joint.share.estimate)) of R0 by \(best). Fitted to the student's own rows it changes nothing, whatever λ is."
    )
    if let pseudo = c.pseudoLabels { lines += pseudoLabels(pseudo) }
    return lines
  }

  private func pseudoLabels(_ pseudo: PseudoLabelAdvice) -> [String] {
    let p = pseudo.imitationHelps ? pseudo.probabilityIfNotHelping : pseudo.probabilityIfHelping
    let threshold = page.number(pseudo.threshold)
    var lines = [
      "\(grouped(pseudo.rows)) rows without a label, labelled by the teacher of both modalities that these rows fit: imitating it on all "
        + "\(pseudo.imitationHelps ? "helps" : "hurts"), since f² is \(pseudo.imitationHelps ? "above" : "not above") p1/(n−p1−p2−1) = \(threshold), "
        + "p \(page.probability(p)) for the contrary.",
      "Its best weight is α = \(page.number(pseudo.bestWeight.estimate)), \(page.interval(pseudo.bestWeight)); gain "
        + "\(page.percent(of: pseudo.share.estimate)) of R0"
        + (pseudo.share.ends.map { ", \(page.percent(of: $0.lower)) to \(page.percent(of: $0.upper))" } ?? "") + ".",
    ]
    if pseudo.heldOut != nil { lines.append(heldOut(pseudo.heldOut, "with pseudo-labels ")) }
    return lines
  }

  private var reliability: String {
    let sign = c.rowsForSign.map { "from n = \(grouped($0)) on" } ?? "with no number of rows"
    let information = c.rowsForInformation.map { "from n = \(grouped($0)) on" } ?? "with no number of rows"
    return "If this fit were the truth, the sign of 1 − β̂ would mislead in less than 5 % of samples \(sign), "
      + "that of the estimated ΔI \(information)."
  }
}
