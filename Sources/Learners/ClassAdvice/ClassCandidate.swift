// SPDX-License-Identifier: GPL-3.0-or-later
import Classification

/// What distilling from one candidate comes to.
public struct ClassCandidate: Sendable {
  /// What may be said of it.
  public enum Verdict: String, Sendable {
    /// The gain and the gain beyond shuffled soft labels are above 0 with their intervals.
    case helps
    /// The gain is above 0 with its interval, that beyond shuffled soft labels is not: it may be mere regularisation.
    case regularises
    /// The gain is below 0 with its interval.
    case hurts
    /// The interval of the gain has 0 in it.
    case unclear
  }

  /// Where the soft labels come from.
  public let teacher: ClassTeacher
  /// What it is called.
  public let name: String
  /// The λ and T of the greatest gain on all folds.
  public let setting: DistillationSetting
  /// The slope of the held-out log-loss by λ at 0, at the first temperature.
  public let slope: Double
  /// The gain in log-loss after one temperature, in nats; the setting chosen on other folds.
  public let logLoss: GainEstimate
  /// The gain in accuracy.
  public let accuracy: GainEstimate
  /// The gain in weighted F1; nil where a fold lacks a class.
  public let weightedF1: GainEstimate?
  /// The gain in macro AUC; nil where a fold lacks a class.
  public let macroAUC: GainEstimate?
  /// The gain in log-loss of soft labels shuffled within class.
  public let shuffled: GainEstimate
  /// The gain in log-loss of class-mean soft labels.
  public let classMeans: GainEstimate
  /// The gain in log-loss beyond that of shuffled soft labels.
  public let beyondShuffled: GainEstimate
  /// The teacher's accuracy on held-out rows; nil where it is not of one view.
  public let teacherAccuracy: Double?
  /// The alignment of logits within class; nil where the teacher is not of one view.
  public let alignment: WithinClassAlignment?
  /// The informations of the CCH; nil where the teacher is not of one view.
  public let information: RepresentationInformation?
  /// I(H1; H2 | Y), what teacher and student tell of each other beyond the class; nil where the teacher is not of one view.
  public let withinClasses: WithinClassInformation?
  /// What rows without a label add; nil where there are none, or the teacher cannot label them.
  public let unlabelled: UnlabelledGain?
  /// What a perceptron student gains; nil where none was asked for.
  public let perceptron: PerceptronGain?

  /// What may be said.
  public var verdict: Verdict {
    if logLoss.lower > 0 { return beyondShuffled.lower > 0 ? .helps : .regularises }
    return logLoss.upper < 0 ? .hurts : .unclear
  }

  /// Of candidates in the order of their gains the first of the best verdict, but for label smoothing.
  static func recommended(of candidates: [ClassCandidate]) -> ClassCandidate? {
    let teachers = candidates.filter { $0.teacher != .smoothing }
    return [.helps, .regularises, .unclear, .hurts].lazy.compactMap { (verdict: Verdict) in
      teachers.first { $0.verdict == verdict }
    }.first
  }

  /// Whether soft labels shuffled within class gain most of what it gains: then it is regularisation, for which no teacher is needed.
  public var isMostlyRegularisation: Bool { shuffled.mean > 0 && 2 * shuffled.mean >= logLoss.mean }

  /// What the alignment of teacher and student within class speaks against.
  public enum Veto: String, Sendable {
    /// The two are not aligned (p > 0.05): there is no evidence of a gain beyond shuffled soft labels.
    case notAligned
    /// The teacher contradicts the student: it is expected to hurt.
    case contradicts
  }

  /// What alignment speaks against, where the gain beyond shuffled soft labels is not told from 0; nil also where it is not known.
  public var veto: Veto? {
    guard beyondShuffled.lower <= 0, let alignment else { return nil }
    if alignment.probability > 0.05 { return .notAligned }
    return alignment.r < 0 ? .contradicts : nil
  }
}
