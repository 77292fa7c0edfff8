// SPDX-License-Identifier: GPL-3.0-or-later
import Estimation
import SeededRuns

/// I(H1; H2 | Y): what a teacher's representation and a student's tell of each other beyond the class, in nats.
///
/// It is 0 where the two are paired at random within their class, however much both tell of it: then no student gains more than by soft labels
/// shuffled within class.
public struct WithinClassInformation: Sendable, Equatable {
  /// The estimate, or why there is none.
  public let estimate: InformationCell
  /// The mean estimate where rows are paired at random within their stratum: what the method says where there is nothing; nil without an estimate.
  public let byChance: Double?
  /// The share of random pairings whose estimate is not smaller, the given one among them: an exact p-value; nil without an estimate.
  public let probability: Double?

  /// Estimates the information by the mean over classes, with a permutation test.
  ///
  /// - Parameters:
  ///   - teacher: logits, rows × classes.
  ///   - student: logits, rows × classes.
  ///   - labels: the class of every row.
  ///   - classes: the number of classes.
  ///   - strata: the class of every row, or, where rows were judged by different fits, a number for each class and fit; rows are paired at random within these,
  ///     so that what a fit does to all of its rows is no information.
  ///   - permutations: how many; p is no smaller than one in so many and one.
  ///   - estimator: what estimates within a class.
  ///   - seed: the seed of its random choices and of the permutations.
  /// - Precondition: there are a label and a stratum for every row.
  public init(
    teacher: [Float], student: [Float], labels: [Int], classes: Int, strata: [Int], permutations: Int = 99,
    estimator: any MutualInformationEstimator = AutomaticEstimator(), seed: UInt64
  ) {
    precondition(labels.count == strata.count, "a label and a stratum for every row")
    let method = WithinClasses(estimator)
    var others: [Double] = []
    estimate = InformationCell(named: estimator.name) { () throws(EstimationError) in
      let (x, y) = (
        RepresentationInformation.scaled(teacher, classes), RepresentationInformation.scaled(student, classes)
      )
      let own = try method.estimate(
        PairedSample(x: x, xDimension: classes, y: y, yDimension: classes), labels: labels, seed: seed)
      let orders = RowOrders(labels: strata)
      var source = RandomSource(seed: seed, index: 0)
      for _ in 0..<permutations {
        let shuffled = orders.draw(&source).flatMap { y[$0 * classes..<($0 + 1) * classes] }
        others.append(
          try method.estimate(
            PairedSample(x: x, xDimension: classes, y: shuffled, yDimension: classes), labels: labels, seed: seed
          ).nats)
      }
      return own
    }
    let test = estimate.nats.flatMap { PermutationTest($0, others: others) }
    (byChance, probability) = (test?.mean, test?.probability)
  }
}
