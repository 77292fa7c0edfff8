// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Foundation
import Gaussian
import Oracle

/// Mistakes about informations and what is decided by them.
enum InformationMistakes {
  static let all = informations + complementarity + predictions

  private static let informations: [WrongFormula] = [
    pairwise("−½ ln(1−|ρ|), the correlation not squared", size: 1) { -0.5 * log(1 - abs($0[0])) },
    pairwise("½ ln(1−ρ²) without the minus", size: 1) { 0.5 * log(1 - $0[0] * $0[0]) },
    pairwise("the sum over pairs of −½ ln(1−ρᵢⱼ²), each pair for itself") { rho in
      rho.reduce(0) { $0 - 0.5 * log(1 - $1 * $1) }
    },
    determinants("½ ln(det Σu / det Σ(u,w)), det Σw forgotten") { u, _, joint in 0.5 * log(u / joint) },
    determinants("½ ln(det Σw / det Σ(u,w)), det Σu forgotten") { _, w, joint in 0.5 * log(w / joint) },
    determinants("½ ln(det Σ(u,w) / (det Σu · det Σw)), the sign") { u, w, joint in 0.5 * log(joint / u / w) },
    indices("the information of the first coordinates, the lists u and w not used") { u, w, _ in
      (Array(0..<u.count), Array(u.count..<(u.count + w.count)))
    },
    indices("the information for indices from 1 in place of 0") { u, w, _ in (u.map { $0 - 1 }, w.map { $0 - 1 }) },
    indices("the information with the first index of each list alone") { u, w, _ in ([u[0]], [w[0]]) },
    indices("the information of u and all other coordinates") { u, _, d in (u, (0..<d).filter { !u.contains($0) }) },
  ]

  private static func pairwise(
    _ summary: String, size: Int? = nil, _ value: @escaping @Sendable ([Double]) -> Double
  ) -> WrongFormula {
    WrongFormula(summary: summary, operations: [.mutualInformation]) { _, input in
      let (sigma, u, w) = try lists(input.question)
      if let size, u.count != size || w.count != size { return nil }
      return .number(
        "nats",
        value(
          u.flatMap { i in
            w.map { j in sigma[i, j].asDouble / (sigma[i, i].asDouble * sigma[j, j].asDouble).squareRoot() }
          }))
    }
  }

  private static func determinants(_ summary: String, _ value: @escaping @Sendable (Double, Double, Double) -> Double)
    -> WrongFormula
  {
    WrongFormula(summary: summary, operations: [.mutualInformation]) { _, input in
      let (sigma, u, w) = try lists(input.question)
      let numbers = [u, w, u + w].map { sigma.selecting($0).determinant.asDouble }
      guard numbers.allSatisfy({ $0.isNormal }) else { return nil }
      return .number("nats", value(numbers[0], numbers[1], numbers[2]))
    }
  }

  private static func indices(_ summary: String, _ change: @escaping @Sendable ([Int], [Int], Int) -> ([Int], [Int]))
    -> WrongFormula
  {
    WrongFormula(summary: summary, operations: [.mutualInformation]) { _, input in
      let (sigma, u, w) = try lists(input.question)
      let (a, b) = change(u, w, sigma.rows)
      guard (a + b).allSatisfy({ (0..<sigma.rows).contains($0) }), Set(a + b).count == a.count + b.count, !b.isEmpty
      else { return nil }
      return .number("nats", try sigma.mutualInformation(a, b).asDouble)
    }
  }

  private static func lists(_ question: OracleInput) throws -> (RationalMatrix, [Int], [Int]) {
    (try question.matrix("sigma"), try question.integers("u"), try question.integers("w"))
  }

  // MARK: cch

