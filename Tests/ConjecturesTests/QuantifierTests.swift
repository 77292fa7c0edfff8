// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import PropertyTesting
import SeededRuns
import Testing

@testable import Conjectures

@Suite struct QuantifierTests {
  private static let instance = try? Instance(
    sigma: RationalMatrix([[2, 1, 2], [1, 1, 1], [2, 1, 4]]), p1: 1, p2: 1, w1: RationalMatrix([[1]]), n: 3)

  private func truth(_ text: String) throws -> Bool? {
    let conjecture = try Conjecture(text)
    return Evaluator(Facts(try #require(QuantifierTests.instance))).truth(conjecture.formula).holds
  }

  /// Polynomials with known rational roots, in products of linear factors: quantified conditions against sampling densely, at
  /// every root and between.
  @Test func agreesWithSampling() throws {
    var seen = [Bool: Int]()
    for index in 0..<250 {
      var source = RandomSource(seed: 8, index: UInt64(index))
      // Roots are multiples of 1/2 in −3…3; samples are all multiples of 1/8 in −4…4.
      func polynomial() -> (text: String, value: (Rational) -> Rational) {
        let factors = (0..<source.integer(in: 1...3)).map { _ in Rational(source.integer(in: -6...6), 2) }
        let sign = Rational(source.chance(1, in: 2) ? 1 : -1)
        let spelled = factors.map { $0.signum < 0 ? "(z + \($0.magnitude))" : "(z - \($0))" }.joined(separator: "*")
        return ("\(sign.signum < 0 ? "0 - " : "")\(spelled)", { x in factors.reduce(sign) { $0 * (x - $1) } })
      }
      let (p, q) = (polynomial(), polynomial())
      let (relation, other) = (["<", "<=", ">", ">=", "="][index % 5], ["<", ">="][index % 2])
      let (isDisjunction, isAll) = (source.chance(1, in: 2), source.chance(1, in: 2))
      let (low, high) = (Rational(source.integer(in: -6...2), 2), Rational(source.integer(in: -2...6), 2))
      let (closedLow, closedHigh) = (source.chance(1, in: 2), source.chance(1, in: 2))
      let negative = { (x: Rational) in x.signum < 0 ? "0 - \(x.magnitude)" : "\(x)" }
      let text =
        "for \(isAll ? "all" : "some") z in \(closedLow ? "[" : "(")\(negative(low)), \(negative(high))\(closedHigh ? "]" : ")"): "
        + "\(p.text) \(relation) 0 \(isDisjunction ? "or" : "and") \(q.text) \(other) 0"
      func holds(_ x: Rational, _ name: String) -> Bool {
        switch name {
        case "<": x.signum < 0
        case "<=": x.signum <= 0
        case ">": x.signum > 0
        case ">=": x.signum >= 0
        default: x.signum == 0
        }
      }
      let points = (-32...32).map { Rational($0, 8) }.filter {
        (low < $0 || closedLow && low == $0) && ($0 < high || closedHigh && high == $0)
      }
      let truths = points.map { x in
        let (first, second) = (holds(p.value(x), relation), holds(q.value(x), other))
        return isDisjunction ? first || second : first && second
      }
      let expected = isAll ? truths.allSatisfy { $0 } : truths.contains(true)
      #expect(try truth(text) == expected, "\(text)")
      seen[expected, default: 0] += 1
    }
    #expect(seen[true] ?? 0 > 50 && seen[false] ?? 0 > 50)
  }

  /// Irrational roots, poles and ends.
  @Test(
    arguments: [
      ("for some z > 0: z^2 = 2", true), ("for some z > 0: z^2 = 2 and z^4 = 4", true),
      ("for some z > 0: z^2 = 2 and z^3 = 3", false), ("for some z in (0, 1.41421): z^2 = 2", false),
      ("for some z in (1.41421, 1.41422): z^2 = 2", true), ("for all z: z^2 - 2*z + 1 >= 0", true),
      ("for all z: z^2 - 2*z + 1 > 0", false), ("for all z: 1/z > 0 or 1/z < 0", nil),
      ("for some z: 1/z > 0", true), ("for all z > 0: 1/z > 0", true), ("for all z in [0, 1]: 1/z > 0", nil),
      ("for all z in (0, 1]: z/z = 1", true), ("for all small z > 0: z < z^2 + 1/1000", true),
      ("for all small z > 0: z^2 < z", true), ("for all small z: z > 0.0001", false),
      ("for all z in (1, 0): z > 5", true),
      ("for some z in (1, 0): z < 5", false), ("for some z in [1, 1]: z = 1", true),
      ("for some z in (1, 1]: z = 1", false),
      ("for all λ > 0: (R(λ) < R0 <=> λ < window.upper)", true), ("for all λ in (0, ∞): λ < ∞", true),
      ("for some λ in (∞, ∞): λ > 0", false), ("for all λ > 0: R(λ) >= R0 - best gain", true),
      ("for some λ >= 0: R(λ) < R0 - best gain", false), ("for all λ > 0: λ > 1 => λ^2 > λ", true),
      ("for every output j: for all λ > 0: λ*β[j] >= 0", true),
      ("for all λ > 0: (for every output j: λ + β[j] > 0)", true),
      ("for some z: z^5 - z - 1 = 0 and z > 1.167 and z < 1.168", true),
    ] as [(String, Bool?)])
  func known(_ text: String, _ expected: Bool?) throws {
    #expect(try truth(text) == expected, "\(text)")
  }

  /// Isolated roots: as many as a product of known factors has, each in its interval.
  @Test func rootsAreIsolated() {
    for index in 0..<60 {
      var source = RandomSource(seed: 9, index: UInt64(index))
      let roots = Set(
        (0..<source.integer(in: 1...5)).map { _ in Rational(source.integer(in: -20...20), source.integer(in: 1...7)) })
      var product = roots.reduce(Polynomial([1])) { $0 * [-$1, 1] }
      // Besides, without real roots, with irrational ones and with a double one.
      product = product * [1, 1, 1] * [-2, 0, 1] * [-roots.first!, 1]
      let isolated = product.isolatedRoots()
      #expect(isolated.count == roots.count + 2)
      for root in roots {
        #expect(isolated.count { $0.lower == root && $0.upper == root || $0.lower < root && root < $0.upper } == 1)
      }
      for (a, b) in zip(isolated, isolated.dropFirst()) { #expect(a.upper <= b.lower) }
      let (low, high) = (Rational(-1), Rational(1))
      #expect(product.isolatedRoots(from: low, to: high).count == roots.count { low < $0 && $0 < high })
    }
  }
}
