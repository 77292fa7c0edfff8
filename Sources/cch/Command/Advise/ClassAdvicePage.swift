// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ClassAdvice
import Classification
import ExactJSON
import Foundation
import PlainText

/// Advice about classes in plain sentences, with tables after them; lines of at most 80 columns but for names.
struct ClassAdvicePage {
  let advice: ClassAdvisor
  let dropped: Int
  let file: String
  let label: String

  var settings: ClassAdvisor.Settings { advice.settings }
  private var smoothing: ClassCandidate? { advice.candidates.first { $0.teacher == .smoothing } }

  var text: String {
    let data = advice.data
    var paragraphs = [head, verdict]
    paragraphs += [sampling, outputs].compactMap(\.self)
    var gains = TextTable([
      ("teacher", .left), ("λ", .right), ("T", .right), ("log-loss gain", .right), ("shuffled", .right),
      ("beyond", .right), ("verdict", .left),
    ])
    for c in advice.candidates {
      gains.append(
        short(c.name), number(c.setting.weight), number(c.setting.temperature), interval(c.logLoss, 3),
        decimal(c.shuffled.mean, 3), decimal(c.beyondShuffled.mean, 3), c.verdict.rawValue)
    }
    var other = TextTable([("teacher", .left), ("accuracy", .right), ("F1", .right)])
    for c in advice.candidates {
      other.append(short(c.name), interval(c.accuracy, 3), c.weightedF1.map { interval($0, 3) } ?? "–")
    }
    var more = TextTable([("teacher", .left), ("AUC", .right), ("class means", .right), ("slope", .right)])
    for c in advice.candidates {
      more.append(
        short(c.name), c.macroAUC.map { interval($0, 3) } ?? "–", decimal(c.classMeans.mean, 3), decimal(c.slope, 3))
    }
    var evidence = TextTable([
      ("teacher", .left), ("accuracy", .right), ("r", .right), ("p", .right), ("I given Y", .right), ("p", .right),
      ("ΔI", .right), ("CCH says", .left),
    ])
    for c in advice.candidates where c.alignment != nil {
      let delta = c.information?.difference
      evidence.append(
        short(c.name), c.teacherAccuracy.map { decimal($0, 3) } ?? "–", c.alignment.map { decimal($0.r, 3) } ?? "–",
        c.alignment.map { decimal($0.probability, 3) } ?? "–",
        c.withinClasses?.estimate.nats.map { decimal($0, 3) } ?? "–",
        c.withinClasses?.probability.map { decimal($0, 2) } ?? "–", delta.map { decimal($0, 3) } ?? "–",
        delta.map { $0 > 0 ? "gain" : "no gain" } ?? "–")
    }
    paragraphs.append(
      wrapped(
        "Gains in log-loss (nats, after one fitted temperature) of the best λ and T, chosen on other folds, with "
          + "\(levelText(settings.level)) intervals; of soft labels shuffled within class; and beyond them:")
        + gains.text
    )
    paragraphs.append(
      wrapped(
        "Gains by other measures; class means: the log-loss gain of the mean soft label of each class; slope: how the log-loss begins to change with λ, at T = \(number(settings.temperatures[0])):"
      ) + other.text + "\n" + more.text)
    if !evidence.rows.isEmpty {
      paragraphs.append(
        wrapped(
          "Teachers on held-out rows: accuracy; alignment r with the student within class and its p, a veto and no forecast; "
            + "I(H1;H2|Y) in nats, what they tell of each other beyond the class, and its p; ΔI = I(H1;H2) − I(H2;Y) in nats, for comparison:"
        ) + evidence.text)
    }
    paragraphs += [unlabelled, perceptrons].compactMap(\.self)
    paragraphs.append(
      wrapped(
        "\"Other rows\": every row's soft label is of a teacher fitted without it. Log-loss gains are what the log-loss falls by"
          + " for a student of \(grouped(data.rowCount * (settings.folds - 1) / settings.folds)) rows. \(ClassAdvicePage.coverage)"
      ))
    return paragraphs.joined(separator: "\n")
  }