  private static let complementarity: [WrongFormula] = [
    pair("I(x1;x2) in place of I(t;s)") { try (whole($0, $0.instance.x1, $0.instance.x2), $0.label) },
    pair("I(t;s) and I(s;y) exchanged") { ($0.label, $0.teacher) },
    pair("I(t;y) in place of I(s;y)") { try ($0.teacher, outputs($0, 0, 1)) },
    pair("I(t;y) in place of I(t;s)") { try (outputs($0, 0, 1), $0.label) },
    pair("I(x1;y) in place of I(s;y)") { try ($0.teacher, whole($0, $0.instance.x1, $0.instance.y)) },
    pair("I(t;x2) in place of I(t;s)") { facts in
      let m = facts.moments
      guard facts.instance.q == 1 else { return nil }
      return (0.5 * log((m.varT / m.teacherResidualVariance).asDouble), facts.label)
    },
    pair("the formulas with w* = Σ23, Σ22⁻¹ forgotten") {
      try images($0.instance, student: $0.instance.crossCovariance)
    },
    pair("the first output alone (q > 1: the outputs are informative together)") { facts in
      guard facts.instance.q > 1 else { return nil }
      let first = facts.moments.output(0)
      return try (first.teacherInformation().asDouble, first.labelInformation().asDouble)
    },
    pair("the sums of the outputs' informations (q > 1: the outputs are informative together)") { facts in
      guard facts.instance.q > 1 else { return nil }
      let m = facts.moments
      return try (0..<facts.instance.q).reduce((0.0, 0.0)) {
        try ($0.0 + m.output($1).teacherInformation().asDouble, $0.1 + m.output($1).labelInformation().asDouble)
      }
    },
    WrongFormula(summary: "−ΔI, I(s;y) − I(t;s)", operations: [.cch]) { _, input in
      let facts = try input.informations()
      return .numbers(["delta": facts.label - facts.teacher])
    },
    WrongFormula(summary: "ΔI cut off at 0", operations: [.cch]) { _, input in
      let facts = try input.informations()
      return .numbers(["delta": max(0, facts.teacher - facts.label)])
    },
  ]

  @inline(never) private static func pair(
    _ summary: String, _ value: @escaping @Sendable (FormulaInput.Informations) throws -> (Double, Double)?
  )
    -> WrongFormula
  {
    WrongFormula(summary: summary, operations: [.cch, .cchPredicts]) { operation, input in
      guard let (ts, sy) = try value(try input.informations()) else { return nil }
      return operation == .cch ? .numbers(["i_ts": ts, "i_sy": sy, "delta": ts - sy]) : .verdict(ts > sy)
    }
  }

  private static func whole(_ facts: FormulaInput.Informations, _ a: Range<Int>, _ b: Range<Int>) throws -> Double {
    try facts.instance.sigma.mutualInformation(Array(a), Array(b)).asDouble
  }

  /// I of two of the parts 0: t, 1: y.
  private static func outputs(_ facts: FormulaInput.Informations, _ a: Int, _ b: Int) throws -> Double {
    let (q, m) = (facts.instance.q, facts.moments)
    return try m.total.mutualInformation(Array(a * q..<(a + 1) * q), Array(b * q..<(b + 1) * q)).asDouble
  }

  /// Both informations with other weights of the student.
  private static func images(_ instance: Instance, student: RationalMatrix) throws -> (Double, Double) {
    let (p1, p2, q) = (instance.p1, instance.p2, instance.q)
    let map = RationalMatrix(rows: 3 * q, columns: p1 + p2 + q) { i, j in
      switch i / q {
      case 0: j < p1 ? instance.w1[j, i] : 0
      case 1: (p1..<(p1 + p2)).contains(j) ? student[j - p1, i - q] : 0
      default: j == p1 + p2 + i - 2 * q ? 1 : 0
      }
    }
    let joint = map * instance.sigma * map.transposed
    let (t, s, y) = (Array(0..<q), Array(q..<(2 * q)), Array((2 * q)..<(3 * q)))
    return try (
      joint.selecting(t + s).mutualInformation(t, s).asDouble,
      joint.selecting(s + y).mutualInformation(t, Array(q..<(2 * q))).asDouble
    )
  }

  // MARK: cch_predicts

  private static let predictions: [WrongFormula] = [
    verdict("ΔI ≥ 0: a tie predicts nothing") { $0.teacher >= $0.label - 1e-12 },
    verdict("ΔI < 0, the sign") { $0.teacher < $0.label },
    verdict("c < σε², which is whether it helps, not what the CCH predicts") { $0.moments.helpsForSmallLambda },
    verdict("ΔI > ln a, the calibrated criterion, not that of the CCH") { facts in
      let a = facts.moments.scaleSquared.asDouble.squareRoot()
      return facts.teacher - facts.label > log(a)
    },
    verdict("ΔI > 0 and var(t) ≤ var(y), the theorem's premise, not the CCH's") { facts in
      let m = facts.moments
      return facts.teacher > facts.label && m.varT <= m.varY
    },
  ]

  private static func verdict(
    _ summary: String, _ value: @escaping @Sendable (FormulaInput.Informations) throws -> Bool
  )
    -> WrongFormula
  {
    WrongFormula(summary: summary, operations: [.cchPredicts]) { _, input in
      .verdict(try value(try input.informations()))
    }
  }
}

extension Instance {
  /// Σ23.
  fileprivate var crossCovariance: RationalMatrix { sigma.selecting(rows: Array(x2), columns: Array(y)) }
}
