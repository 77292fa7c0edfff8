// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON
import Oracle

/// Vectors of version 2, which follow those of version 1: found by trying the vectors on wrong variants of programs.
enum VersionTwoDrafts {
  /// The further drafts of an operation, in their order.
  static func drafts(_ operation: OracleOperation) -> [Draft] {
    switch operation {
    case .mutualInformation: return MoreInformations.all
    case .fitStudent: return MoreData.student
    case .gaussianPlugIn: return MoreData.plugIn
    case .ksg: return MoreData.neighbours
    default: return problems.compactMap { draft($0, operation) } + invalid(operation)
    }
  }

  private static func draft(_ problem: VectorProblem, _ operation: OracleOperation) -> Draft? {
    var draft = Draft(
      comment: problem.comment, flags: problem.topic.flags(operation), catches: problem.topic.catches(operation),
      input: problem.input(of: operation))
    let assessment = Assessment(operation, input: draft.input)
    draft.assessment = assessment
    if case .refused = assessment.expected { return nil }
    return assessment.isRobust ? draft : nil
  }

  private static var problems: [VectorProblem] { nearTies + outputs + scales + mantissas }

  /// ρ(s, y)² = 1/2 and ρ(t, s)² = 1/(2−δ): ΔI has the sign of δ.
  private static var nearTies: [VectorProblem] {
    [20, -20, 12, -12].compactMap { exponent in
      let delta = Rational(exponent.signum()) * Rational.powerOfTwo(-abs(exponent))
      let sign = exponent > 0 ? "+" : "−"
      return problem(
        .nearTie, "ΔI near \(sign)2⁻\(abs(exponent) == 20 ? "²²" : "¹⁴")", [[2 - delta, 1, 1], [1, 1, 1], [1, 1, 2]])
    }
  }

  private static func problem(_ topic: Topic, _ comment: String, _ entries: [[Rational]]) -> VectorProblem? {
    guard let sigma = try? RationalMatrix(entries),
      let instance = try? Instance(
        sigma: sigma, p1: 1, p2: 1, w1: RationalMatrix.column([1]), n: 6, lambda: Rational(1, 2))
    else { return nil }
    return VectorProblem(topic: topic, comment: comment, instance: instance)
  }

  /// Two outputs whose parts, taken one by one, decide otherwise than they do together.
  private static var outputs: [VectorProblem] {
    func problem(_ index: Int, _ comment: String, _ shape: Shape, _ isWanted: @escaping (Risk) -> Bool) -> VectorProblem
    {
      VectorProblem(
        topic: .severalOutputs, comment: comment, instance: ProblemSource.first(index, shape, where: isWanted))
    }
    func separately(_ m: Moments) -> Double? {
      var sum = 0.0
      for j in 0..<m.q {
        guard let t = try? m.output(j).teacherInformation(), let s = try? m.output(j).labelInformation() else {
          return nil
        }
        sum += (t - s).asDouble
      }
      return sum
    }
    func together(_ m: Moments) -> Double? {
      guard let t = try? m.teacherInformation(), let s = try? m.labelInformation() else { return nil }
      return (t - s).asDouble
    }
    return [
      problem(700, "two outputs: helped together, the second alone is not", Shape(p1: 2, p2: 2, q: 2)) { risk in
        risk.moments.helpsForSmallLambda && !risk.moments.output(1).helpsForSmallLambda
      },
      problem(701, "three outputs: helped together, the first alone is not", Shape(p1: 3, p2: 3, q: 3)) { risk in
        risk.moments.helpsForSmallLambda && !risk.moments.output(0).helpsForSmallLambda
      },
      problem(702, "two outputs: ΔI > 0, the sum over the outputs < 0", Shape(p1: 3, p2: 3, q: 2)) { risk in
        guard let sum = separately(risk.moments), let all = together(risk.moments) else { return false }
        return all > 0.01 && sum < -0.01
      },
      problem(703, "two outputs: ΔI < 0, the sum over the outputs > 0", Shape(p1: 3, p2: 3, q: 2)) { risk in
        guard let sum = separately(risk.moments), let all = together(risk.moments) else { return false }
        return all < -0.01 && sum > 0.01
      },
    ]
  }

