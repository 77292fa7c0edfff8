// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Oracle
import SeededRuns

extension VectorProblem {
  /// The problem with further rows, ridge and a second teacher, which `index` chooses; its numbers stay Doubles.
  func withFurtherKeys(_ index: Int) -> VectorProblem {
    var copy = self
    let base = instance
    let scale = base.w1.values.joined().filter { $0.signum != 0 }.map(\.binaryExponent).max() ?? 0
    var random = RandomSource(seed: 2510_13182, index: UInt64(7_000_000 + index))
    let entries = (0..<base.p1 * base.q).map { _ in
      Rational(random.integer(in: -3...3), 2) * Rational.powerOfTwo(scale)
    }
    var second = RationalMatrix(rows: base.p1, columns: base.q) { entries[$0 * base.q + $1] }
    if second == base.w1 { second = 2 * second + RationalMatrix(rows: base.p1, columns: base.q) { _, _ in 1 } }
    let least = base.p1 + base.p2 + 2
    let extras = InstanceExtras(
      unlabelled: [3, 1, 12, 40, 0, 7][index % 6],
      ridge: [Rational(3, 2), 1, Rational(1, 8), 5, 24, Rational(1, 2), 0][index % 7], secondTeacher: second,
      teacherRows: index % 5 == 4 ? nil : least + [4, 0, 1, 30][index % 4])
    do { copy.instance = try base.with(extras: extras) } catch { preconditionFailure("\(comment): \(error)") }
    return copy
  }

  /// The problem with at least as many rows as a joint teacher of the student's own needs.
  var withRowsForJointTeacher: VectorProblem {
    var copy = self
    let least = instance.p1 + instance.p2 + 2
    if let n = instance.n, n < least, let more = try? instance.with(n: least) { copy.instance = more }
    return copy
  }

  /// Whether a regression on x1 and x2 at once can be solved by singular values too, which are those of no scale but the largest.
  var hasInputsOfOneScale: Bool {
    let sizes = (0..<(instance.p1 + instance.p2)).map { instance.sigma[$0, $0].binaryExponent }
    return (sizes.max() ?? 0) - (sizes.min() ?? 0) <= 24
  }

  /// The problem with another part.
  func with(
    _ comment: String, _ topic: Topic, n: Int? = nil, w1: RationalMatrix? = nil,
    _ change: (inout InstanceExtras) -> Void
  ) -> VectorProblem {
    var copy = self
    var extras = instance.extras
    change(&extras)
    do {
      // First without the second teacher, so that the first one may become it.
      var plain = extras
      plain.secondTeacher = nil
      copy.instance = try instance.with(extras: plain).with(w1: w1, n: n).with(extras: extras)
    } catch { preconditionFailure("\(comment): \(error)") }
    copy = VectorProblem(
      topic: topic, comment: comment, instance: copy.instance, isExactOnly: isExactOnly, isSafeTie: isSafeTie)
    return copy
  }
}

/// The problems for the operations on tuned students, further rows and other teachers.
enum FurtherProblems {
  /// What all of them are asked about.
  static func all(_ operation: OracleOperation) -> [VectorProblem] {
    let common = ProblemList.all.enumerated().map { $1.withFurtherKeys($0) }
    let all = common + edges(operation)
    switch operation {
    case .pseudoLabelRisk: return all.filter(\.hasInputsOfOneScale).map(\.withRowsForJointTeacher)
    case .jointTeacherRisk: return all.filter(\.hasInputsOfOneScale)
    default: return all
    }
  }

