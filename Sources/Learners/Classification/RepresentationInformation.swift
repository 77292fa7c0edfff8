// SPDX-License-Identifier: GPL-3.0-or-later
import Estimation

/// The two informations of the CCH for a trained teacher and a student: I(H1; H2) and I(H2; Y), in nats.
///
/// H1 and H2 are the logits of the teacher and of the student that was trained without it, on rows that neither was
/// trained on; Y is the label. Columns are scaled to variance 1, which changes no information.
public struct RepresentationInformation: Sendable, Equatable {
  /// The estimate of I(H1; H2).
  public let teacherStudent: InformationCell
  /// The estimate of I(H2; Y).
  public let studentLabel: InformationCell

  /// Two estimates.
  public init(teacherStudent: InformationCell, studentLabel: InformationCell) {
    (self.teacherStudent, self.studentLabel) = (teacherStudent, studentLabel)
  }

  /// ΔI = I(H1; H2) − I(H2; Y): the CCH predicts a gain where it is positive; nil where one of them is missing.
  public var difference: Double? {
    guard let teacherStudent = teacherStudent.nats, let studentLabel = studentLabel.nats else { return nil }
    return teacherStudent - studentLabel
  }

  /// Estimates I(H1; H2).
  ///
  /// KSG stands for `AutomaticEstimator`: logits whose values repeat, as those of inputs of few values do, are counted or get the
  /// mixed estimator. Others estimate as they are; a value that no information can have is not passed on.
  ///
  /// - Parameters:
  ///   - teacher: logits, rows × classes.
  ///   - student: logits, rows × classes.
  ///   - classes: the number of classes.
  ///   - estimator: what estimates.
  ///   - seed: the seed of its random choices.
  public static func ofTeacherAndStudent(
    _ teacher: [Float], _ student: [Float], classes: Int,
    estimator: any MutualInformationEstimator = AutomaticEstimator(), seed: UInt64
  ) -> InformationCell {
    InformationCell(named: estimator.name) { () throws(EstimationError) in
      let sample = try PairedSample(
        x: scaled(teacher, classes), xDimension: classes, y: scaled(student, classes), yDimension: classes)
      if let ksg = estimator as? KSG {
        return try AutomaticEstimator(k: ksg.k, threads: ksg.threads).estimate(sample, seed: seed)
      }
      return try sample.bounded(estimator.estimate(sample, seed: seed))
    }
  }

  /// Estimates I(H1; H2 | Y): the mean of I(H1; H2) within the classes, by the estimator that the rows of each ask for.
  ///
  /// - Parameters:
  ///   - teacher: logits, rows × classes.
  ///   - student: logits, rows × classes.
  ///   - labels: the class of every row.
  ///   - classes: the number of classes.
  ///   - seed: the seed of the estimators' random choices.
  public static func ofTeacherAndStudent(
    _ teacher: [Float], _ student: [Float], labels: [Int], classes: Int, seed: UInt64
  ) -> InformationCell {
    InformationCell(named: "within classes") { () throws(EstimationError) in
      try WithinClasses(AutomaticEstimator()).estimate(
        PairedSample(
          x: scaled(teacher, classes), xDimension: classes, y: scaled(student, classes), yDimension: classes),
        labels: labels, seed: seed)
    }
  }

  /// Estimates I(H2; Y).
  ///
  /// KSG and the estimators that choose by the data count, or do as Ross (2014), which knows what a class is. Neural estimators see Y as one-hot
  /// columns, without the last, which the others determine. A Gaussian method has no answer: a class is not Gaussian. No value above
  /// the class's entropy is passed on.
  ///
  /// - Parameters:
  ///   - student: logits, rows × classes.
  ///   - labels: the class of every row.
  ///   - classes: the number of classes.
  ///   - estimator: what estimates.
  ///   - seed: the seed of its random choices.
  public static func ofStudentAndLabel(
    _ student: [Float], labels: [Int], classes: Int,
    estimator: any MutualInformationEstimator = AutomaticEstimator(), seed: UInt64
  ) -> InformationCell {
    InformationCell(named: estimator.name) { () throws(EstimationError) in
      guard estimator.family != .gaussian else {
        throw .invalidParameter("a class is not Gaussian, so there is nothing that a Gaussian method could say of it")
      }
      let logits = scaled(student, classes)
      func automatic(_ k: Int, _ threads: Int) throws(EstimationError) -> Estimate {
        try AutomaticEstimator(k: k, threads: threads).estimate(logits, columns: classes, labels: labels)
      }
      switch estimator {
      case let ksg as KSG: return try automatic(ksg.k, ksg.threads)
      case let mixed as MixedKSG: return try automatic(mixed.k, mixed.threads)
      case let chosen as AutomaticEstimator: return try automatic(chosen.k, chosen.threads)
      case let ross as Ross:
        return try InformationBound(labels: labels).checking(ross.estimate(logits, columns: classes, labels: labels))
      default:
        let oneHot = labels.flatMap { label in (0..<classes - 1).map { $0 == label ? 1.0 : 0 } }
        let sample = try PairedSample(x: logits, xDimension: classes, y: oneHot, yDimension: classes - 1)
        return try InformationBound(labels: labels).checking(estimator.estimate(sample, seed: seed))
      }
    }
  }

  static func scaled(_ logits: [Float], _ classes: Int) -> [Double] {
    let logits = logits.map { Double($0) }
    guard !logits.isEmpty, logits.allSatisfy(\.isFinite) else { return logits }
    return FeatureScaling(of: logits, columns: classes)(logits)
  }
}
