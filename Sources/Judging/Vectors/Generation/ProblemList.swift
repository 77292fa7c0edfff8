// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// The problems that all operations on Σ are asked about, in the order of their vectors.
enum ProblemList {
  static var all: [VectorProblem] { general + teachers + outputs + rows + regimes + SpecialProblems.all }

  private static func problems(_ topic: Topic, _ comment: String, _ instances: [Instance]) -> [VectorProblem] {
    instances.map { VectorProblem(topic: topic, comment: comment, instance: $0) }
  }

  private static var general: [VectorProblem] {
    problems(.scalar, "p1 = p2 = q = 1", (0..<5).map { ProblemSource.first(100 + $0, Shape()) })
      + problems(
        .typical, "two teacher inputs, three student inputs",
        (0..<5).map { ProblemSource.first(110 + $0, Shape(p1: 2, p2: 3)) })
      + problems(
        .teacherLarger, "more teacher inputs than student inputs",
        [Shape(p1: 3), Shape(p1: 4, p2: 2), Shape(p1: 5, p2: 3)].enumerated().map {
          ProblemSource.first(120 + $0, $1)
        })
      + problems(
        .studentLarger, "more student inputs than teacher inputs",
        [Shape(p2: 3), Shape(p1: 2, p2: 4), Shape(p1: 2, p2: 5)].enumerated().map {
          ProblemSource.first(130 + $0, $1)
        })
      + problems(
        .weak, "little information",
        (0..<2).map { index in
          ProblemSource.first(140 + index, Shape(p1: 2, p2: 2)) { $0.moments.varS * 12 < $0.moments.varY }
        })
  }

  private static var teachers: [VectorProblem] {
    func scaled(_ index: Int, _ shape: Shape, _ factor: Rational) -> [Instance] {
      let base = ProblemSource.first(index, shape) { $0.moments.helpsForSmallLambda }
      return [try? base.with(w1: factor * base.w1)].compactMap { $0 }
    }
    return problems(.loudTeacher, "a teacher 16 times as loud", scaled(200, Shape(p1: 2, p2: 2), 16))
      + problems(.loudTeacher, "a teacher 1024 times as loud", scaled(201, Shape(p1: 1, p2: 2), 1024))
      + problems(.quietTeacher, "a teacher 64 times as quiet", scaled(202, Shape(p1: 3, p2: 2), Rational(1, 64)))
      + problems(.negatedTeacher, "a teacher of the opposite sign", scaled(203, Shape(p1: 2, p2: 2), -1))
      + problems(.negatedTeacher, "a loud teacher of the opposite sign", scaled(204, Shape(), -8))
  }

  private static var outputs: [VectorProblem] {
    problems(
      .squareTeacher, "p1 = q: a square w1 that is not symmetric",
      [ProblemSource.first(300, Shape(p1: 2, p2: 3, q: 2)), ProblemSource.first(301, Shape(p1: 3, p2: 4, q: 3))])
      + problems(
        .severalOutputs, "several outputs",
        [Shape(p1: 3, p2: 2, q: 2), Shape(p1: 4, p2: 3, q: 2), Shape(p1: 3, p2: 5, q: 3)].enumerated().map {
          ProblemSource.first(310 + $0, $1)
        })
      + problems(
        .severalOutputs, "two outputs, of which the first alone is helped",
        [
          ProblemSource.first(320, Shape(p1: 2, p2: 2, q: 2)) { risk in
            let first = risk.moments.output(0)
            return first.helpsForSmallLambda && !risk.moments.helpsForSmallLambda
          }
        ])
  }

  private static var rows: [VectorProblem] {
    problems(
      .fewestRows, "n = p2+2",
      [
        ProblemSource.first(400, Shape(), rows: 3), ProblemSource.first(401, Shape(p1: 2, p2: 3), rows: 5),
        ProblemSource.first(402, Shape(p1: 3, p2: 6), rows: 8),
      ])
      + problems(
        .manyRows, "many rows",
        [
          ProblemSource.first(410, Shape(p1: 2, p2: 3), rows: 1000),
          ProblemSource.first(411, Shape(p1: 2, p2: 2), rows: 1_000_000),
        ])
  }

  private static var regimes: [VectorProblem] {
    problems(
      .negativeCovariance, "c < 0",
      [
        ProblemSource.first(500, Shape(p1: 2, p2: 2)) {
          $0.moments.residualCovariance.signum < 0 && $0.moments.covTY.signum > 0
        },
        ProblemSource.first(501, Shape(p1: 1, p2: 3)) { $0.moments.residualCovariance.signum < 0 },
      ])
      + problems(
        .negativeCurvature, "D < 0: every λ > 0 helps",
        [
          ProblemSource.first(510, Shape(isAligned: true), rows: 3) { $0.windowDivisor.signum < 0 },
          ProblemSource.first(511, Shape(p1: 2, p2: 2, isAligned: true), rows: 4) { $0.windowDivisor.signum < 0 },
        ])
      + problems(
        .overreacting, "c > σε²: no λ helps",
        [
          ProblemSource.first(520, Shape(p1: 2, p2: 2)) { !$0.moments.helpsForSmallLambda },
          ProblemSource.first(521, Shape(p1: 1, p2: 3)) { !$0.moments.helpsForSmallLambda },
          ProblemSource.first(522, Shape()) { 2 * $0.moments.residualCovariance > 3 * $0.moments.residualVariance },
        ])
      + problems(
        .endlessWindow, "the window has no end although there is a best λ",
        [
          ProblemSource.first(530, Shape(p1: 2, p2: 3, isAligned: true), rows: 5) {
            $0.window == .open(upTo: .infinity) && $0.bestLambda != .infinity
          }
        ])
      + problems(
        .imitation, "best λ infinite: the student imitates the teacher only",
        [
          ProblemSource.first(540, Shape(isAligned: true), rows: 3) { $0.bestLambda == .infinity },
          ProblemSource.first(541, Shape(p1: 2, p2: 2, isAligned: true), rows: 4) { $0.bestLambda == .infinity },
        ])
  }
}