  private var head: String {
    let data = advice.data
    let left = dropped > 0 ? ", \(grouped(dropped)) with missing values left out" : ""
    return wrapped(
      "\(file): \(grouped(advice.rowsBefore)) rows\(left), \(data.classNames.count) classes of \(label) · "
        + "\(data.student.featureCount) student columns · seed \(settings.seed)")
      + wrapped(
        "Student alone: accuracy \(decimal(advice.alone.accuracy, 3)), log-loss \(decimal(advice.alone.logLoss, 3)) nats on "
          + "held-out rows; weight decay \(number(advice.weightDecay)), chosen without a teacher.")
  }

  private var sampling: String? {
    advice.data.rowCount < advice.rowsBefore
      ? wrapped(
        "A sample of \(grouped(advice.data.rowCount)) rows was looked at, classes in proportion; gains mostly shrink with rows, so "
          + "with all \(grouped(advice.rowsBefore)) expect less.") : nil
  }

  /// What the numbers of teachers that were trained elsewhere were taken for.
  private var outputs: String? {
    let read = advice.data.outside.map { "\($0.name) as \($0.logits.outputs.rawValue)" }
    return read.isEmpty ? nil : wrapped("Read: \(read.joined(separator: ", ")) (--teacher-outputs says otherwise).")
  }

  /// The answer, and what it rests on.
  private var verdict: String {
    guard let best = advice.recommended else { return wrapped("No teacher to judge.") }
    let how = "λ = \(number(best.setting.weight)), T = \(number(best.setting.temperature))"
    let gain =
      "log-loss \(signed(best.logLoss.mean)) nats (\(interval(best.logLoss, 3))), accuracy \(signed(best.accuracy.mean))"
    var sentences: [String] = []
    switch best.verdict {
    case .helps:
      sentences.append("Yes, distil from \(best.name) with \(how): gain in \(gain).")
      sentences.append(
        "Shuffled within class its soft labels gain \(signed(best.shuffled.mean)): the rest is knowledge of single rows."
      )
    case .regularises:
      sentences.append("Soft labels of \(best.name) with \(how) help: gain in \(gain).")
      sentences.append(
        (best.isMostlyRegularisation
          ? "But shuffled within class they gain \(signed(best.shuffled.mean)) too: this is regularisation, for which no teacher is needed"
          : "But these rows do not tell that the gain beyond shuffling within class, \(interval(best.beyondShuffled, 3)), is above 0: it may be regularisation, for which no teacher is needed")
          + (smoothing.map { "; label smoothing gains \(signed($0.logLoss.mean))" } ?? "") + ".")
    case .unclear:
      sentences.append(
        "No verdict, so don't: the best candidate, \(best.name) with \(how), gains in \(gain), which may be chance.")
    case .hurts: sentences.append("No, don't distil: the best candidate, \(best.name) with \(how), changes \(gain).")
    }
    if let more = advice.candidates.first(where: { $0.teacher != .smoothing }), more.name != best.name {
      let what = more.verdict == .regularises ? "perhaps regularisation" : "not told from chance"
      sentences.append("A greater gain, \(signed(more.logLoss.mean)), that of \(more.name), is \(what).")
    }
    if let veto = best.veto, let alignment = best.alignment {
      sentences.append(
        veto == .notAligned
          ? "Within class it is not aligned with the student (p = \(decimal(alignment.probability, 2))): "
            + "no evidence of a gain beyond shuffled soft labels."
          : "Within class it contradicts the student (r = \(decimal(alignment.r, 2))): expected to hurt.")
    }
    return wrapped(sentences.joined(separator: " "))
  }

  /// What was measured: 'What told the gain' in the documentation of ClassAdvice has the tables.
  private static let coverage =
    "Where it was tested, 95 % intervals of log-loss gains held the mean gain in 91 to 99 % of runs."

  func short(_ name: String) -> String { name.count > 17 ? name.prefix(16) + "…" : name }

  func number(_ value: Double) -> String { String(format: "%g", value) }

  private func signed(_ value: Double) -> String { withMinus(String(format: "%+.3f", value)) }

  func interval(_ gain: GainEstimate, _ digits: Int) -> String {
    "\(decimal(gain.mean, digits)) [\(decimal(gain.lower, digits)), \(decimal(gain.upper, digits))]"
  }

}
