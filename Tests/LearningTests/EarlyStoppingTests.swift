// SPDX-License-Identifier: GPL-3.0-or-later
import Learning
import Testing

@Suite struct EarlyStoppingTests {
  /// The epochs run and the stopping's state, for losses where epoch i has the parameters (i, −i).
  private func run(
    patience: Int, minimumImprovement: Double = 0, losses: [Double]
  ) -> (epochs: Int, stopping: EarlyStopping<Double>) {
    var stopping = EarlyStopping<Double>(patience: patience, minimumImprovement: minimumImprovement)
    for (epoch, loss) in losses.enumerated() {
      let parameters = [Double(epoch), -Double(epoch)]
      if parameters.withUnsafeBufferPointer({ stopping.shouldStop(afterLoss: loss, parameters: $0) }) {
        return (epoch + 1, stopping)
      }
    }
    return (losses.count, stopping)
  }

  private func restored(_ stopping: EarlyStopping<Double>) -> [Double] {
    var parameters = [99.0, 99.0]
    parameters.withUnsafeMutableBufferPointer { stopping.restoreBest(into: $0) }
    return parameters
  }

  @Test func restoresTheBest() {
    let (epochs, stopping) = run(patience: 3, losses: [5, 4, 3, 3.5, 3, 3.1, 1])
    #expect(epochs == 6 && stopping.bestLoss == 3 && stopping.bestEpoch == 2)
    #expect(restored(stopping) == [2, -2])
  }

  @Test func improvementStartsPatienceAnew() {
    let (epochs, stopping) = run(patience: 2, losses: [5, 6, 4, 6, 3, 6, 6])
    #expect(epochs == 7 && restored(stopping) == [4, -4])
    #expect(run(patience: 1, losses: [1, 1]).epochs == 2)
  }

  @Test func smallImprovementsDoNotCount() {
    let (epochs, stopping) = run(patience: 2, minimumImprovement: 0.5, losses: [5, 4.75, 4.6, 1])
    #expect(epochs == 3 && stopping.bestLoss == 5 && restored(stopping) == [0, 0])
  }

  @Test func lossesThatAreNoNumbers() {
    let (epochs, stopping) = run(patience: 2, losses: [.nan, 3, .nan, .nan])
    #expect(epochs == 4 && stopping.bestEpoch == 1 && restored(stopping) == [1, -1])
    let (never, nothing) = run(patience: 2, losses: [.nan, .infinity, 1])
    #expect(never == 2 && nothing.bestEpoch == nil && restored(nothing) == [99, 99])
  }
}
