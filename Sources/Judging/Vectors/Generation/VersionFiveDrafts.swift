// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Oracle

/// Vectors of version 5: the number of rows below which λ helps, where the student's inputs are nearly collinear.
///
/// Most of B comes from the direction in which they hardly vary, so that whatever regularises Σ22 is off.
enum VersionFiveDrafts {
  /// The operations that this version adds to.
  static let operations: [OracleOperation] = [.crossover]

  /// The drafts that are added to an operation's, in their order.
  static func drafts(_ operation: OracleOperation) -> [Draft] {
    guard operations.contains(operation) else { return [] }
    return [12, 20].compactMap { ProblemDrafts.draft(nearlyCollinear($0), operation) }
  }

  /// Two inputs of correlation 1 − 2^−`bits`, bits even, and a teacher that follows their difference: B is about 3, of which 2 come
  /// from it.
  private static func nearlyCollinear(_ bits: Int) -> VectorProblem {
    let (near, step) = (1 - Rational.powerOfTwo(-bits), Rational.powerOfTwo(-bits / 2))
    let comment = "x2 nearly collinear: correlation 1 − 2^−\(bits), and t follows the difference"
    do {
      let sigma = try RationalMatrix([
        [16, 2 + step, 2 - step, 1], [2 + step, 1, near, 1], [2 - step, near, 1, 1], [1, 1, 1, 4],
      ])
      return VectorProblem(
        topic: .illConditioned, comment: comment,
        instance: try Instance(sigma: sigma, p1: 1, p2: 2, w1: RationalMatrix.column([1]), lambda: Rational(1, 4)))
    } catch { preconditionFailure("\(comment): \(error)") }
  }
}
