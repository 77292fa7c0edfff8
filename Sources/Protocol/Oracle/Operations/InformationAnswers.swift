// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Gaussian

extension ExactOracle {
  /// I(u; w).
  static func mutualInformation(_ question: OracleInput) throws(Refusal) -> OracleAnswer {
    let sigma = try question.matrix("sigma")
    do throws(MatrixError) { try sigma.requirePositiveDefinite() } catch { throw Refusal(sigma: error) }
    let (u, w) = (try question.integers("u"), try question.integers("w"))
    try requireDisjoint(u, w, dimension: sigma.rows)
    do throws(GaussianError) {
      return OracleAnswer([.init(.nats, .nats(ShiftedHalfLogarithm(try sigma.mutualInformation(u, w))))])
    } catch { throw Refusal(.index, "\(error)") }
  }

  private static func requireDisjoint(_ u: [Int], _ w: [Int], dimension: Int) throws(Refusal) {
    var seen = Set<Int>()
    for (name, list) in [("u", u), ("w", w)] {
      guard !list.isEmpty else { throw Refusal(.sizes, "\(name) is empty; it needs at least 1 index") }
      for index in list {
        guard (0..<dimension).contains(index) else {
          throw Refusal(.index, "\(name): \(index) is outside of 0 ..< \(dimension)")
        }
        guard seen.insert(index).inserted else { throw Refusal(.index, "\(name): \(index) is named twice") }
      }
    }
  }

  /// I(t; s), I(s; y) and ΔI.
  static func complementarity(_ question: OracleInput) throws(Refusal) -> OracleAnswer {
    let (ts, sy) = try informations(question)
    return OracleAnswer([
      .init(.teacherInformation, .nats(ShiftedHalfLogarithm(ts))),
      .init(.labelInformation, .nats(ShiftedHalfLogarithm(sy))),
      .init(.difference, .nats(ShiftedHalfLogarithm(ts - sy))),
    ])
  }

  /// Whether ΔI > 0.
  static func prediction(_ question: OracleInput) throws(Refusal) -> OracleAnswer {
    let (ts, sy) = try informations(question)
    return OracleAnswer([.init(.predicts, .bool(ts > sy))])
  }

  private static func informations(_ question: OracleInput) throws(Refusal) -> (ts: HalfLogarithm, sy: HalfLogarithm) {
    let moments = try informativeMoments(question)
    do throws(GaussianError) { return (try moments.teacherInformation(), try moments.labelInformation()) } catch {
      throw Refusal(.degenerateTeacher, "t and s are linearly dependent, so their information is not finite")
    }
  }

  /// I(t; s | y).
  static func conditionalInformation(_ question: OracleInput) throws(Refusal) -> OracleAnswer {
    let moments = try informativeMoments(question)
    do throws(GaussianError) {
      return OracleAnswer([.init(.nats, .nats(ShiftedHalfLogarithm(try moments.conditionalInformation())))])
    } catch {
      throw Refusal(.degenerateTeacher, "t and s are linearly dependent given y, so their information is not finite")
    }
  }

  /// The moments of a problem in which t and s have densities.
  private static func informativeMoments(_ question: OracleInput) throws(Refusal) -> Moments {
    let instance = try question.instance(withRows: false)
    do throws(InstanceError) { try instance.requireInformative() } catch { throw Refusal(error) }
    guard instance.w1.hasIndependentColumns else {
      throw Refusal(.degenerateTeacher, "w1 has linearly dependent columns, so t has no density")
    }
    // w* = Σ22⁻¹Σ23 has the rank of Σ23.
    guard instance.sigma.selecting(rows: instance.x2, columns: instance.y).hasIndependentColumns else {
      throw Refusal(.degenerateStudent, "w* has linearly dependent columns, so s has no density")
    }
    return Moments(instance)
  }
}

extension RationalMatrix {
  /// Whether the columns are linearly independent: the Gram determinant is not 0.
  package var hasIndependentColumns: Bool { columns <= rows && (transposed * self).determinant.signum > 0 }
}
