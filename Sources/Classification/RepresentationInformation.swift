import Estimation

/// The two informations of the CCH for a trained teacher and a student: I(H1; H2) and I(H2; Y), in nats.
///
/// H1 and H2 are the logits of the teacher and of the student that was trained without it, on rows that neither was
/// trained on; Y is the label. Columns are scaled to variance 1, which changes no information.
public struct RepresentationInformation: Sendable, Equatable {
  /// The estimate of I(H1; H2).
  public let teacherStudent: Double
  /// The estimate of I(H2; Y).
  public let studentLabel: Double

  /// Two estimates.
  public init(teacherStudent: Double, studentLabel: Double) {
    (self.teacherStudent, self.studentLabel) = (teacherStudent, studentLabel)
  }

  /// ΔI = I(H1; H2) − I(H2; Y): the CCH predicts a gain where it is positive.
  public var difference: Double { teacherStudent - studentLabel }

  /// Estimates I(H1; H2).
  ///
  /// - Parameters:
  ///   - teacher: logits, rows × classes.
  ///   - student: logits, rows × classes.
  ///   - classes: the number of classes.
  ///   - estimator: what estimates.
  ///   - seed: the seed of its random choices.
  /// - Throws: `EstimationError`.
  public static func ofTeacherAndStudent(
    _ teacher: [Float], _ student: [Float], classes: Int, estimator: any MutualInformationEstimator, seed: UInt64
  ) throws -> Double {
    try estimator.estimate(
      PairedSample(
        x: scaled(teacher, classes), xDimension: classes, y: scaled(student, classes), yDimension: classes), seed: seed
    ).nats
  }

  /// Estimates I(H2; Y).
  ///
  /// A KSG estimator becomes that of Ross (2014) for a discrete Y: the neighbours of a row are looked for among the
  /// rows of its class. Other estimators see Y as one-hot columns, without the last, which the others determine.
  ///
  /// - Parameters:
  ///   - student: logits, rows × classes.
  ///   - labels: the class of every row.
  ///   - classes: the number of classes.
  ///   - estimator: what estimates.
  ///   - seed: the seed of its random choices.
  /// - Throws: `EstimationError`, or ``ClassificationError/tooFewRows(_:needed:for:)`` where a class has not more rows
  ///   than there are neighbours.
  public static func ofStudentAndLabel(
    _ student: [Float], labels: [Int], classes: Int, estimator: any MutualInformationEstimator, seed: UInt64
  ) throws -> Double {
    let logits = scaled(student, classes)
    if let ksg = estimator as? KSG {
      return try discreteInformation(logits, columns: classes, labels: labels, ksg: ksg)
    }
    let oneHot = labels.flatMap { label in (0..<classes - 1).map { $0 == label ? 1.0 : 0 } }
    return try estimator.estimate(
      PairedSample(x: logits, xDimension: classes, y: oneHot, yDimension: classes - 1), seed: seed
    ).nats
  }

  private static func scaled(_ logits: [Float], _ classes: Int) -> [Double] {
    FeatureScaling(of: logits, columns: classes)(logits).map { Double($0) }
  }
}

/// The estimator of Ross (2014) of I(x; c) in nats, c a class: Î = ψ(k) + ψ(n) − ⟨ψ(n_c)⟩ − ⟨ψ(m)⟩.
///
/// n_c is the number of rows of a row's class, and m that of rows, itself included, that are nearer in x than the k-th nearest of
/// its class. This is KSG-1 where classes are codes on a line, so far apart that the k nearest in (x, c) are of the class itself.
///
/// - Throws: `EstimationError`, or ``ClassificationError/tooFewRows(_:needed:for:)`` where a class that occurs has not more
///   than k rows.
public func discreteInformation(
  _ x: [Double], columns: Int, labels: [Int], ksg: KSG = KSG(.square)
) throws -> Double {
  var sizes: [Int: Int] = [:]
  for label in labels { sizes[label, default: 0] += 1 }
  for (label, size) in sizes.sorted(by: { $0.key < $1.key }) where size <= ksg.k {
    throw ClassificationError.tooFewRows(size, needed: ksg.k + 1, for: "the information of class \(label)")
  }
  let distance = 2 * ((x.max() ?? 0) - (x.min() ?? 0)) + 1
  return try KSG(.square, k: ksg.k, threads: ksg.threads).estimate(
    PairedSample(x: x, xDimension: columns, y: labels.map { Double($0) * distance }, yDimension: 1)
  ).nats
}