  /// Six coordinates: determinants of three of them over- or underflow.
  private static var scales: [VectorProblem] {
    let base = ProblemSource.first(710, Shape(p1: 2, p2: 3))
    return [(249, "1e150"), (-249, "1e-150")].compactMap { exponent, name in
      let factor = Rational.powerOfTwo(2 * exponent)
      guard
        let instance = try? Instance(
          sigma: factor * base.sigma, p1: 2, p2: 3, w1: base.w1, n: base.n, lambda: base.lambda)
      else { return nil }
      return VectorProblem(
        topic: .scaled, comment: "all variances near \(name), three student inputs", instance: instance)
    }
  }

  /// Entries that need all 53 binary digits.
  private static var mantissas: [VectorProblem] {
    [Shape(), Shape(p1: 2, p2: 3), Shape(p1: 2, p2: 2, q: 2)].enumerated().compactMap { index, shape in
      let base = ProblemSource.first(720 + index, shape)
      guard
        let instance = try? Instance(
          sigma: base.sigma.withFullMantissas, p1: shape.p1, p2: shape.p2, q: shape.q, w1: base.w1, n: base.n,
          lambda: base.lambda)
      else { return nil }
      return VectorProblem(
        topic: .fullMantissas, comment: "numbers of 53 binary digits, q = \(shape.q)", instance: instance)
    }
  }

  static func invalid(_ operation: OracleOperation) -> [Draft] {
    let instance = ProblemSource.first(900, Shape(p1: 2, p2: 2))
    let good = VectorProblem(topic: .typical, comment: "", instance: instance).forInvalid(operation)
    let unit = RationalMatrix(rows: 5, columns: 5) { $0 == $1 ? 1 : $0 + $1 == 6 && $0 != $1 ? Rational(1, 2) : 0 }
    let skew = RationalMatrix(rows: 5, columns: 5) { i, j in
      unit[i, j] + (i == 4 && j == 2 ? Rational.powerOfTwo(-10) : 0)
    }
    let pairs = RationalMatrix(rows: 5, columns: 5) { i, j in i == j ? 1 : i / 2 == j / 2 ? 2 : 0 }
    let short: JSONValue = .array(
      (0..<5).map { i in .list((0..<(i == 3 ? 4 : 5)).map { unit[i, $0] }) })
    return [
      Draft(
        comment: "x2 and y: 1/2 above the diagonal, 1/2 + 2⁻¹⁰ below", flags: [.invalidInput],
        catches: "a Σ that is not symmetric accepted where it nearly is", input: good.setting("sigma", .rows(skew))),
      Draft(
        comment: "the fourth row of Σ too short", flags: [.invalidInput],
        catches: "a short row of Σ filled with zeros, or cut off with the others", input: good.setting("sigma", short)),
      Draft(
        comment: "two pairs with correlation 2: det Σ > 0", flags: [.invalidInput, .singular],
        catches: "a Σ that is not positive definite accepted for its determinant",
        input: good.setting("sigma", .rows(pairs))),
    ]
  }
}

extension RationalMatrix {
  /// The matrix scaled by thirds, sevenths and so on of its coordinates, each entry rounded to a `Double`.
  var withFullMantissas: RationalMatrix {
    RationalMatrix(rows: rows, columns: columns) { i, j in
      Rational(double: (self[i, j] * Rational(2 * i + 5, 2 * i + 3) * Rational(2 * j + 5, 2 * j + 3)).asDouble)
    }
  }
}

