// SPDX-License-Identifier: GPL-3.0-or-later
import SeededRuns
import Testing

@testable import Students

/// Teachers and students of random cuts of rows.
@Suite struct RegressionDrawTests {
  @Test func fitsAreThoseOfTheNormalEquations() throws {
    // Slopes 2 and −1, constant 3, exactly.
    let inputs = [1.0, 0, 2, 5, 3, 1, 4, 7, 0, 2]
    let target = (0..<5).map { row -> Double in 3 + 2 * inputs[2 * row] - inputs[2 * row + 1] }
    let fit = try LinearFit(inputs: inputs, columns: 2, targets: [target, target.map { -$0 }])
    #expect(abs(fit.weights[0][0] - 2) < 1e-12 && abs(fit.weights[0][1] + 1) < 1e-12)
    #expect(abs(fit.prediction(fit.weights[0], [10, 4]) - 19) < 1e-11)
    #expect(zip(fit.weights[0], fit.weights[1]).allSatisfy { abs($0 + $1) < 1e-12 })
    #expect(abs(correlation([1, 2, 4], [2, 4, 8]) - 1) < 1e-15 && correlation([1, 1, 1], [1, 2, 3]) == 0)
  }

  /// The control keeps how t depends on y, and the residuals, up to their order.
  @Test func theControlKnowsTheLabelOnly() throws {
    var source = RandomSource(seed: 1, index: 0)
    let y = (0..<50).map { _ in Double.random(in: 0...1, using: &source) }
    let t = y.map { 2 - 3 * $0 + Double.random(in: -1...1, using: &source) }
    let shuffled = RegressionDraw.shuffledGivenLabel(t, y, using: &source)
    func residuals(_ t: [Double]) throws -> [Double] {
      let line = try LinearFit(inputs: y, columns: 1, targets: [t])
      return t.indices.map { t[$0] - line.prediction(line.weights[0], y[$0...$0]) }
    }
    // The residuals of t, moved to other rows, are added to the old line.
    let own = try residuals(t)
    let line = zip(t, own).map { $0 - $1 }
    let moved = zip(shuffled, line).map { $0 - $1 }
    #expect(zip(moved.sorted(), own.sorted()).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(zip(shuffled, t).count { abs($0 - $1) > 1e-9 } > 30)
  }

  /// Labels that both views tell exactly leave no error, whatever λ.
  ///
  /// A teacher that is wrong where the student is right moves its weights by λ/(1 + λ) of the way, and the error is the square of that.
  @Test func knownRowsHaveKnownErrors() throws {
    var source = RandomSource(seed: 2, index: 0)
    let x = (0..<90).map { _ in Double.random(in: -1...1, using: &source) }
    let rows = PairedRows(
      teacherInputs: x.map { 3 * $0 }, teacherColumns: 1, studentInputs: x.flatMap { [$0 / 2, $0 * $0] },
      studentColumns: 2, labels: x.map { 1 - 4 * $0 })
    let known = try RegressionDraw(rows, n: 20, lambdas: [0.5, 2], using: &source)
    #expect(known.distilled.count == 2)
    #expect(([known.alone, known.control] + known.distilled).allSatisfy { $0 < 1e-24 })
    #expect(known.teacherInformation > 10 && known.labelInformation > 10)

    let wrong = PairedRows(
      teacherInputs: x.map(abs), teacherColumns: 1, studentInputs: x, studentColumns: 1, labels: x.map { 2 * $0 })
    let draw = try RegressionDraw(wrong, n: 30, lambdas: [1e-9, 1, 1e9], using: &source)
    #expect(draw.alone < 1e-24 && draw.distilled[0] < 1e-15 && draw.distilled[2] > 0.01)
    #expect(abs(draw.distilled[1] / draw.distilled[2] - 0.25) < 1e-6)
  }
}
