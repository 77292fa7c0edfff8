// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// A part of the space of instances where claims are decided: a verification that never went there has tested little.
public struct Region: Sendable {
  /// What it is, as in "ΔI = 0".
  public let name: String
  /// Whether an instance lies in it.
  public let contains: @Sendable (Facts) -> Bool

  /// The least share of the instances of a verification that each region must have.
  public static let requiredShare = 0.002

  /// The regions that every verification must visit; those of q = 1 by informations and scales that are defined there.
  public static let all: [Region] = [
    Region("p1 < p2") { $0.instance.p1 < $0.instance.p2 },
    Region("p1 > p2") { $0.instance.p1 > $0.instance.p2 },
    Region("n = p2+2") { $0.instance.n == $0.instance.p2 + 2 },
    Region("q > 1") { $0.instance.q > 1 },
    Region("least-squares teacher") { $0.isLeastSquaresTeacher },
    Region("two modalities") { $0.instance.p1a != nil },
    Region("Σ near-singular") { $0.isNearSingular },
    scalar("ΔI = 0") { delta, _ in delta == 1 },
    scalar("ΔI > 0 within 1 %") { delta, _ in delta > 1 && isNear(delta, 1) },
    scalar("ΔI < 0 within 1 %") { delta, _ in delta < 1 && isNear(delta, 1) },
    scalar("c = σε²") { _, m in m.beta == 1 },
    scalar("c > σε² within 1 %") { _, m in m.beta > 1 && isNear(m.beta, 1) },
    scalar("c < σε² within 1 %") { _, m in m.beta < 1 && isNear(m.beta, 1) },
    scalar("a > 1 within 1 %") { _, m in m.scaleSquared > 1 && isNear(m.scaleSquared, 1) },
    scalar("a ≤ 1 within 1 %") { _, m in m.scaleSquared <= 1 && isNear(m.scaleSquared, 1) },
    scalar("harmful: c > σε²") { _, m in m.beta > 1 },
  ]

  private init(_ name: String, _ contains: @escaping @Sendable (Facts) -> Bool) {
    (self.name, self.contains) = (name, contains)
  }

  /// A region of q = 1 by e^(2ΔI) and the moments.
  private static func scalar(_ name: String, _ contains: @escaping @Sendable (Rational, Moments) -> Bool) -> Region {
    Region(name) { facts in
      guard facts.instance.q == 1, let delta = try? facts.delta().argument else { return false }
      return contains(delta, facts.moments)
    }
  }

  private static func isNear(_ x: Rational, _ y: Rational) -> Bool { (x - y).magnitude * 100 <= y.magnitude }
}

extension Facts {
  /// Whether det Σ is below a millionth of the product of Σ's diagonal, which it never exceeds (Hadamard).
  fileprivate var isNearSingular: Bool {
    let sigma = instance.sigma
    return (0..<sigma.rows).reduce(1_000_000 * sigma.determinant) { $0 / sigma[$1, $1] } < 1
  }
}