/// Further vectors of `mutual_information`.
private enum MoreInformations {
  static var all: [Draft] {
    let wide = ProblemSource.first(1010, Shape(p1: 2, p2: 2)).sigma
    let scale = "I is unchanged by scale: determinants that over- or underflow, absolute thresholds"
    let skew = RationalMatrix(rows: 3, columns: 3) { i, j in
      i == j ? 1 : i == 2 && j == 0 ? Rational(1, 2) + Rational.powerOfTwo(-10) : Rational(1, 2)
    }
    let triple = RationalMatrix(rows: 5, columns: 5) { i, j in
      i == j ? 1 : i < 2 || j < 2 ? 0 : Rational(i + j == 7 ? -7 : 7, 8)
    }
    let digits = "single precision"
    let indices = "an index outside of Σ left out, or counted from the end"
    return [
      draft("five variances near 1e150", [.scale], scale, Rational.powerOfTwo(498) * wide, [0, 1], [2, 3, 4]),
      draft("five variances near 1e-150", [.scale], scale, Rational.powerOfTwo(-498) * wide, [0, 1], [2, 3, 4]),
      draft("numbers of 53 binary digits", [.fullMantissas], digits, wide.withFullMantissas, [0, 1], [2, 3, 4]),
      draft(
        "numbers of 53 binary digits, two coordinates", [.fullMantissas], digits, wide.withFullMantissas, [3], [1]),
      draft("index 7 of 5 coordinates beside a valid one", [.invalidInput, .indexing], indices, wide, [0, 7], [1]),
      draft("index 5 of 5 coordinates beside valid ones", [.invalidInput, .indexing], indices, wide, [0], [1, 2, 5]),
      draft("index −2 beside a valid one", [.invalidInput, .indexing], indices, wide, [0, -2], [1]),
      draft(
        "1/2 above the diagonal, 1/2 + 2⁻¹⁰ below", [.invalidInput], "a Σ accepted that is nearly symmetric", skew,
        [0], [2]),
      draft(
        "three correlations that cannot be, outside of u and w", [.invalidInput, .singular],
        "only correlations of pairs, or only the blocks in use, checked", triple, [0], [1]),
    ]
  }

  @inline(never) private static func draft(
    _ comment: String, _ flags: [Flag], _ catches: String, _ sigma: RationalMatrix, _ u: [Int], _ w: [Int]
  ) -> Draft {
    Draft(
      comment: comment, flags: flags, catches: catches,
      input: [
        "sigma": .rows(sigma), "u": .array(u.map { JSONValue($0) }), "w": .array(w.map { JSONValue($0) }),
      ])
  }
}

/// Further vectors of the operations on data.
private enum MoreData {
  private static func rounded(_ matrix: RationalMatrix) -> RationalMatrix {
    RationalMatrix(rows: matrix.rows, columns: matrix.columns) { Rational(double: (matrix[$0, $1] / 3).asDouble) }
  }

  static var student: [Draft] {
    var data = DataSource(300)
    let (x2, rest) = data.pair(12, 3, 2)
    let (rows, targets) = (rounded(x2), rounded(rest))
    func column(_ j: Int) -> [Rational] { (0..<12).map { targets[$0, j] } }
    let short: JSONValue = .array((0..<12).map { i in .list((0..<(i == 11 ? 2 : 3)).map { rows[i, $0] }) })
    let input: JSONValue = [
      "x2": .rows(rows), "y": .list(column(0)), "t": .list(column(1)), "lambda": .double(Rational(3, 4)),
    ]
    return [
      Draft(
        comment: "numbers of 53 binary digits", flags: [.fullMantissas], catches: "single precision", input: input),
      Draft(
        comment: "the last row of x2 too short", flags: [.invalidInput],
        catches: "a short row filled with zeros, or left out", input: input.setting("x2", short)),
    ]
  }

  static var plugIn: [Draft] {
    var data = DataSource(310)
    let (x, y) = data.pair(20, 2, 2)
    return ["none", "digamma"].map { correction in
      Draft(
        comment: "numbers of 53 binary digits, correction \(correction)", flags: [.fullMantissas],
        catches: "single precision",
        input: ["x": .rows(rounded(x)), "y": .rows(rounded(y)), "correction": .string(correction)])
    }
  }

  static var neighbours: [Draft] {
    var data = DataSource(320)
    let (x, y) = data.pair(10, 2, 1)
    let short: JSONValue = .array((0..<10).map { i in .list((0..<(i == 9 ? 1 : 2)).map { x[i, $0] }) })
    return [1, 2].map { variant in
      Draft(
        comment: "the last row of x too short, variant \(variant)", flags: [.invalidInput],
        catches: "a short row filled with zeros, or left out",
        input: ["x": short, "y": .rows(y), "k": 2, "variant": JSONValue(variant)])
    }
  }
}