  /// Problems at the ends of what one key may be.
  private static func edges(_ operation: OracleOperation) -> [VectorProblem] {
    let bases = [Shape(), Shape(p1: 2, p2: 3), Shape(p1: 2, p2: 2, q: 2)].enumerated().map { index, shape in
      VectorProblem(topic: .typical, comment: "", instance: ProblemSource.first(800 + index, shape)).withFurtherKeys(
        index)
    }
    switch operation {
    case .tunedHelps: return TunedTies.all
    case .tunedGain: return TunedTies.all + bases.map { $0.with("n = 10⁶", .manyRows, n: 1_000_000) { _ in } }
    case .unlabelledRisk, .pseudoLabelRisk:
      return bases.flatMap { base in
        [(0, "m = 0"), (1, "m = 1"), (1_000_000, "m = 10⁶")].map { m, comment in
          base.with(comment, .unlabelledRows) { $0.unlabelled = m }
        } + [base.with("as few rows as there may be", .fewestRows, n: least(base, operation)) { _ in }]
      }
    case .jointTeacherRisk:
      return bases.flatMap { base in
        let least = base.instance.p1 + base.instance.p2 + 2
        return [(nil, "a known teacher"), (least, "N = p1+p2+2"), (least + 1, "N = p1+p2+3"), (1_000_000, "N = 10⁶")]
          .map {
            rows, comment in base.with(comment, .fittedTeacher) { $0.teacherRows = rows }
          }
      }
    case .ridgeRisk:
      let strengths: [(Rational, String)] = [
        (0, "μ = 0"), (Rational.powerOfTwo(-40), "μ = 2⁻⁴⁰"), (Rational.powerOfTwo(40), "μ = 2⁴⁰"), (1000, "μ = 1000"),
      ]
      return bases.flatMap { base in
        strengths.map { mu, comment in base.with(comment, .ridge) { $0.ridge = mu } }
      }
    case .ensembleWeights: return bases.flatMap(teachers)
    case .crossover: return crossovers
    default: return InformationGivenLabel.all
    }
  }

  private static func least(_ problem: VectorProblem, _ operation: OracleOperation) -> Int {
    problem.instance.p2 + 2 + (operation == .pseudoLabelRisk ? problem.instance.p1 : 0)
  }

  private static func teachers(_ base: VectorProblem) -> [VectorProblem] {
    let w1 = base.instance.w1
    let near = 1 + Rational.powerOfTwo(-10)
    return [
      base.with("the second teacher is the first of the other sign", .twoTeachers) { $0.secondTeacher = -1 * w1 },
      base.with("the second teacher is twice the first", .twoTeachers) { $0.secondTeacher = 2 * w1 },
      base.with("the second teacher is nearly the first", .twoTeachers) { $0.secondTeacher = near * w1 },
      base.with("the second teacher is 0", .twoTeachers) { $0.secondTeacher = 0 * w1 },
      base.with("the first teacher is 0", .twoTeachers, w1: 0 * w1) { $0.secondTeacher = w1 },
      base.with("a second teacher 1024 times as loud", .loudTeacher) { $0.secondTeacher = 1024 * w1 },
    ]
  }

  /// Where the number is below p2+2, so that λ helps at no n; where it is large; and B = 0, for exact programs.
  private static var crossovers: [VectorProblem] {
    func drawn(_ index: Int, _ comment: String, _ shape: Shape, _ isWanted: @escaping (Risk, Rational) -> Bool)
      -> VectorProblem
    {
      VectorProblem(
        topic: .crossover, comment: comment,
        instance: ProblemSource.first(index, shape) { risk in
          guard let rows = risk.moments.traces.crossover(at: 1, p2: shape.p2) else { return false }
          return isWanted(risk, rows)
        }.at(1))
    }
    func aligned(_ comment: String, _ sigma: [[Rational]], _ lambda: Rational) -> VectorProblem {
      do {
        let instance = try Instance(
          sigma: try RationalMatrix(sigma), p1: 1, p2: 1, w1: RationalMatrix.column([1]), lambda: lambda)
        return VectorProblem(topic: .crossover, comment: comment, instance: instance, isExactOnly: true)
      } catch { preconditionFailure("\(comment): \(error)") }
    }
    let (half, third) = (Rational(1, 2), Rational(1, 3))
    let view: [[Rational]] = [[5, 1, 5 * half], [1, 1, 1], [5 * half, 1, 3]]
    let fraction: [[Rational]] = view.map { $0.map { third * $0 } }
    return [
      drawn(850, "the number is below 0", Shape()) { $1.signum < 0 },
      drawn(851, "the number is below p2+2, c < σε²", Shape(p1: 2, p2: 2)) { $0.moments.helpsForSmallLambda && $1 < 4 },
      drawn(852, "the number is large", Shape(p1: 2, p2: 2, isAligned: true)) { $1 > 20 },
      drawn(853, "the number is large, three inputs", Shape(p1: 1, p2: 3, isAligned: true)) { $1 > 20 },
      drawn(854, "ση² < σε²", Shape(p1: 2, p2: 3)) { risk, _ in
        risk.moments.teacherResidualVariance < risk.moments.residualVariance
      },
      aligned("B = 0: λ helps at every n", view, Rational(1, 4)),
      aligned("B = 0: λ helps at no n", view, 2), aligned("B = 0: λ at the end of the window", view, half),
      aligned("B = 0, fractions", fraction, third),
    ]
  }
}

extension Instance {
  /// The same at another λ.
  fileprivate func at(_ lambda: Rational) -> Instance { (try? with(lambda: lambda)) ?? self }
}

/// Problems with cov(t,s)·var(y) = cov(t,y)·var(s), which helps no student that may shrink; and near them.
enum TunedTies {
  static var all: [VectorProblem] {
    let small = Rational.powerOfTwo(-16)
    return [
      tie("x1 and x2 unrelated given y", [[16, 2, 4], [2, 4, 2], [4, 2, 4]], isSafe: true),
      tie("the same, the teacher of the other sign", [[16, -2, -4], [-2, 4, 2], [-4, 2, 4]], isSafe: true),
      tie("the same, w1 = 4", [[16, 2, 4], [2, 4, 2], [4, 2, 4]], w1: [4], isSafe: true),
      tie("a teacher that tells nothing about y, nor about x2", [[4, 0, 0], [0, 4, 2], [0, 2, 4]], isSafe: true),
      tie(
        "two teacher inputs, unrelated to x2 given y",
        [[16, 0, 2, 4], [0, 16, 0, 0], [2, 0, 4, 2], [4, 0, 2, 4]], p1: 2, w1: [1, 2], isSafe: true),
      tie("just above", [[16, 2 + small, 4], [2 + small, 4, 2], [4, 2, 4]], topic: .nearTie),
      tie("just below", [[16, 2 - small, 4], [2 - small, 4, 2], [4, 2, 4]], topic: .nearTie),
      tie("x1 and x2 unrelated given y, in fractions", thirds([[3, 1, 1], [1, 4, 1], [1, 1, 1]]), isExact: true),
      // c > σε², so that it helps no student as it is; and yet one that may shrink.
      tie("helps a tuned student alone: c > σε²", [[16, 2, 7], [2, 1, 1], [7, 1, 4]], topic: .shrinkage),
      tie("helps the student as it is alone: c < σε²", [[4, 0, 1], [0, 2, 2], [1, 2, 4]], topic: .shrinkage),
    ]
  }

  private static func thirds(_ entries: [[Rational]]) -> [[Rational]] {
    let factors = [Rational(1, 3), Rational(2, 7), Rational(5, 3)]
    return (0..<3).map { i in (0..<3).map { factors[i] * factors[$0] * entries[i][$0] } }
  }

  private static func tie(
    _ comment: String, _ sigma: [[Rational]], p1: Int = 1, w1: [Rational] = [1], topic: Topic = .tunedTie,
    isSafe: Bool = false, isExact: Bool = false
  ) -> VectorProblem {
    do {
      let instance = try Instance(
        sigma: try RationalMatrix(sigma), p1: p1, p2: 1, w1: RationalMatrix.column(w1), n: 3, lambda: 1)
      return VectorProblem(
        topic: topic, comment: comment, instance: instance, isExactOnly: isExact, isSafeTie: isSafe)
    } catch { preconditionFailure("\(comment): \(error)") }
  }
}

/// Problems in which what teacher and student share is all, or nothing, of what they tell about the label.
private enum InformationGivenLabel {
  static var all: [VectorProblem] {
    TunedTies.all
      + [
        problem("t and s unrelated, but not given y", [[4, 0, 2], [0, 4, 2], [2, 2, 4]]),
        problem("t and s nearly the same given y", [[2, 1, 1], [1, 1 + Rational.powerOfTwo(-8), 1], [1, 1, 2]]),
      ]
  }

  private static func problem(_ comment: String, _ sigma: [[Rational]]) -> VectorProblem {
    do {
      return VectorProblem(
        topic: .givenLabel, comment: comment,
        instance: try Instance(sigma: try RationalMatrix(sigma), p1: 1, p2: 1, w1: RationalMatrix.column([1])))
    } catch { preconditionFailure("\(comment): \(error)") }
  }
}
